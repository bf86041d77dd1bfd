//! The outcome of an act, in as few words as possible.

use std::collections::HashMap;

use entri_api::TokenId;

use super::Act;
use super::endings::{Ending, NOT_KNOWN};
use crate::model::act::ActKind;
use crate::model::deed::Deed;
use crate::model::entry::Entry;

/// How an act came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether that is good.
    pub tone: Tone,
    /// The outcome as exports write it.
    pub says: String,
}

/// How an outcome is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Tone {
    /// As it was wanted.
    Good,
    /// Neither good nor bad.
    Plain,
    /// It is still to come.
    Coming,
    /// Somebody should look at it.
    Warning,
    /// It failed, and nothing was changed.
    Bad,
}

/// The steps of a bulk revoke that are about one token.
const OF_TOKENS: [Deed; 6] = [
    Deed::TokenRevoked,
    Deed::TokenGone,
    Deed::TokenSkipped,
    Deed::TokenLeft,
    Deed::TokenNotRevoked,
    Deed::TokenNotReached,
];

impl Act {
    /// Returns the outcome; `None` if it goes without saying or isn't known.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.kind() {
            ActKind::Create | ActKind::Revoke => Some(self.ending().0.into()),
            ActKind::BulkRevoke => Some(self.of_bulk()),
            ActKind::Rotation => Some(self.of_rotation()),
            ActKind::Incident => Some(self.of_incident().into()),
            ActKind::Decision => Some(Outcome::new(Tone::Plain, "Decided")),
            ActKind::Audit | ActKind::Other => None,
        }
    }

    /// Whether it didn't finish, as far as the journal knows. Only what changes tokens at the server can be left
    /// unfinished.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.begun.deed().is_some_and(|deed| deed.begins() && deed.is_at_server())
            && self.end().is_none()
    }

    fn of_rotation(&self) -> Outcome {
        match self.end().and_then(Entry::deed) {
            Some(Deed::RotationFinished) => Outcome::new(Tone::Good, "Done"),
            Some(_) => Outcome::new(Tone::Plain, "Canceled"),
            None => Outcome::new(Tone::Coming, "In progress"),
        }
    }

    /// How far an incident came, by what it has in the end.
    fn of_incident(&self) -> Ending {
        let reached = |deeds: &[Deed]| deeds.iter().any(|deed| self.has(*deed));
        match () {
            () if reached(&[Deed::ValueRefused]) => (Tone::Good, "Proven dead"),
            () if reached(&[Deed::IncidentRevoked, Deed::IncidentGone]) => (Tone::Good, "Revoked"),
            () if reached(&[Deed::IncidentClosed]) => (Tone::Warning, "Closed without a revoke"),
            () => (Tone::Warning, "Not revoked"),
        }
    }

    fn of_bulk(&self) -> Outcome {
        let planned = self.token_ids().len();
        let counts = self.counts();
        let Counts { revoked, gone, skipped, failed } = counts;
        let rest = planned.saturating_sub(counts.all());
        let (open, put_off) = (self.is_open(), self.has(Deed::BulkPutOff));
        if counts.all() == 0 {
            let due = self.steps.first().is_some_and(|begin| begin.until.is_some());
            return match (open, put_off) {
                (true, _) if due => Outcome::new(Tone::Coming, "Scheduled"),
                (true, _) => NOT_KNOWN.into(),
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
        let mut last: HashMap<&TokenId, Deed> = HashMap::new();
        for (step, deed) in self.own().filter_map(|step| Some((step, step.deed()?))) {
            if OF_TOKENS.contains(&deed) {
                last.extend(step.token_ids.iter().map(|id| (id, deed)));
            }
        }
        let of = |deeds: &[Deed]| last.values().filter(|deed| deeds.contains(deed)).count();
        Counts {
            revoked: of(&[Deed::TokenRevoked]),
            gone: of(&[Deed::TokenGone]),
            skipped: of(&[Deed::TokenSkipped, Deed::TokenLeft]),
            failed: of(&[Deed::TokenNotRevoked]),
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

impl From<Ending> for Outcome {
    fn from((tone, says): Ending) -> Self {
        Self::new(tone, says)
    }
}
