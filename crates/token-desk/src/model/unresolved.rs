//! A create that didn't finish.

use chrono::{DateTime, Utc};

use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;

/// A create that didn't finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Its connection and its number in the journal.
    pub id: UnresolvedId,
    /// The name the token was to have.
    pub name: String,
    /// When the create was tried.
    pub at: DateTime<Utc>,
    /// How the create ended, as far as known.
    pub kind: UnresolvedKind,
    /// The tokens it created: one, or several if more than one matches. For an unclear create,
    /// those it may have created under another name.
    pub tokens: Vec<TokenKey>,
}

/// Identifies an unresolved create for as long as there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnresolvedId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub attempt: i64,
}

/// What is known about an unfinished create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum UnresolvedKind {
    /// It isn't known yet whether the token exists.
    Unclear,
    /// The token exists, but its value was lost with the response.
    ValueLost,
    /// The token exists, but nobody received its value before the app or its window was closed.
    NeverDelivered,
}
