//! What an inventory knows about one token, put together from its columns.

use chrono::{DateTime, Utc};
use token_audit::{AsOf, Date, ServerTime, TokenFacts};

use super::inventory::{Creator, Index, Inventory};
use crate::model::time::dates::Stamp;
use crate::model::token::TokenRecord;

impl Inventory {
    /// The facts the audit rules need, as of when the list was loaded.
    #[must_use]
    pub fn facts(&self, index: Index, as_of: AsOf) -> TokenFacts {
        let at = index as usize;
        TokenFacts {
            created: self.created[at].into(),
            expires: self.expires[at].into(),
            last_used: self.last_used[at].into(),
            last_used_reported: self.part(index).last_used_reported,
            revoked: self.revoked[at],
            own: self.own.binary_search(&index).is_ok(),
            as_of: AsOf { read: self.read(index, as_of.read), ..as_of },
        }
    }

    /// When the server listed the token last, in a list that was read at `read`.
    pub(super) fn read(&self, index: Index, read: ServerTime) -> ServerTime {
        self.last_listed(index).unwrap_or(read)
    }

    pub(super) fn last_listed(&self, index: Index) -> Option<ServerTime> {
        let at = self.last_listed.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        Some(self.last_listed[at].1)
    }

    /// The last use of each token, where one is recorded and readable.
    pub(crate) fn uses(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.last_used.iter().filter_map(|&used| Date::from(used).at())
    }

    /// Whether any of its dates cannot be read.
    pub(super) fn is_unreadable(&self, index: Index) -> bool {
        let at = index as usize;
        [self.created[at], self.expires[at], self.last_used[at]].contains(&Stamp::UNREADABLE)
    }

    /// Everything known about one token.
    #[must_use]
    pub fn record(&self, index: Index) -> TokenRecord<'_> {
        let at = index as usize;
        let creator = self.creator(self.creator[at]);
        TokenRecord {
            id: self.id(index),
            name: self.name(index),
            project_id: self.project(index).map(|project| project.id.borrowed()),
            scopes: self.scopes(index),
            created: self.created[at].into(),
            expires: self.expires[at].into(),
            last_used: self.last_used[at].into(),
            last_used_reported: self.part(index).last_used_reported,
            revoked: self.revoked[at],
            own: self.own.binary_search(&index).is_ok(),
            last_listed: self.last_listed(index),
            preview: Some(self.preview(index)).filter(|preview| !preview.is_empty()),
            created_by: creator.shown,
            creator_id: creator.id,
            creator_email: creator.email,
        }
    }

    pub(super) fn scopes(&self, index: Index) -> &str {
        &self.shared[self.scopes[index as usize] as usize]
    }

    /// All tokens, in the order they came.
    pub fn records(&self) -> impl Iterator<Item = TokenRecord<'_>> {
        self.indices().map(|index| self.record(index))
    }

    pub(super) fn creator(&self, number: u32) -> Creator<'_> {
        let [shown, id, email] = self.creators[number as usize].map(|text| self.optional(text));
        Creator { shown, name: shown.filter(|_| shown != id && shown != email), id, email }
    }
}
