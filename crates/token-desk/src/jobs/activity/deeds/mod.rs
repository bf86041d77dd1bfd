//! Groups the journal's entries into acts: what somebody did, with the steps it took.

mod fold;
mod outcome;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::model::activity_entry::{Entry, EntryId};
use crate::model::decision::{DecisionKind, WITHDRAWN};

pub use outcome::{Outcome, Tone};
pub use sentence::Sentence;

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The act that all of it belongs to.
    pub id: EntryId,
    /// What was done.
    pub kind: DeedKind,
    /// Its entries, in the order in which they were written. Never empty.
    pub steps: Vec<Entry>,
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeedKind {
    /// A token was created, and its value delivered.
    Create,
    /// A token was revoked.
    Revoke,
    /// Several tokens were revoked in one go.
    BulkRevoke,
    /// A decision about a token was made.
    Decision,
    /// What only a later version knows.
    Other,
}

/// Which acts to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeedFilter {
    /// Acts that revoke one or more tokens.
    Revoked,
    /// Deeds that create a token.
    Created,
    /// Those that delivered a value.
    Delivered,
    /// Decisions about tokens.
    Decisions,
    /// Those that didn't finish.
    Unfinished,
}

impl DeedFilter {
    /// All filters, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Revoked, Self::Created, Self::Delivered, Self::Decisions, Self::Unfinished];

    /// Whether a deed is one of these.
    #[must_use]
    pub fn fits(self, deed: &Deed) -> bool {
        match self {
            Self::Revoked => matches!(deed.kind, DeedKind::Revoke | DeedKind::BulkRevoke),
            Self::Created => deed.kind == DeedKind::Create,
            Self::Delivered => deed.has("handed over"),
            Self::Decisions => deed.kind == DeedKind::Decision,
            Self::Unfinished => deed.is_open(),
        }
    }
}

impl DeedKind {
    fn named(what: &str) -> Self {
        match what {
            "create" => Self::Create,
            "revoke" => Self::Revoke,
            "clean up" => Self::BulkRevoke,
            WITHDRAWN => Self::Decision,
            what if DecisionKind::named(what).is_some() => Self::Decision,
            _ => Self::Other,
        }
    }
}

impl Deed {
    /// Groups entries by act, in the order of the acts' first entries. Entries whose act is missing form an act
    /// of their own.
    #[must_use]
    pub fn of(mut entries: Vec<Entry>) -> Vec<Self> {
        entries.sort_by_key(|entry| entry.id.number);
        let mut deeds: Vec<Self> = Vec::new();
        let mut places = HashMap::new();
        for entry in entries {
            let id = EntryId { number: entry.attempt.unwrap_or(entry.id.number), ..entry.id };
            let place = *places.entry((id.connection, id.number)).or_insert(deeds.len());
            match deeds.get_mut(place) {
                Some(deed) => deed.steps.push(entry),
                None => deeds.push(Self::begun(id, entry)),
            }
        }
        fold::bulk_revokes(deeds)
    }

    fn begun(id: EntryId, entry: Entry) -> Self {
        // If the act itself is missing, its steps name it.
        let what = entry.act.as_deref().unwrap_or(&entry.what);
        Self { id, kind: DeedKind::named(what), steps: vec![entry] }
    }

    /// When it was begun.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.steps.first().map_or_else(DateTime::default, |first| first.at)
    }

    /// The token's name; `None` if there are several tokens.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let own = self.own().filter(|_| self.kind != DeedKind::BulkRevoke);
        own.filter_map(|entry| entry.name.as_deref()).next_back()
    }

    /// The tokens it concerns, as far as they are known now.
    #[must_use]
    pub fn token_ids(&self) -> &[String] {
        let known = |entry: &&Entry| !entry.token_ids.is_empty();
        let entry = match self.kind {
            DeedKind::BulkRevoke => self.steps.first(),
            _ => self.own().rfind(known),
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

    /// Who did it; `None` if an older version of the app wrote it down.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.first().by.as_deref()
    }

    fn first(&self) -> &Entry {
        &self.steps[0]
    }

    fn has(&self, what: &str) -> bool {
        self.own().any(|entry| entry.what == what)
    }
}
