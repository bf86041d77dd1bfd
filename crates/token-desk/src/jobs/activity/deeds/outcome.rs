//! The outcome of an act, in as few words as possible.

use std::collections::HashMap;

use super::{Deed, DeedKind};
use crate::model::activity_entry::Entry;
use crate::storage::journal::Stage;

/// How a deed came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether that is good.
    pub tone: Tone,
    /// As text.
    pub says: String,
}

/// How an outcome is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it was wanted.
    Good,
    /// Neither good nor bad.
    Plain,
    /// It is still to come.
    Coming,
    /// Somebody should look at it.
    Warning,
    /// It failed.
    Bad,
}

/// The outcome of a create, by its last step.
const CREATES: [(&str, Tone, &str); 11] = [
    ("handed over", Tone::Good, "Done"),
    ("kept", Tone::Plain, "Kept"),
    ("revoked", Tone::Plain, "Revoked since"),
    ("gone", Tone::Plain, "Removed since"),
    ("refused", Tone::Bad, "Not created"),
    ("not made", Tone::Bad, "Not created"),
    ("denied", Tone::Warning, "Refused"),
    ("unreadable", Tone::Bad, "Unreadable response"),
    ("found", Tone::Bad, "Value lost"),
    ("made", Tone::Warning, "Not delivered"),
    ("not handed over", Tone::Warning, "Not delivered"),
];

/// The outcome of a revoke, by its last step.
const REVOKES: [(&str, Tone, &str); 4] = [
    ("revoked", Tone::Good, "Done"),
    ("gone", Tone::Plain, "Already revoked"),
    ("refused", Tone::Bad, "Not revoked"),
    ("not revoked", Tone::Bad, "Not revoked"),
];

const NOT_KNOWN: (Tone, &str) = (Tone::Warning, "Not known");

/// The steps that end a bulk revoke.
const BULK_ENDS: [&str; 3] = ["clean-up finished", "clean-up left", "clean-up put off"];

impl Deed {
    /// Returns the outcome; `None` if it goes without saying or isn't known.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.kind {
            DeedKind::Create => Some(self.among(&CREATES)),
            DeedKind::Revoke => Some(self.among(&REVOKES)),
            DeedKind::BulkRevoke => Some(self.of_bulk()),
            DeedKind::Decision => Some(Outcome::new(Tone::Plain, "Decided")),
            DeedKind::Other => None,
        }
    }

    /// Whether it didn't finish, as far as the journal knows.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.kind {
            DeedKind::Create | DeedKind::Revoke => self.end().is_none(),
            DeedKind::BulkRevoke => !BULK_ENDS.iter().any(|end| self.has(end)),
            DeedKind::Decision | DeedKind::Other => false,
        }
    }

    /// The step that decides the outcome: once an act has ended, later steps don't change that.
    pub(super) fn last(&self) -> Option<&Entry> {
        self.end().or_else(|| self.own().next_back())
    }

    fn end(&self) -> Option<&Entry> {
        self.own().rfind(|entry| entry.attempt.is_some() && Stage::named(&entry.what).ends_it())
    }

    fn among(&self, outcomes: &[(&str, Tone, &str)]) -> Outcome {
        let what = self.last().map(|entry| &*entry.what);
        let found = outcomes.iter().find(|(of, ..)| Some(*of) == what);
        let (tone, says) = found.map_or(NOT_KNOWN, |(_, tone, says)| (*tone, says));
        Outcome::new(tone, says)
    }

    fn of_bulk(&self) -> Outcome {
        let planned = self.token_ids().len();
        let counts = self.counts();
        let Counts { revoked, gone, skipped, failed } = counts;
        let rest = planned.saturating_sub(counts.all());
        let (open, put_off) = (self.is_open(), self.has("clean-up put off"));
        if counts.all() == 0 {
            let due = self.steps.first().is_some_and(|begin| begin.until.is_some());
            return match (open, put_off) {
                (true, _) if due => Outcome::new(Tone::Coming, "Scheduled"),
                (true, _) => Outcome::new(NOT_KNOWN.0, NOT_KNOWN.1),
                (false, true) => Outcome::new(Tone::Plain, "Rescheduled"),
                (false, false) => Outcome::new(Tone::Plain, "Canceled"),
            };
        }
        if revoked >= planned && !open {
            return Outcome::new(Tone::Good, "Done");
        }
        let left = match (open, put_off) {
            (true, _) => "not known",
            (false, true) => "rescheduled",
            (false, false) => "left",
        };
        let parts = [
            (revoked, "revoked"),
            (gone, "already revoked"),
            (skipped, "skipped"),
            (failed, "failed"),
            (rest, left),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let says: Vec<_> = parts.map(|(count, says)| format!("{count} {says}")).collect();
        let all_gone = revoked + gone >= planned && !open;
        Outcome::new(if all_gone { Tone::Plain } else { Tone::Warning }, &says.join(" · "))
    }

    /// How many tokens of a bulk revoke came out how, by what it says last of each.
    fn counts(&self) -> Counts {
        let mut last: HashMap<&str, &str> = HashMap::new();
        let of_tokens = self.own().filter(|step| step.what.starts_with("token "));
        for step in of_tokens {
            last.extend(step.token_ids.iter().map(|id| (&**id, &*step.what)));
        }
        let of = |words: &[&str]| last.values().filter(|what| words.contains(what)).count();
        Counts {
            revoked: of(&["token revoked"]),
            gone: of(&["token gone"]),
            skipped: of(&["token skipped", "token left"]),
            failed: of(&["token not revoked"]),
        }
    }
}

/// How many tokens of a bulk revoke came out how.
#[derive(Clone, Copy)]
struct Counts {
    revoked: usize,
    /// Revoked by somebody else before.
    gone: usize,
    skipped: usize,
    failed: usize,
}

impl Counts {
    fn all(self) -> usize {
        self.revoked + self.gone + self.skipped + self.failed
    }
}

impl Outcome {
    fn new(tone: Tone, says: &str) -> Self {
        Self { tone, says: says.to_owned() }
    }
}
