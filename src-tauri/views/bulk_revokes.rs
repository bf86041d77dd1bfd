//! Revoking many tokens: the plan, its progress, its result.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use token_desk::{
    BulkRevokeOutcome, BulkRevokePlan, BulkRevokeProgress, BulkRevokeResult, Clocks, ConnectionId,
    OpenBulkRevoke, PlannedToken, RunningBulkRevoke, Waits, text, when,
};

use super::{KeyView, When, count};

/// The tokens of a bulk revoke, to be confirmed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkRevokePlanView {
    /// Identifies the plan for as long as the app runs.
    pub id: u32,
    /// The tokens, in the order in which they will be revoked.
    pub tokens: Vec<PlannedTokenView>,
    /// Tokens that stay: somebody decided to keep them, or took them out of the plan.
    pub kept: Vec<PlannedTokenView>,
    /// Whether the number of tokens must be typed to confirm.
    pub needs_count: bool,
    /// Whether the token that the app signs in with may be among them.
    pub may_have_own: bool,
    /// Whether the token that the app signs in with was left out.
    pub own_left_out: bool,
    /// How many more tokens are selected, for another plan after this one.
    pub more: u32,
}

/// A token in the plan of a bulk revoke.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlannedTokenView {
    /// The token's connection and id.
    pub key: KeyView,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// When it was last used.
    pub last_used: When,
    /// The reasons to revoke it, most severe first.
    pub reasons: Vec<String>,
    /// Whether it calls for care: it was used in the last 7 days, or is labeled as production.
    pub needs_care: bool,
    /// Whether somebody decided to keep it.
    pub kept: bool,
}

/// The result of a bulk revoke.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkRevokeResultView {
    /// Every token of the plan, with its outcome.
    pub tokens: Vec<CleanedTokenView>,
    /// Why it stopped early; `None` if it reached its end.
    pub stopped: Option<String>,
    /// Whether the whole result was compared with lists loaded afterwards.
    pub compared: bool,
}

/// One token of a bulk revoke, with its outcome.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CleanedTokenView {
    /// The token's connection and id.
    pub key: KeyView,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// What happened to the token.
    pub outcome: BulkRevokeOutcomeName,
    /// Details in a sentence; may be empty.
    pub says: String,
}

/// What happened to one token of a bulk revoke.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::BulkRevokeOutcome`")]
pub enum BulkRevokeOutcomeName {
    Revoked,
    AlreadyGone,
    UsedSince,
    Skipped,
    Failed,
    NotReached,
}

/// The progress of a bulk revoke. Sent as the event `bulk_revoke`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "bulkRevoke")]
pub struct BulkRevokeProgressView {
    /// How many tokens had their turn.
    pub done: u32,
    /// How many tokens the plan has.
    pub total: u32,
    /// The name of the token whose turn it is.
    pub name: String,
    /// Why it is waiting, as a sentence; `None` while it isn't.
    pub waits: Option<String>,
}

/// The bulk revoke that is running, or the last one, until its result has been seen.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunningBulkRevokeView {
    /// How far it has come.
    pub progress: BulkRevokeProgressView,
    /// The connections of its tokens.
    pub connections: Vec<u32>,
}

/// A bulk revoke that didn't finish.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenBulkRevokeView {
    /// The number of the connection it belongs to.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub number: u32,
    /// When it was confirmed.
    pub at: String,
    /// When it is scheduled: `30 Nov 2026, 15:02 UTC+1`; `None` if it was interrupted.
    pub due: Option<String>,
    /// How many tokens its plan has.
    pub total: u32,
    /// How many tokens have no outcome yet.
    pub left: u32,
}

/// Identifies an open bulk revoke.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub struct BulkRevokeId {
    /// The number of the connection it belongs to.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub number: u32,
}

impl From<(ConnectionId, i64)> for BulkRevokeId {
    fn from((ConnectionId(connection), number): (ConnectionId, i64)) -> Self {
        Self { connection, number: u32::try_from(number).unwrap_or(u32::MAX) }
    }
}

impl BulkRevokePlanView {
    /// Shows each token's times relative to its server's clock.
    #[must_use]
    pub fn new(plan: BulkRevokePlan, clocks: &Clocks) -> Self {
        let view = |it| PlannedTokenView::new(it, clocks);
        Self {
            id: plan.id.0,
            tokens: plan.tokens.into_iter().map(view).collect(),
            kept: plan.kept.into_iter().map(view).collect(),
            needs_count: plan.needs_count,
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
            needs_care: token.needs_care,
            kept: token.kept.is_some(),
        }
    }
}

impl BulkRevokeResultView {
    /// Shows each token's times relative to its server's clock.
    #[must_use]
    pub fn new(result: BulkRevokeResult, clocks: &Clocks) -> Self {
        let of = |(token, outcome): (PlannedToken, BulkRevokeOutcome)| {
            let now = clocks.of(token.key.connection);
            let (outcome, says) = match outcome {
                BulkRevokeOutcome::Revoked => (BulkRevokeOutcomeName::Revoked, String::new()),
                BulkRevokeOutcome::AlreadyGone => {
                    (BulkRevokeOutcomeName::AlreadyGone, String::new())
                }
                BulkRevokeOutcome::UsedSince(used) => (
                    BulkRevokeOutcomeName::UsedSince,
                    format!("Used {}.", when::relative(used, now.0)),
                ),
                BulkRevokeOutcome::Skipped(why) => (BulkRevokeOutcomeName::Skipped, why),
                BulkRevokeOutcome::Failed(why) => {
                    (BulkRevokeOutcomeName::Failed, text::visible(&why))
                }
                BulkRevokeOutcome::NotReached => (BulkRevokeOutcomeName::NotReached, String::new()),
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

impl From<BulkRevokeProgress> for BulkRevokeProgressView {
    fn from(progress: BulkRevokeProgress) -> Self {
        let BulkRevokeProgress { done, total, name, waits } = progress;
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

impl From<RunningBulkRevoke> for RunningBulkRevokeView {
    fn from(running: RunningBulkRevoke) -> Self {
        let connections = running.connections.into_iter().map(|id| id.0).collect();
        Self { progress: running.progress.into(), connections }
    }
}

impl OpenBulkRevokeView {
    /// Shows its times relative to `now`.
    #[must_use]
    pub fn new(open: &OpenBulkRevoke, now: DateTime<Utc>) -> Self {
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
