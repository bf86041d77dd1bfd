//! A create that did not finish.

use chrono::{DateTime, Utc};

use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;

/// An unfinished create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseEnd {
    /// Identifies it.
    pub id: LooseEndId,
    /// The name the token should have.
    pub name: String,
    /// When it was tried.
    pub at: DateTime<Utc>,
    /// What is known of it.
    pub kind: LooseEndKind,
    /// The tokens it created: one, or several if more than one matches. For an unclear create, those it may
    /// have created under another name.
    pub tokens: Vec<TokenKey>,
}

/// Identifies a loose end for as long as there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LooseEndId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub attempt: i64,
}

/// What is known about an unfinished create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LooseEndKind {
    /// It is not known yet whether the token exists.
    Unclear,
    /// The token exists, but its value was lost with the response.
    ValueLost,
    /// The token exists, but nobody received its value before the app or its window was closed.
    NeverHandedOver,
}
