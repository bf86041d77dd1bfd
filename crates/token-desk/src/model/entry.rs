//! An entry of the journal, in readable form.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use entri_api::TokenId;

use crate::folded::folded;
use crate::model::connection::ConnectionId;
use crate::model::deed::{Deed, Written};

/// One entry of the journal, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its connection and its number in the journal.
    pub id: EntryId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The number of the act that this is a step of; `None` for an act or a decision.
    pub attempt: Option<i64>,
    /// What began that act.
    pub act: Option<Written>,
    /// The deed that the entry is about.
    pub what: Written,
    /// The token's name at that time.
    pub name: Option<String>,
    /// The tokens it concerns, as far as they were known then.
    pub token_ids: Vec<TokenId>,
    /// The place a value was delivered to, or the reason for a decision.
    pub detail: Option<String>,
    /// When the decision ends; `None` if it isn't one.
    pub until: Option<DateTime<Utc>>,
    /// The account or API token that was signed in. `None` for a step, and for an entry written by
    /// an older version of the app.
    pub by: Option<String>,
    /// The number of the bulk revoke that this act is a part of.
    pub part_of: Option<i64>,
}

/// Identifies an entry among those of all connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub number: i64,
}

impl Entry {
    /// The deed in words, as a step of its act.
    #[must_use]
    pub fn says(&self) -> Cow<'static, str> {
        self.what.says(self.act.as_ref().and_then(Written::deed))
    }

    /// What was done, if this version knows it.
    #[must_use]
    pub fn deed(&self) -> Option<Deed> {
        self.what.deed()
    }

    pub(crate) fn holds(&self, text: &str) -> bool {
        let texts = self
            .name
            .iter()
            .chain(self.token_ids.iter().map(|id| &id.0))
            .chain(&self.detail)
            .chain(&self.by);
        text.is_empty() || texts.into_iter().any(|it| folded(it).contains(text))
    }
}
