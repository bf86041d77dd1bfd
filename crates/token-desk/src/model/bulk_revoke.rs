//! A bulk revoke: its plan, its progress and its result.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_api::ProjectId;
use token_audit::Date;

use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::token::TokenKey;

/// The tokens of a bulk revoke, frozen with what is known about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRevokePlan {
    /// Identifies the plan for as long as the app runs.
    pub id: PlanId,
    /// The tokens, in the order in which they will be revoked.
    pub tokens: Vec<PlannedToken>,
    /// Tokens that stay: somebody decided to keep them, or took them out of the plan. Each is
    /// revoked only if it is ticked by itself, with [`Desk::tick`].
    ///
    /// [`Desk::tick`]: crate::Desk::tick
    pub kept: Vec<PlannedToken>,
    /// Whether the number of tokens must be typed: one of them was used in the last 7 days, is
    /// labeled as production, or may be the app's own.
    pub needs_count: bool,
    /// Whether the app's own token may be among them: the server doesn't show which one it is.
    pub may_have_own: bool,
    /// Whether the app's own token was selected, too; it is left out and has to be revoked alone.
    pub own_left_out: bool,
    /// How many more tokens are selected. They are too many to review at once, and wait for another
    /// plan.
    pub more: usize,
}

/// Identifies a plan for as long as the app runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanId(pub u32);

/// A token in the plan of a bulk revoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedToken {
    /// The token's connection and id.
    pub key: TokenKey,
    /// The token's name, as the server gave it.
    pub name: String,
    /// The id of its project; `None` if it belongs to the organization.
    pub project_id: Option<ProjectId>,
    /// When it was created, as far as known.
    pub created: Date,
    /// When it was last used, as known when the plan was made.
    pub last_used: Date,
    /// The reasons to revoke it: its findings, most severe first.
    pub reasons: Vec<String>,
    /// Whether it calls for care: it was used in the last 7 days, or is labeled as production.
    pub needs_care: bool,
    /// Whether it may be the token that the app signs in with, as far as known now.
    pub may_be_own: bool,
    /// When somebody decided to keep it, if that decision held when the plan was made.
    pub kept: Option<DateTime<Utc>>,
}

/// A bulk revoke that didn't finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBulkRevoke {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub number: i64,
    /// When it was confirmed.
    pub at: DateTime<Utc>,
    /// When it is scheduled; `None` if it was to run at once.
    pub due: Option<DateTime<Utc>>,
    /// How many tokens its plan has.
    pub total: usize,
    /// The tokens that have no outcome yet.
    pub left: Vec<PlannedToken>,
}

/// What happened to one token of a bulk revoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkRevokeOutcome {
    /// It is revoked, and no list loaded afterwards has it.
    Revoked,
    /// It was gone before its turn.
    AlreadyGone,
    /// It was used, at this time, after the plan was made. It wasn't revoked.
    UsedSince(DateTime<Utc>),
    /// It has changed since the plan was made, in this way. It wasn't revoked.
    Skipped(String),
    /// It still exists or may exist, for this reason.
    Failed(String),
    /// The bulk revoke ended before its turn.
    NotReached,
}

/// The result of a bulk revoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRevokeResult {
    /// Every token with its outcome, in the order of the plan.
    pub tokens: Vec<(PlannedToken, BulkRevokeOutcome)>,
    /// Why it stopped early; `None` if it reached its end.
    pub stopped: Option<String>,
    /// Whether the whole result was compared with lists loaded afterwards.
    pub compared: bool,
}

/// The progress of a bulk revoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRevokeProgress {
    /// How many tokens had their turn.
    pub done: usize,
    /// How many tokens the plan has.
    pub total: usize,
    /// The name of the token whose turn it is.
    pub name: String,
    /// What it is waiting for; `None` while it isn't.
    pub waits: Option<Waits>,
}

/// What a bulk revoke is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// The server asked to wait this long.
    Asked(Duration),
    /// The server can't be reached. It is tried again for a while, then the bulk revoke pauses.
    Unreachable,
}

/// The bulk revoke that is running, or the last one, until its result has been seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningBulkRevoke {
    /// How far it has come.
    pub progress: BulkRevokeProgress,
    /// The connections of its tokens.
    pub connections: Vec<ConnectionId>,
}

impl BulkRevokeOutcome {
    /// What the journal calls it.
    pub(crate) fn deed(&self) -> Deed {
        match self {
            Self::Revoked => Deed::TokenRevoked,
            Self::AlreadyGone => Deed::TokenGone,
            Self::UsedSince(_) => Deed::TokenSkipped,
            Self::Skipped(_) => Deed::TokenLeft,
            Self::Failed(_) => Deed::TokenNotRevoked,
            Self::NotReached => Deed::TokenNotReached,
        }
    }
}
