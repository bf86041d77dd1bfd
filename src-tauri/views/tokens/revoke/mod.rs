//! The question before a token is revoked, and the answer.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::RevokeGrade;
use token_desk::{Clocks, Date, Proof, RevokeOutcome, RevokePreview, Revoked, SeenToken, ToType};

use super::{DetailsView, KeyView};

/// Takes the place of a date that can't be read.
const NOT_READABLE: &str = "unreadable";

/// What to show before a token is revoked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokePreviewView {
    /// The token to be revoked.
    pub token: DetailsView,
    /// How much confirmation is needed.
    pub grade: RevokeGrade,
    /// Whether it may be the token that the app signs in with.
    pub may_be_own: bool,
    /// Whether its name says that it is for production.
    pub production: bool,
    /// What it means for the rotation that the token is a part of.
    pub rotation: Option<String>,
    /// What must be typed, if the grade asks for that.
    pub to_type: ToTypeView,
    /// The token as it is shown here; to be sent back unchanged.
    pub seen: SeenTokenView,
}

/// A token as it was shown before its revoke was confirmed. Dates are Unix seconds, or say that
/// they are unreadable.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeenTokenView {
    /// The token's name, as the server gave it.
    pub name: String,
    /// When it was created.
    pub created: Option<String>,
    /// When it was last used.
    pub last_used: Option<String>,
}

/// What must be typed to confirm.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ToTypeView {
    /// Whether it is the id, because the name can't be typed as it looks.
    pub by_id: bool,
    /// The text to type. Spaces, and how accented letters are composed, don't count.
    pub text: String,
}

/// A revoke that the admin confirmed.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokeRequest {
    /// The token to revoke.
    pub key: KeyView,
    /// The token as it was shown for confirmation; it is compared with the server's before the
    /// revoke.
    pub seen: SeenTokenView,
    /// The typed confirmation; `None` if none was needed.
    pub typed: Option<String>,
    /// Whether it was allowed some seconds ago, by `tokens_hold_revoke`, and could be stopped since.
    pub held: bool,
}

/// The result of a revoke.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevokedView {
    /// The token's name, to say what was revoked.
    pub name: String,
    /// Whether this request revoked it.
    pub outcome: RevokeOutcome,
    /// Whether the server refuses its value now; `None` if it wasn't at hand, or no
    /// request of ours revoked the token.
    pub proof: Option<ProofView>,
}

/// Whether a server refuses the value of a revoked token.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProofView {
    /// Whether that is proven.
    pub proven: bool,
    /// That it is, or why nothing is proven.
    pub says: String,
}

impl RevokePreviewView {
    /// Shows the token's times relative to its server's clock.
    #[must_use]
    pub fn new(plan: RevokePreview, clocks: &Clocks) -> Self {
        Self {
            rotation: None,
            production: plan.production,
            token: DetailsView::new(plan.token, clocks),
            grade: plan.grade,
            may_be_own: plan.may_be_own,
            to_type: ToTypeView {
                by_id: matches!(plan.to_type, ToType::Id(_)),
                text: plan.to_type.text().to_owned(),
            },
            seen: SeenTokenView {
                name: plan.seen.name,
                created: written(plan.seen.created),
                last_used: written(plan.seen.last_used),
            },
        }
    }
}

fn written(date: Date) -> Option<String> {
    match date {
        Date::At(time) => Some(time.timestamp().to_string()),
        Date::None => None,
        Date::Unreadable => Some(NOT_READABLE.to_owned()),
    }
}

fn read(date: Option<String>) -> Date {
    let time = |seconds: String| DateTime::<Utc>::from_timestamp(seconds.parse().ok()?, 0);
    match date {
        Some(date) if date == NOT_READABLE => Date::Unreadable,
        date => date.and_then(time).into(),
    }
}

impl From<RevokeRequest> for token_desk::RevokeRequest {
    fn from(request: RevokeRequest) -> Self {
        Self { key: request.key.into(), seen: request.seen.into(), typed: request.typed }
    }
}

impl From<SeenTokenView> for SeenToken {
    fn from(SeenTokenView { name, created, last_used }: SeenTokenView) -> Self {
        Self { name, created: read(created), last_used: read(last_used) }
    }
}

impl From<Revoked> for RevokedView {
    fn from(revoked: Revoked) -> Self {
        Self {
            name: revoked.name,
            outcome: revoked.outcome,
            proof: revoked.proof.map(ProofView::from),
        }
    }
}

impl From<Proof> for ProofView {
    fn from(proof: Proof) -> Self {
        match proof {
            Proof::Dead => Self { proven: true, says: "The server refuses its value.".to_owned() },
            Proof::NotProven(says) => Self { proven: false, says },
        }
    }
}
