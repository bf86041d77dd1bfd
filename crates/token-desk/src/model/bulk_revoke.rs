//! A bulk revoke: its plan, its progress and its result.

use std::time::Duration;

use chrono::{DateTime, Utc};
use token_audit::Date;

use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;

/// Tokens that are to be revoked, frozen with what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanupPlan {
    /// Identifies it.
    pub id: PlanId,
    /// Each token, in the order in which they go.
    pub tokens: Vec<PlannedToken>,
    /// Those that stay: somebody decided to keep them, or took them out of the plan. Each goes only
    /// where it is ticked by itself, with [`Desk::tick`].
    ///
    /// [`Desk::tick`]: crate::Desk::tick
    pub kept: Vec<PlannedToken>,
    /// Whether the number of tokens must be typed: one of them was used in the last 7 days, is labelled
    /// production, or may be the app's own.
    pub typed: bool,
    /// Whether the app's own token may be among them: the server does not show which one it is.
    pub may_have_own: bool,
    /// Whether the app's own token was selected too; it is left out and has to be revoked alone.
    pub own_left_out: bool,
    /// How many more tokens are selected: too many to be read at once, they wait for a plan after this.
    pub more: usize,
}

/// Identifies a plan for as long as the app runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanId(pub u32);

/// A token that is to be revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedToken {
    /// Identifies it.
    pub key: TokenKey,
    /// Its name.
    pub name: String,
    /// The id of its project; `None` for the organization's own.
    pub project_id: Option<String>,
    /// When it was created, as far as known.
    pub created: Date,
    /// When it was last used, as far as known when it was planned.
    pub last_used: Date,
    /// Why: what was found of it, the worst first.
    pub reasons: Vec<String>,
    /// Whether it asks for care: used in the last 7 days, or labelled production.
    pub in_use: bool,
    /// Whether it may be the token that the app signs in with, as far as known now.
    pub may_be_own: bool,
    /// When it was decided to keep it, where that stood when it was planned.
    pub kept: Option<DateTime<Utc>>,
}

/// A bulk revoke that didn't finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCleanup {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub number: i64,
    /// When it was confirmed.
    pub at: DateTime<Utc>,
    /// When it is to be done; `None` for at once.
    pub due: Option<DateTime<Utc>>,
    /// How many tokens it was about.
    pub total: usize,
    /// Those nothing came of yet.
    pub left: Vec<PlannedToken>,
}

/// What came of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CleanupOutcome {
    /// It is revoked, and in no fresh list.
    Revoked,
    /// It was gone before its turn.
    AlreadyGone,
    /// It was used since the plan was made, and is left as it is.
    UsedSince(DateTime<Utc>),
    /// It is no longer as it was planned, in this way, and is left as it is.
    Skipped(String),
    /// It is still there, or may be.
    Failed(String),
    /// Its turn never came.
    NotReached,
}

/// What came of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanupResult {
    /// Each token, in the order of the plan.
    pub tokens: Vec<(PlannedToken, CleanupOutcome)>,
    /// Why it stopped before its end, if it did.
    pub stopped: Option<String>,
    /// Whether all of it was compared with lists that were loaded afterwards.
    pub compared: bool,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanupProgress {
    /// How many tokens had their turn.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// The name of the one whose turn it is.
    pub name: String,
    /// What it waits for before it goes on.
    pub waits: Option<Waits>,
}

/// What a bulk revoke waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// The server asks to, for so long.
    Asked(Duration),
    /// The server cannot be reached; it is asked again and again for a while, and then the bulk revoke
    /// pauses.
    Unreachable,
}

/// The bulk revoke that runs, or the last one, until somebody has seen its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningCleanup {
    /// How far it is.
    pub progress: CleanupProgress,
    /// The connections of its tokens.
    pub connections: Vec<ConnectionId>,
}

impl CleanupOutcome {
    /// The word for it in the journal.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Revoked => "token revoked",
            Self::AlreadyGone => "token gone",
            Self::UsedSince(_) => "token skipped",
            Self::Skipped(_) => "token left",
            Self::Failed(_) => "token not revoked",
            Self::NotReached => "token not reached",
        }
    }
}
