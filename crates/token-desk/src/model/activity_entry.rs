//! An entry of the journal, in readable form.

use chrono::{DateTime, Utc};

use crate::folded::folded;
use crate::model::connection::ConnectionId;

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifies it.
    pub id: EntryId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The number of the act that this is a step of; `None` for an act or a decision.
    pub attempt: Option<i64>,
    /// The kind of that act: `create` or `revoke`.
    pub act: Option<String>,
    /// The act, the decision, or how far the act came.
    pub what: String,
    /// The token's name at that time.
    pub name: Option<String>,
    /// The tokens it concerns, as far as they were known then.
    pub token_ids: Vec<String>,
    /// The place a value was delivered to, or the reason for a decision.
    pub detail: Option<String>,
    /// When a decision ends.
    pub until: Option<DateTime<Utc>>,
    /// Who did it: the account, or the API token, that was signed in. `None` for a step, and for what
    /// an older version of the app wrote down.
    pub by: Option<String>,
    /// The number of the bulk revoke that this act is a part of.
    pub part_of: Option<i64>,
}

/// Identifies an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub number: i64,
}

impl Entry {
    /// What happened, in words.
    #[must_use]
    pub fn says(&self) -> &str {
        let act = self.act.as_deref();
        let words = WORDS
            .iter()
            .find(|(of, what, _)| *what == self.what && of.is_none_or(|of| Some(of) == act));
        // Entries of later versions are shown as written.
        words.map_or(&self.what, |(.., words)| words)
    }

    pub(crate) fn holds(&self, text: &str) -> bool {
        let texts = self.name.iter().chain(&self.token_ids).chain(&self.detail).chain(&self.by);
        text.is_empty() || texts.into_iter().any(|it| folded(it).contains(text))
    }
}

/// The act (if it matters), the entry's code, and its words.
const WORDS: [(Option<&str>, &str, &str); 31] = [
    (None, "create", "Creating"),
    (None, "revoke", "Revoking"),
    (None, "keep until", "Kept"),
    (None, "ask owner", "Owner asked"),
    (None, "plan revoke", "Revocation scheduled"),
    (None, "withdraw decision", "Decision undone"),
    (Some("create"), "unclear", "Unconfirmed: creation"),
    (Some("revoke"), "unclear", "Unconfirmed: revocation"),
    (None, "denied", "Refused by the server"),
    (None, "unreadable", "Created (unreadable response)"),
    (None, "made", "Created"),
    (None, "found", "Found later; value lost"),
    (None, "handing over", "Sending"),
    (None, "handed over", "Delivered"),
    (None, "not handed over", "Delivery failed"),
    (None, "kept", "Kept"),
    (Some("create"), "refused", "Not created"),
    (Some("revoke"), "refused", "Not revoked"),
    (None, "not made", "Not created"),
    (None, "not revoked", "Revocation failed"),
    (None, "revoked", "Revoked"),
    (None, "clean up", "Bulk revoke started"),
    (None, "token revoked", "Revoked (bulk)"),
    (None, "token gone", "Already revoked"),
    (None, "token skipped", "Skipped: used since"),
    (None, "token left", "Skipped: changed since"),
    (None, "token not revoked", "Not revoked"),
    (None, "clean-up finished", "Bulk revoke finished"),
    (None, "clean-up left", "Bulk revoke canceled"),
    (None, "clean-up put off", "Bulk revoke scheduled"),
    (None, "gone", "Removed"),
];
