//! Doing what was planned, a token at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::RevokeGrade;

use super::settle::Settled;
use super::{
    CleanupOutcome, CleanupProgress, CleanupResult, Frozen, OpenCleanup, PlanId, PlannedToken,
};
use crate::connection::{Connection, ConnectionId};
use crate::desk::{Desk, Event, blocking, lock};
use crate::edits::Edit;
use crate::error::{Code, Error};
use crate::journal::Journal;
use crate::revoke::{Decided, Guard, Guarded, Left};
use crate::store::StoreError;

/// How long a scheduled revoke waits.
const DELAY: TimeDelta = TimeDelta::hours(24);

/// Where the time comes from: a clean-up takes its while.
pub type Clock = fn() -> DateTime<Utc>;

impl Desk {
    /// Does what was planned, and takes it out of the selection. `typed` is the number of tokens, where
    /// the plan asks for it.
    pub async fn run_cleanup(
        &self,
        id: PlanId,
        typed: &str,
        clock: Clock,
    ) -> Result<CleanupResult, Error> {
        let running = Running::begin(self)?;
        let Frozen { plan, goes_on } = self.confirmed(id, typed)?;
        let mut result = CleanupResult { tokens: Vec::new(), stopped: None };
        let total = plan.tokens.len();
        for (connection, tokens) in by_connection(plan.tokens) {
            let before = result.tokens.len();
            let run = Run { desk: self, stop: &running.stop, clock, total, before };
            if let Err(error) = run.connection(connection, &tokens, goes_on, &mut result).await {
                result.stopped = Some(error.to_string());
            }
            let missing = tokens.into_iter().skip(result.tokens.len() - before);
            result.tokens.extend(missing.map(|token| (token, CleanupOutcome::NotReached)));
        }
        self.select(result.tokens.iter().map(|(token, _)| token.key.clone()), false);
        Ok(result)
    }

    /// Ends the clean-up that runs, before its next token.
    pub fn stop_cleanup(&self) {
        if let Some(stop) = &*lock(&self.inner.cleanups.running) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Writes a plan down, to be gone on with in 24 hours, and takes it out of the selection.
    pub async fn schedule_cleanup(
        &self,
        id: PlanId,
        typed: &str,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Error> {
        let frozen = self.confirmed(id, typed)?;
        let (desk, due) = (self.clone(), now + DELAY);
        blocking(move || {
            let scheduled = desk.schedule(frozen, due, now);
            desk.tell();
            scheduled.map(|()| due)
        })
        .await?
    }

    /// What cannot be written down is put back: it can be confirmed again, and nothing of it stands
    /// twice.
    fn schedule(
        &self,
        mut frozen: Frozen,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut parts = Vec::new();
        for (connection, tokens) in by_connection(frozen.plan.tokens.clone()) {
            parts.push((self.connection(connection)?, tokens));
        }
        // The sandbox has a journal of its own, in memory: of the two, the disk is the one that fails.
        let (sandbox, kept): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(it, _)| it.sandbox);
        for parts in [kept, sandbox] {
            let Some((first, _)) = parts.first() else { continue };
            let journal = self.inner.journals.of(first);
            let written = journal.and_then(|journal| {
                Ok(journal.schedule_cleanups(&parts, frozen.goes_on, due, now)?)
            });
            if let Err(error) = written {
                lock(&self.inner.cleanups.asked).get_or_insert(frozen);
                return Err(Error::NoJournal(error.reason()));
            }
            for (connection, tokens) in &parts {
                frozen.plan.tokens.retain(|token| token.key.connection != connection.id);
                self.select(tokens.iter().map(|token| token.key.clone()), false);
                self.read_journal(connection);
            }
        }
        Ok(())
    }

    /// The admin leaves what is left of a clean-up as it is.
    pub async fn leave_cleanup(
        &self,
        connection: ConnectionId,
        number: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let open: OpenCleanup = desk.open_cleanup(connection, number)?;
            let connection = desk.connection(connection)?;
            desk.inner.journals.of(&connection)?.end_cleanup(open.number, false, now)?;
            desk.read_journal(&connection);
            desk.tell();
            Ok(())
        })
        .await?
    }

    /// Takes a plan that was confirmed; it is done once.
    fn confirmed(&self, id: PlanId, typed: &str) -> Result<Frozen, Error> {
        let mut asked = lock(&self.inner.cleanups.asked);
        let frozen = asked.take_if(|frozen| frozen.plan.id == id).ok_or(Error::CleanupGone)?;
        let count = frozen.plan.tokens.len().to_string();
        if frozen.plan.typed && typed.trim() != count {
            // It can be typed again.
            *asked = Some(frozen);
            return Err(Error::CountMismatch { count });
        }
        Ok(frozen)
    }
}

/// The tokens of each connection, in the order of the plan.
fn by_connection(tokens: Vec<PlannedToken>) -> Vec<(ConnectionId, Vec<PlannedToken>)> {
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

/// The one clean-up that runs, for as long as this is there.
struct Running<'a> {
    desk: &'a Desk,
    stop: Arc<AtomicBool>,
}

impl<'a> Running<'a> {
    fn begin(desk: &'a Desk) -> Result<Self, Error> {
        let mut running = lock(&desk.inner.cleanups.running);
        if running.is_some() {
            return Err(Error::CleanupRuns);
        }
        let stop = Arc::new(AtomicBool::new(false));
        *running = Some(Arc::clone(&stop));
        Ok(Self { desk, stop })
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *lock(&self.desk.inner.cleanups.running) = None;
    }
}

/// A clean-up of one connection.
struct Run<'a> {
    desk: &'a Desk,
    stop: &'a AtomicBool,
    clock: Clock,
    total: usize,
    /// How many tokens of other connections had their turn before.
    before: usize,
}

impl Run<'_> {
    /// Revokes the tokens of one connection, and then compares with fresh lists.
    async fn connection(
        &self,
        id: ConnectionId,
        tokens: &[PlannedToken],
        goes_on: Option<i64>,
        result: &mut CleanupResult,
    ) -> Result<(), Error> {
        let guard = Guard::of(self.desk, id).await?;
        let in_use = &guard.in_use;
        let number = match goes_on {
            Some(number) => number,
            None => self.begin(&in_use.connection, tokens).await?,
        };
        let mut stopped = Ok(());
        let mut outcomes = Vec::new();
        for token in tokens {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            self.tell(self.before + outcomes.len(), token);
            match self.one(&guard, token).await {
                Ok(outcome) => {
                    outcomes.push((token.clone(), outcome.clone()));
                    // Without its journal it would not know what is left after a crash.
                    stopped = self.step(&in_use.connection, number, token, outcome).await;
                    if stopped.is_err() {
                        break;
                    }
                }
                Err(error) => {
                    stopped = Err(error);
                    break;
                }
            }
        }
        let settled = Settled::by_fresh_lists(&guard, &outcomes).await;
        for (token, outcome) in &mut outcomes {
            if settled.correct(token, outcome) && stopped.is_ok() {
                stopped = self.step(&in_use.connection, number, token, outcome.clone()).await;
            }
        }
        if outcomes.len() == tokens.len() && stopped.is_ok() {
            stopped = self.end(&in_use.connection, number).await;
        }
        self.desk.read_journal(&in_use.connection);
        self.show_gone(id, &outcomes).await?;
        result.tokens.extend(outcomes);
        self.desk.sync_anew(id, (self.clock)()).await;
        stopped
    }

    /// What no longer works leaves the list, whether or not another one can be loaded.
    async fn show_gone(
        &self,
        id: ConnectionId,
        outcomes: &[(PlannedToken, CleanupOutcome)],
    ) -> Result<(), Error> {
        let is_gone = |outcome: &CleanupOutcome| {
            matches!(outcome, CleanupOutcome::Revoked | CleanupOutcome::AlreadyGone)
        };
        let gone = outcomes.iter().filter(|(_, outcome)| is_gone(outcome));
        let edits: Vec<_> = gone.map(|(token, _)| Edit::Gone(token.key.id.clone())).collect();
        let (desk, now) = (self.desk.clone(), (self.clock)());
        blocking(move || desk.edit(id, edits, now)).await
    }

    /// Looks at a token again, and revokes it where nothing speaks against that.
    async fn one(&self, guard: &Guard<'_>, token: &PlannedToken) -> Result<CleanupOutcome, Error> {
        let decided = Decided {
            id: &token.key.id,
            project_id: token.project_id.as_deref(),
            name: &token.name,
            created: token.created,
            last_used: token.last_used,
            revoked: false,
            own: false,
            grade: if token.in_use { RevokeGrade::TypeName } else { RevokeGrade::Confirm },
        };
        match guard.revoke(&decided, (self.clock)()).await {
            Ok(Guarded::Revoked) => Ok(CleanupOutcome::Revoked),
            Ok(Guarded::Gone) => Ok(CleanupOutcome::AlreadyGone),
            Ok(Guarded::Left(Left::UsedSince(used), _)) => Ok(CleanupOutcome::UsedSince(used)),
            Ok(Guarded::Left(left, _)) => Ok(CleanupOutcome::Skipped(left.reason().to_owned())),
            Err(error) if concerns_all(&error) => Err(error),
            Err(error) => Ok(CleanupOutcome::Failed(error.to_string())),
        }
    }

    fn tell(&self, done: usize, token: &PlannedToken) {
        let name = token.name.clone();
        self.desk.send(|| Event::Cleanup(CleanupProgress { done, total: self.total, name }));
    }

    async fn begin(&self, connection: &Connection, tokens: &[PlannedToken]) -> Result<i64, Error> {
        let (now, tokens) = ((self.clock)(), tokens.to_vec());
        let begun = self.in_journal(connection, move |journal, connection| {
            journal.begin_cleanup(connection, &tokens, now)
        });
        begun.await.map_err(|error| Error::NoJournal(error.to_string()))
    }

    async fn step(
        &self,
        connection: &Connection,
        number: i64,
        token: &PlannedToken,
        outcome: CleanupOutcome,
    ) -> Result<(), Error> {
        let (now, token) = ((self.clock)(), token.clone());
        self.in_journal(connection, move |journal, _| {
            journal.cleanup_step(number, &token, &outcome, now)
        })
        .await
    }

    async fn end(&self, connection: &Connection, number: i64) -> Result<(), Error> {
        let now = (self.clock)();
        self.in_journal(connection, move |journal, _| journal.end_cleanup(number, true, now)).await
    }

    async fn in_journal<T: Send + 'static>(
        &self,
        connection: &Connection,
        act: impl FnOnce(&Journal, &Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Error> {
        let (desk, connection) = (self.desk.clone(), connection.clone());
        blocking(move || Ok(act(desk.inner.journals.of(&connection)?, &connection)?)).await?
    }
}

/// What fails for one token may do for the next, a refusal of the one too. Without a sign-in nothing does,
/// and in another organization nothing may.
fn concerns_all(error: &Error) -> bool {
    matches!(error, Error::SignInReplaced | Error::OtherOrganization { .. })
        || matches!(error.code(), Code::Unauthorized | Code::Credential)
}
