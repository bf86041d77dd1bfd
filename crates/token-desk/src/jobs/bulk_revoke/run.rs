//! Doing what was planned, a token at a time.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::part::Part;
use super::running::Running;
use super::turn::{KEPT, OWN, UNTICKED};
use crate::desk::Desk;
use crate::desk::running::bulk_revoke::Frozen;
use crate::error::Error;
use crate::model::bulk_revoke::{
    BulkRevokeOutcome, BulkRevokePlan, BulkRevokeResult, PlanId, PlannedToken,
};
use crate::model::connection::ConnectionId;
use crate::system::threads::lock;

/// Where the time comes from: a bulk revoke takes its while.
pub type Clock = fn() -> DateTime<Utc>;

impl Desk {
    /// Carries out a plan, and deselects its tokens. `typed` is the typed number of tokens, if the
    /// plan requires it.
    pub async fn run_bulk_revoke(
        &self,
        id: PlanId,
        typed: &str,
        clock: Clock,
    ) -> Result<BulkRevokeResult, Error> {
        let running = Running::begin(self)?;
        let frozen = self.confirmed(id, typed)?;
        let left_out = left_out(&frozen);
        let Frozen { plan, goes_on } = frozen;
        let goes_on = goes_on.map(|open| open.number);
        running.has(&plan);
        let mut result = BulkRevokeResult { tokens: Vec::new(), stopped: None, compared: true };
        let total = plan.tokens.len();
        for (connection, tokens) in by_connection(plan.tokens) {
            let before = result.tokens.len();
            let (desk, stop) = (self, &running.stop);
            let part = Part { desk, stop, clock, total, before, left_out: &left_out };
            if let Err(error) = part.run(connection, &tokens, goes_on, &mut result).await {
                result.stopped = Some(error.to_string());
            }
            let missing = tokens.into_iter().skip(result.tokens.len() - before);
            result.tokens.extend(missing.map(|token| (token, BulkRevokeOutcome::NotReached)));
        }
        result.tokens.extend(left_out);
        running.ends_with(&result);
        Ok(result)
    }

    /// For how long a bulk revoke waits for a server that cannot be reached before it pauses; a minute
    /// unless this is called.
    pub fn wait_for_servers(&self, at_most: Duration) {
        *lock(&self.inner.bulk_revokes.patience) = at_most;
    }

    /// The plan with this id, which no other plan ever has. An error if `typed` doesn't confirm it.
    pub fn plan_to_confirm(&self, id: PlanId, typed: &str) -> Result<BulkRevokePlan, Error> {
        let asked = lock(&self.inner.bulk_revokes.asked);
        confirmable(asked.as_ref(), id, typed).map(|frozen| frozen.plan.clone())
    }

    /// Takes a plan that was confirmed; it is done once.
    pub(super) fn confirmed(&self, id: PlanId, typed: &str) -> Result<Frozen, Error> {
        let mut asked = lock(&self.inner.bulk_revokes.asked);
        confirmable(asked.as_ref(), id, typed)?;
        asked.take().ok_or(Error::BulkRevokeGone)
    }
}

/// A plan that isn't confirmed by this keeps waiting, so that the number can be typed again.
fn confirmable<'a>(
    asked: Option<&'a Frozen>,
    id: PlanId,
    typed: &str,
) -> Result<&'a Frozen, Error> {
    let frozen = asked.filter(|frozen| frozen.plan.id == id).ok_or(Error::BulkRevokeGone)?;
    if frozen.plan.tokens.is_empty() {
        return Err(Error::Form("Select at least one token.".to_owned()));
    }
    let count = frozen.plan.tokens.len().to_string();
    if frozen.plan.needs_count && typed.trim() != count {
        return Err(Error::CountMismatch { count });
    }
    Ok(frozen)
}

/// The remaining tokens of a bulk revoke that aren't revoked, with the reason.
fn left_out(frozen: &Frozen) -> Vec<(PlannedToken, BulkRevokeOutcome)> {
    let staying = |token: &PlannedToken| frozen.plan.kept.iter().find(|it| it.key == token.key);
    let skipped = |token: &PlannedToken| {
        let why = match staying(token) {
            Some(stays) if stays.kept.is_some() => KEPT,
            Some(_) => UNTICKED,
            None => OWN,
        };
        (token.clone(), BulkRevokeOutcome::Skipped(why.to_owned()))
    };
    frozen.left_out().map(skipped).collect()
}

/// The tokens of each connection, in the order of the plan.
pub(super) fn by_connection(tokens: Vec<PlannedToken>) -> Vec<(ConnectionId, Vec<PlannedToken>)> {
    let mut parts: Vec<(ConnectionId, Vec<PlannedToken>)> = Vec::new();
    for token in tokens {
        let id = token.key.connection;
        match parts.iter_mut().find(|(connection, _)| *connection == id) {
            Some((_, part)) => part.push(token),
            None => parts.push((id, vec![token])),
        }
    }
    parts
}
