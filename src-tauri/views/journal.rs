//! Creates that didn't finish.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{ConnectionId, Unresolved, UnresolvedKind, text, when};

use super::KeyView;

/// A create that didn't finish.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnresolvedView {
    /// Its connection and its number in the journal.
    pub id: UnresolvedId,
    /// The name the token was to have.
    pub name: String,
    /// `14:02`, or with the date if that was on another day.
    pub at: String,
    /// How the create ended, as far as known.
    pub kind: UnresolvedKind,
    /// The tokens it created, or may have created.
    pub tokens: Vec<KeyView>,
}

/// Identifies an unresolved create.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct UnresolvedId {
    /// The connection it belongs to.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub attempt: u32,
}

impl UnresolvedView {
    /// Shows its time relative to `now`.
    #[must_use]
    pub fn new(end: Unresolved, now: DateTime<Utc>) -> Self {
        Self {
            id: UnresolvedId {
                connection: end.id.connection.0,
                attempt: u32::try_from(end.id.attempt).unwrap_or(u32::MAX),
            },
            name: text::visible(&end.name),
            at: when::clock(end.at, now),
            kind: end.kind,
            tokens: end.tokens.into_iter().map(KeyView::from).collect(),
        }
    }
}

impl From<UnresolvedId> for token_desk::UnresolvedId {
    fn from(id: UnresolvedId) -> Self {
        Self { connection: ConnectionId(id.connection), attempt: id.attempt.into() }
    }
}
