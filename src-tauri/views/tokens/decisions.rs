//! What was decided about a token.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{Ask, Decision, DecisionKind, TokenKey, text, when};

use crate::views::{ExpiryRequest, KeyView, count};

/// What was decided about a token.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    /// `Kept until 24 Feb 2027`.
    pub says: String,
    /// Why; empty if nothing was said.
    pub reason: String,
    /// `24 Nov 2026`.
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

/// What the admin decides.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DecideRequest {
    /// The tokens; empty for those that are selected.
    pub keys: Vec<KeyView>,
    /// What.
    pub kind: DecisionName,
    /// Its last day.
    pub until: ExpiryRequest,
    /// Why.
    pub reason: String,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::DecisionKind`")]
pub enum DecisionName {
    Keep,
    AskOwner,
    PlanRevoke,
}

/// The text about a decision in a row and in the panel.
pub(super) fn says(decision: &Decision) -> String {
    let until = when::date(decision.until);
    match decision.kind {
        DecisionKind::Keep => format!("Kept until {until}"),
        DecisionKind::AskOwner => format!("Waiting for owner until {until}"),
        DecisionKind::PlanRevoke => format!("Revoke by {until}"),
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
            kind: match request.kind {
                DecisionName::Keep => DecisionKind::Keep,
                DecisionName::AskOwner => DecisionKind::AskOwner,
                DecisionName::PlanRevoke => DecisionKind::PlanRevoke,
            },
            until: request.until.into(),
            reason: request.reason,
        }
    }
}
