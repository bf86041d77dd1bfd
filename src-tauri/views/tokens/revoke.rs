//! The question before a token is revoked, and the answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::RevokeGrade;
use token_desk::{RevokeOutcome, RevokePlan, Revoked};

use super::DetailsView;

/// What to show before a token is revoked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokePlanView {
    /// The token.
    pub token: DetailsView,
    /// How much confirmation it takes.
    pub grade: GradeName,
    /// The last use the plan was made with, in Unix seconds; to be sent back as it is.
    pub seen: Option<String>,
}

/// How much confirmation it takes.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_audit::RevokeGrade`")]
pub enum GradeName {
    OneClick,
    Confirm,
    TypeName,
}

/// The confirmation.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokeRequest {
    /// The token's id.
    pub id: String,
    /// What the plan said.
    pub seen: Option<String>,
    /// The name as typed.
    pub typed_name: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokedView {
    /// The token's name.
    pub name: String,
    /// Whether this request ended it.
    pub outcome: OutcomeName,
}

/// Whether the token was still there.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::RevokeOutcome`")]
pub enum OutcomeName {
    Revoked,
    AlreadyGone,
}

impl RevokePlanView {
    /// The plan as of `now`.
    #[must_use]
    pub fn new(plan: RevokePlan, now: DateTime<Utc>) -> Self {
        Self {
            token: DetailsView::new(plan.token, now),
            grade: match plan.grade {
                RevokeGrade::OneClick => GradeName::OneClick,
                RevokeGrade::Confirm => GradeName::Confirm,
                RevokeGrade::TypeName => GradeName::TypeName,
            },
            seen: plan.seen.map(|time| time.timestamp().to_string()),
        }
    }
}

impl From<RevokeRequest> for token_desk::RevokeRequest {
    fn from(request: RevokeRequest) -> Self {
        let seconds = request.seen.and_then(|seen| seen.parse().ok());
        Self {
            id: request.id,
            seen: seconds.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0)),
            typed_name: request.typed_name,
        }
    }
}

impl From<Revoked> for RevokedView {
    fn from(revoked: Revoked) -> Self {
        Self {
            name: revoked.name,
            outcome: match revoked.outcome {
                RevokeOutcome::Revoked => OutcomeName::Revoked,
                RevokeOutcome::AlreadyGone => OutcomeName::AlreadyGone,
            },
        }
    }
}
