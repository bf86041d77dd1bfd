//! Decisions about tokens, as the page shows them.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{Ask, Decision, DecisionKind, TokenKey, text, when};

use crate::views::{ExpiryRequest, KeyView, count};

/// A decision about a token, as the panel shows it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    /// `Kept until 24 Feb 2027`.
    pub says: String,
    /// The reason given; empty if there was none.
    pub reason: String,
    /// `24 Nov 2026`: the day it was made.
    pub decided: String,
}

/// A message to one person.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AskView {
    /// The creator of the tokens; `None` if the server doesn't say.
    pub person: Option<String>,
    /// The number of tokens it is about.
    pub tokens: u32,
}

/// A decision to be made.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DecideRequest {
    /// The tokens; empty for the selected ones.
    pub keys: Vec<KeyView>,
    /// What is decided about them.
    pub kind: DecisionKind,
    /// The last day on which it holds.
    pub until: ExpiryRequest,
    /// The reason; may be empty.
    pub reason: String,
}

/// The text about a decision in a row and in the panel.
pub(super) fn says(decision: &Decision) -> String {
    let until = when::date(decision.until);
    match decision.kind {
        DecisionKind::Keep => format!("Kept until {until}"),
        DecisionKind::AskOwner => format!("Waiting for owner until {until}"),
        DecisionKind::RevokeBy => format!("Revoke by {until}"),
    }
}

impl From<Decision> for DecisionView {
    fn from(decision: Decision) -> Self {
        Self {
            says: says(&decision),
            reason: text::visible(&decision.reason),
            decided: when::date(decision.at),
        }
    }
}

impl From<Ask> for AskView {
    fn from(ask: Ask) -> Self {
        Self { person: ask.person.as_deref().map(text::visible), tokens: count(ask.tokens) }
    }
}

impl From<DecideRequest> for token_desk::DecideRequest {
    fn from(request: DecideRequest) -> Self {
        Self {
            keys: request.keys.into_iter().map(TokenKey::from).collect(),
            kind: request.kind,
            until: request.until.into(),
            reason: request.reason,
        }
    }
}
