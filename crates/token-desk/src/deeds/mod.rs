//! The entries of the journal as deeds: what somebody did, with the steps it took.

mod fold;
mod outcome;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::activity::{Entry, EntryId};
use crate::decisions::{DecisionKind, WITHDRAWN};

pub use outcome::{Outcome, Tone};
pub use sentence::Sentence;

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The act that all of it belongs to.
    pub id: EntryId,
    /// What was done.
    pub kind: DeedKind,
    /// Its entries, in the order in which they were written; never none.
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
    /// It was decided what becomes of a token.
    Decision,
    /// What only a later version knows.
    Other,
}

/// Which deeds are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeedFilter {
    /// Deeds that revoke one token, or several.
    Revoked,
    /// Deeds that create a token.
    Created,
    /// Those that delivered a value.
    Delivered,
    /// Decisions about what becomes of a token.
    Decisions,
    /// Those that didn't finish.
    Unfinished,
}

impl DeedFilter {
    /// Every filter, in the order in which they are offered.
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
    /// Each entry in the deed that it is a step of; the deeds in the order of their first entries. An
    /// entry whose act is missing begins a deed of its own, with the other ones of that act.
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
        // A step names its act, where that is missing.
        let what = entry.act.as_deref().unwrap_or(&entry.what);
        Self { id, kind: DeedKind::named(what), steps: vec![entry] }
    }

    /// When it was begun.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.steps.first().map_or_else(DateTime::default, |first| first.at)
    }

    /// The token's name; none where it is about several.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let own = self.own().filter(|_| self.kind != DeedKind::BulkRevoke);
        own.filter_map(|entry| entry.name.as_deref()).next_back()
    }

    /// The tokens it is about, as far as known by now.
    #[must_use]
    pub fn token_ids(&self) -> &[String] {
        let known = |entry: &&Entry| !entry.token_ids.is_empty();
        let entry = match self.kind {
            DeedKind::BulkRevoke => self.steps.first(),
            _ => self.own().rfind(known),
        };
        entry.map_or(&[], |entry| &entry.token_ids)
    }

    /// Whether a text is in one of its entries; `text` in lower case.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.steps.iter().any(|entry| entry.holds(text))
    }

    /// Its entries except for those of acts that were done in the course of it.
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
