//! An admin's decision about a token.

use chrono::{DateTime, Utc};
use token_audit::Rules;

use crate::model::deed::Deed;
use crate::model::token::identity::Identity;

/// What can be decided about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum DecisionKind {
    /// The token is kept, for a reason.
    Keep,
    /// The token's creator was asked about it.
    AskOwner,
    /// The token is to be revoked by a certain day.
    RevokeBy,
}

/// A decision about a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided about it.
    pub kind: DecisionKind,
    /// When it was decided, by this computer's clock.
    pub at: DateTime<Utc>,
    /// When the decision ends.
    pub until: DateTime<Utc>,
    /// The reason given; empty if there was none.
    pub reason: String,
    /// The findings at the time of the decision. These are muted; later ones aren't.
    pub rules: Rules,
}

/// A decision with the token that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecidedOn {
    pub token: Identity,
    pub decision: Decision,
}

impl DecisionKind {
    /// Every kind of decision there is.
    pub const ALL: [Self; 3] = [Self::Keep, Self::AskOwner, Self::RevokeBy];

    /// The code for it in the journal and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.deed().code()
    }

    /// What the journal calls it.
    pub(crate) fn deed(self) -> Deed {
        match self {
            Self::Keep => Deed::KeepUntil,
            Self::AskOwner => Deed::AskOwner,
            Self::RevokeBy => Deed::RevokeBy,
        }
    }

    pub(crate) fn of(deed: Deed) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.deed() == deed)
    }
}

/// Precedes the token's creation date in the journal's `basis` of a decision.
pub(crate) const CREATED: &str = "created ";

impl Decision {
    /// Whether it is still active. The admin chose the end date, so `now` is the time on this computer.
    #[must_use]
    pub fn stands(&self, now: DateTime<Utc>) -> bool {
        self.until > now
    }
}
