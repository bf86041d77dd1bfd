//! Groups the journal's entries into acts: what somebody did, with the steps it took.

mod endings;
mod fold;
mod outcome;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entri_api::TokenId;

use crate::model::act::{ActFilter, ActKind};
use crate::model::deed::{Deed, Written};
use crate::model::entry::{Entry, EntryId};

pub use outcome::{Outcome, Tone};
pub use sentence::Sentence;

/// What somebody did, as one line of Activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The act that all of it belongs to.
    pub id: EntryId,
    /// What began the act: a person or the app.
    pub begun: Written,
    /// Its entries, in the order in which they were written. Never empty.
    pub steps: Vec<Entry>,
}

impl ActFilter {
    /// Whether an act is one of these.
    #[must_use]
    pub fn fits(self, act: &Act) -> bool {
        let counts = |entry: &Entry| entry.deed().and_then(Deed::filter) == Some(self);
        match self {
            Self::Unfinished => act.is_open(),
            Self::Revoked | Self::Created | Self::Decisions | Self::Audits => {
                act.begun.deed().and_then(Deed::filter) == Some(self)
            }
            Self::Delivered => act.own().any(counts),
        }
    }
}

impl Act {
    /// Groups entries by act, in the order of the acts' first entries. Entries whose act is missing form an act
    /// of their own.
    #[must_use]
    pub fn of(mut entries: Vec<Entry>) -> Vec<Self> {
        entries.sort_by_key(|entry| entry.id.number);
        let mut acts: Vec<Self> = Vec::new();
        let mut places = HashMap::new();
        for entry in entries {
            let id = EntryId { number: entry.attempt.unwrap_or(entry.id.number), ..entry.id };
            let place = *places.entry((id.connection, id.number)).or_insert(acts.len());
            match acts.get_mut(place) {
                Some(act) => act.steps.push(entry),
                None => acts.push(Self::new(id, entry)),
            }
        }
        fold::bulk_revokes(acts)
    }

    fn new(id: EntryId, entry: Entry) -> Self {
        // If the act itself is missing, its steps name it.
        let begun = entry.act.clone().unwrap_or_else(|| entry.what.clone());
        Self { id, begun, steps: vec![entry] }
    }

    /// The deed that the act is of.
    #[must_use]
    pub fn kind(&self) -> ActKind {
        self.begun.deed().and_then(Deed::kind).unwrap_or(ActKind::Other)
    }

    /// When it was begun.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.steps.first().map_or_else(DateTime::default, |first| first.at)
    }

    /// The token's name; `None` if there are several tokens.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let told = self.told().filter(|_| self.kind() != ActKind::BulkRevoke);
        told.filter_map(|entry| entry.name.as_deref()).next_back()
    }

    /// The tokens it concerns, as far as they are known now.
    #[must_use]
    pub fn token_ids(&self) -> &[TokenId] {
        let has_some = |entry: &&Entry| !entry.token_ids.is_empty();
        let entry = match self.kind() {
            ActKind::BulkRevoke => self.steps.first(),
            _ => self.told().rfind(has_some),
        };
        entry.map_or(&[], |entry| &entry.token_ids)
    }

    /// Whether one of its entries has this text, which must be folded already.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.steps.iter().any(|entry| entry.holds(text))
    }

    /// Its own entries, without those of acts that are parts of it.
    fn own(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let number = self.id.number;
        self.steps.iter().filter(move |it| it.attempt.unwrap_or(it.id.number) == number)
    }

    /// Those of its own entries that this version knows; all of them if it doesn't know the act.
    fn told(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let all = self.begun.deed().is_none();
        self.own().filter(move |entry| all || entry.deed().is_some())
    }

    /// Who did it; `None` if an older version of the app wrote it down.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.first().by.as_deref()
    }

    fn first(&self) -> &Entry {
        &self.steps[0]
    }

    fn has(&self, deed: Deed) -> bool {
        self.own().any(|entry| entry.deed() == Some(deed))
    }
}
