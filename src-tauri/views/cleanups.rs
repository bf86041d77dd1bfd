//! Revoking many tokens: the plan, how far it is, what came of it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use token_desk::{
    CleanupOutcome, CleanupPlan, CleanupProgress, CleanupResult, Clocks, ConnectionId, OpenCleanup,
    PlannedToken, RunningCleanup, Waits, text, when,
};

use super::{KeyView, When, count};

/// Tokens that are to be revoked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CleanupPlanView {
    /// Names the plan.
    pub id: u32,
    /// The tokens, in the order in which they go.
    pub tokens: Vec<PlannedTokenView>,
    /// Those that stay: somebody decided to keep them, or took them out.
    pub kept: Vec<PlannedTokenView>,
    /// Whether their number must be typed.
    pub typed: bool,
    /// Whether the app's own token may be among them.
    pub may_have_own: bool,
    /// Whether the app's own token was left out.
    pub own_left_out: bool,
    /// How many more tokens are selected, for a plan after this.
    pub more: u32,
}

/// A token that is to be revoked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlannedTokenView {
    /// Identifies it.
    pub key: KeyView,
    /// Its name.
    pub name: String,
    /// When it was last used.
    pub last_used: When,
    /// Why it should go, the worst first.
    pub reasons: Vec<String>,
    /// Whether it asks for care.
    pub in_use: bool,
    /// Whether somebody decided to keep it.
    pub kept: bool,
}

/// What came of a plan.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CleanupResultView {
    /// Each token.
    pub tokens: Vec<CleanedTokenView>,
    /// Why it stopped before its end.
    pub stopped: Option<String>,
    /// Whether all of it was compared with lists that were loaded afterwards.
    pub compared: bool,
}

/// What came of a token.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CleanedTokenView {
    /// Identifies it.
    pub key: KeyView,
    /// Its name.
    pub name: String,
    /// What came of it.
    pub outcome: CleanupOutcomeName,
    /// More about that; may be empty.
    pub says: String,
}

/// What came of a token.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::CleanupOutcome`")]
pub enum CleanupOutcomeName {
    Revoked,
    AlreadyGone,
    UsedSince,
    Skipped,
    Failed,
    NotReached,
}

/// How far a bulk revoke is: an event.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "cleanup")]
pub struct CleanupProgressView {
    /// How many tokens had their turn.
    pub done: u32,
    /// How many there are.
    pub total: u32,
    /// The name of the one whose turn it is.
    pub name: String,
    /// What it waits for before it goes on, as a sentence.
    pub waits: Option<String>,
}

/// The bulk revoke that runs, or the last one, until somebody has seen its result.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunningCleanupView {
    /// How far it is.
    pub progress: CleanupProgressView,
    /// The connections of its tokens.
    pub connections: Vec<u32>,
}

/// A bulk revoke that didn't finish.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenCleanupView {
    /// Its connection.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub number: u32,
    /// When it was confirmed.
    pub at: String,
    /// When it is to be done: `30 Nov 2026, 15:02 UTC+1`; `None` for one that was interrupted.
    pub due: Option<String>,
    /// How many tokens it was about.
    pub total: u32,
    /// How many are left.
    pub left: u32,
}

/// Identifies an open bulk revoke.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub struct CleanupId {
    /// Its connection.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub number: u32,
}

impl From<(ConnectionId, i64)> for CleanupId {
    fn from((ConnectionId(connection), number): (ConnectionId, i64)) -> Self {
        Self { connection, number: u32::try_from(number).unwrap_or(u32::MAX) }
    }
}

impl CleanupPlanView {
    /// Each token as of the time at its server.
    #[must_use]
    pub fn new(plan: CleanupPlan, clocks: &Clocks) -> Self {
        let view = |it| PlannedTokenView::new(it, clocks);
        Self {
            id: plan.id.0,
            tokens: plan.tokens.into_iter().map(view).collect(),
            kept: plan.kept.into_iter().map(view).collect(),
            typed: plan.typed,
            may_have_own: plan.may_have_own,
            own_left_out: plan.own_left_out,
            more: count(plan.more),
        }
    }
}

impl PlannedTokenView {
    fn new(token: PlannedToken, clocks: &Clocks) -> Self {
        let now = clocks.of(token.key.connection);
        Self {
            key: token.key.into(),
            name: text::visible(&token.name),
            last_used: When::relative(token.last_used, now, "Never used"),
            reasons: token.reasons.iter().map(|reason| text::visible(reason)).collect(),
            in_use: token.in_use,
            kept: token.kept.is_some(),
        }
    }
}

impl CleanupResultView {
    /// Each token as of the time at its server.
    #[must_use]
    pub fn new(result: CleanupResult, clocks: &Clocks) -> Self {
        let of = |(token, outcome): (PlannedToken, CleanupOutcome)| {
            let now = clocks.of(token.key.connection);
            let (outcome, says) = match outcome {
                CleanupOutcome::Revoked => (CleanupOutcomeName::Revoked, String::new()),
                CleanupOutcome::AlreadyGone => (CleanupOutcomeName::AlreadyGone, String::new()),
                CleanupOutcome::UsedSince(used) => {
                    (CleanupOutcomeName::UsedSince, format!("Used {}.", when::relative(used, now)))
                }
                CleanupOutcome::Skipped(why) => (CleanupOutcomeName::Skipped, why),
                CleanupOutcome::Failed(why) => (CleanupOutcomeName::Failed, text::visible(&why)),
                CleanupOutcome::NotReached => (CleanupOutcomeName::NotReached, String::new()),
            };
            let name = text::visible(&token.name);
            CleanedTokenView { key: token.key.into(), name, outcome, says }
        };
        Self {
            tokens: result.tokens.into_iter().map(of).collect(),
            stopped: result.stopped.as_deref().map(text::visible),
            compared: result.compared,
        }
    }
}

impl From<CleanupProgress> for CleanupProgressView {
    fn from(progress: CleanupProgress) -> Self {
        let CleanupProgress { done, total, name, waits } = progress;
        let name = text::visible(&name);
        Self { done: count(done), total: count(total), name, waits: waits.map(says) }
    }
}

fn says(waits: Waits) -> String {
    match waits {
        Waits::Asked(time) => {
            let seconds = match time.as_secs() {
                1 => "1 second".to_owned(),
                seconds => format!("{seconds} seconds"),
            };
            format!("The server is rate limiting. This token is rechecked in {seconds}.")
        }
        Waits::Unreachable => {
            "Can’t reach the server. The app retries for a minute, then the bulk revoke pauses."
                .to_owned()
        }
    }
}

impl From<RunningCleanup> for RunningCleanupView {
    fn from(running: RunningCleanup) -> Self {
        let connections = running.connections.into_iter().map(|id| id.0).collect();
        Self { progress: running.progress.into(), connections }
    }
}

impl OpenCleanupView {
    /// As of `now`.
    #[must_use]
    pub fn new(open: &OpenCleanup, now: DateTime<Utc>) -> Self {
        Self {
            connection: open.connection.0,
            number: u32::try_from(open.number).unwrap_or(u32::MAX),
            at: when::clock(open.at, now),
            due: open.due.map(when::local),
            total: count(open.total),
            left: count(open.left.len()),
        }
    }
}
