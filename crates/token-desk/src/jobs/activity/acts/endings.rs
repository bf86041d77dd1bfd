//! How a create and a revoke are told, by their last step.

use super::{Act, Tone};
use crate::model::act::ActKind;
use crate::model::deed::Deed;
use crate::model::entry::Entry;

/// The outcome that the ending of an attempt stands for.
pub(super) type Ending = (Tone, &'static str);

/// The parts of the sentence before and after the token's name.
type Parts = (&'static str, &'static str);

pub(super) const NOT_KNOWN: Ending = (Tone::Warning, "Not known");

const CREATES: [(Deed, Ending, Parts); 15] = [
    (Deed::Create, NOT_KNOWN, ("Creating", "got no answer")),
    (Deed::Unclear, NOT_KNOWN, ("Creating", "got no answer")),
    (Deed::Denied, (Tone::Warning, "Refused"), ("Creating", "was refused by the server")),
    (Deed::Refused, (Tone::Bad, "Not created"), ("Tried to create", "")),
    (Deed::NotMade, (Tone::Bad, "Not created"), ("Tried to create", "")),
    (Deed::Unreadable, (Tone::Bad, "Unreadable response"), ("Created", "")),
    (Deed::Found, (Tone::Bad, "Value lost"), ("Created", "")),
    (Deed::Made, (Tone::Warning, "Not delivered"), ("Created", "")),
    (Deed::Delivering, NOT_KNOWN, ("Created", "and began to deliver it")),
    (Deed::NotDelivered, (Tone::Warning, "Not delivered"), ("Created", "")),
    (Deed::Delivered, (Tone::Good, "Done"), ("Created", "")),
    (Deed::Kept, (Tone::Plain, "Kept"), ("Created", "")),
    (Deed::Abandoned, (Tone::Warning, "Closed without copying"), ("Created", "")),
    (Deed::Revoked, (Tone::Plain, "Revoked later"), ("Created", "")),
    (Deed::Gone, (Tone::Plain, "Removed later"), ("Created", "")),
];

const REVOKES: [(Deed, Ending, Parts); 6] = [
    (Deed::Revoke, NOT_KNOWN, ("Revoking", "got no answer")),
    (Deed::Unclear, NOT_KNOWN, ("Revoking", "got no answer")),
    (Deed::Refused, (Tone::Bad, "Not revoked"), ("Tried to revoke", "")),
    (Deed::NotRevoked, (Tone::Bad, "Not revoked"), ("Tried to revoke", "")),
    (Deed::Revoked, (Tone::Good, "Done"), ("Revoked", "")),
    (Deed::Gone, (Tone::Plain, "Already revoked"), ("Found", "already revoked")),
];

impl Act {
    /// How a create or a revoke is told. Nothing is concluded from a last step that only a newer version knows.
    pub(super) fn ending(&self) -> (Ending, Parts) {
        let (endings, else_parts) = match self.kind() {
            ActKind::Create => (&CREATES[..], ("Creating", "")),
            _ => (&REVOKES[..], ("Revoking", "")),
        };
        let last = self.last().and_then(Entry::deed);
        let found = endings.iter().find(|(deed, ..)| Some(*deed) == last);
        found.map_or((NOT_KNOWN, else_parts), |(_, ending, parts)| (*ending, *parts))
    }

    /// The step that decides the outcome: once an act has ended, later steps don't change that.
    fn last(&self) -> Option<&Entry> {
        self.end().or_else(|| self.own().next_back())
    }

    pub(super) fn end(&self) -> Option<&Entry> {
        let ends = |entry: &&Entry| entry.attempt.is_some() && entry.deed().is_some_and(Deed::ends);
        self.own().rfind(ends)
    }
}
