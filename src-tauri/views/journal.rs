//! What was attempted and didn't finish.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{ConnectionId, LooseEnd, LooseEndKind, text, when};

use super::KeyView;

/// An unfinished create.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LooseEndView {
    /// Identifies it.
    pub id: LooseEndId,
    /// The name the token should have.
    pub name: String,
    /// `14:02`, or the date with it.
    pub at: String,
    /// What is known of it.
    pub kind: LooseEndName,
    /// The tokens it created, or may have created.
    pub tokens: Vec<KeyView>,
}

/// Identifies a loose end.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct LooseEndId {
    /// The connection it belongs to.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub attempt: u32,
}

/// What is known of a loose end.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::LooseEndKind`")]
pub enum LooseEndName {
    Unclear,
    ValueLost,
    NeverHandedOver,
}

impl LooseEndView {
    /// As of `now`.
    #[must_use]
    pub fn new(end: LooseEnd, now: DateTime<Utc>) -> Self {
        Self {
            id: LooseEndId {
                connection: end.id.connection.0,
                attempt: u32::try_from(end.id.attempt).unwrap_or(u32::MAX),
            },
            name: text::visible(&end.name),
            at: when::clock(end.at, now),
            kind: match end.kind {
                LooseEndKind::Unclear => LooseEndName::Unclear,
                LooseEndKind::ValueLost => LooseEndName::ValueLost,
                LooseEndKind::NeverHandedOver => LooseEndName::NeverHandedOver,
            },
            tokens: end.tokens.into_iter().map(KeyView::from).collect(),
        }
    }
}

impl From<LooseEndId> for token_desk::LooseEndId {
    fn from(id: LooseEndId) -> Self {
        Self { connection: ConnectionId(id.connection), attempt: id.attempt.into() }
    }
}
