//! An admin's decision about a token.

use chrono::{DateTime, Utc};
use token_audit::Rules;

use crate::model::token::identity::Identity;

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// The token stays, for a reason.
    Keep,
    /// Whoever made it was asked.
    AskOwner,
    /// It is to be revoked on a day to come.
    PlanRevoke,
}

/// What was decided about a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub kind: DecisionKind,
    /// When.
    pub at: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// Why; empty if nothing was said.
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
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Keep, Self::AskOwner, Self::PlanRevoke];

    /// Its code in the journal and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep until",
            Self::AskOwner => "ask owner",
            Self::PlanRevoke => "plan revoke",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Stands before the creation date of the token, in what a decision rests on.
pub(crate) const CREATED: &str = "created ";

/// The journal's code for an undone decision.
pub(crate) const WITHDRAWN: &str = "withdraw decision";

impl Decision {
    /// Whether it is still active. The admin chose the end date, so `now` is the time on this computer.
    #[must_use]
    pub fn stands(&self, now: DateTime<Utc>) -> bool {
        self.until > now
    }
}
