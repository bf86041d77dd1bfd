//! The part of a bulk revoke on one connection.

use std::mem;

use tokio::sync::watch;

use super::run::Clock;
use super::settle::Settled;
use crate::desk::Desk;
use crate::desk::edits::Edit;
use crate::error::{Error, StoreError};
use crate::jobs::revoke::Guard;
use crate::model::bulk_revoke::{BulkRevokeOutcome, BulkRevokeResult, PlannedToken};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::storage::journal::Journal;
use crate::system::threads::blocking;

/// The part of a bulk revoke on one connection.
pub(super) struct Part<'a> {
    pub desk: &'a Desk,
    pub stop: &'a watch::Receiver<bool>,
    pub clock: Clock,
    /// The number of tokens in the whole bulk revoke.
    pub total: usize,
    /// The number of tokens of other connections that had their turn before.
    pub before: usize,
    /// The remaining tokens of the resumed bulk revoke that aren't revoked.
    pub left_out: &'a [(PlannedToken, BulkRevokeOutcome)],
}

/// The tokens that had their turn, with their outcomes.
type Outcomes = Vec<(PlannedToken, BulkRevokeOutcome)>;

impl Part<'_> {
    /// Revokes its tokens, and then compares with fresh lists.
    pub async fn run(
        &self,
        id: ConnectionId,
        tokens: &[PlannedToken],
        goes_on: Option<i64>,
        result: &mut BulkRevokeResult,
    ) -> Result<(), Error> {
        // If it ends before the lists are loaded, nothing was confirmed.
        let compared = mem::replace(&mut result.compared, false);
        let ids = tokens.iter().map(|token| token.key.id.clone()).collect();
        let guard = self.unless_stopped(Guard::of(self.desk, id, ids)).await;
        let Some(mut guard) = guard.transpose()? else {
            // Nothing was requested, so there is nothing to confirm.
            result.compared = compared;
            return Ok(());
        };
        let connection = guard.live.connection.clone();
        let number = match goes_on {
            Some(number) => {
                self.leave_out(&connection, number).await?;
                number
            }
            None => self.begin(&connection, tokens).await?,
        };
        guard.part_of = Some(number);
        self.desk.bulk_revoke_works_on(id, number);
        // From here on the journal knows what is left.
        self.desk.select(tokens.iter().map(|token| token.key.clone()), false);
        let mut outcomes = Vec::new();
        let mut stopped = self.turns(&mut guard, number, tokens, &mut outcomes).await;
        let asks = may_ask(&stopped);
        if asks {
            let whole = self.settle(&guard, number, &mut outcomes, &mut stopped).await;
            result.compared = compared && whole;
        }
        if outcomes.len() == tokens.len() && stopped.is_ok() {
            stopped = self.end(&connection, number).await;
        }
        let shown = self.show_gone(&connection, &outcomes).await;
        result.tokens.extend(outcomes);
        if asks {
            // The load continues in the background.
            self.in_the_end(self.desk.sync_anew(id, (self.clock)())).await;
        }
        stopped.and(shown)
    }

    /// Corrects the outcomes by fresh lists; returns whether these are complete.
    async fn settle(
        &self,
        guard: &Guard<'_>,
        number: i64,
        outcomes: &mut Outcomes,
        stopped: &mut Result<(), Error>,
    ) -> bool {
        let settled = self.in_the_end(Settled::by_fresh_lists(guard, outcomes)).await;
        let settled = settled.unwrap_or_default();
        let whole = settled.is_whole_for(outcomes);
        for (token, outcome) in outcomes {
            if settled.correct(token, outcome) && stopped.is_ok() {
                let connection = &guard.live.connection;
                *stopped = self.step(connection, number, token, outcome.clone()).await;
            }
        }
        whole
    }

    /// Gives each token its turn, until the admin stops it or an error affects all of them.
    async fn turns(
        &self,
        guard: &mut Guard<'_>,
        number: i64,
        tokens: &[PlannedToken],
        outcomes: &mut Outcomes,
    ) -> Result<(), Error> {
        let connection = guard.live.connection.clone();
        for token in tokens {
            if *self.stop.borrow() {
                break;
            }
            let done = self.before + outcomes.len();
            let Some(outcome) = self.turn(guard, token, done).await? else { break };
            outcomes.push((token.clone(), outcome.clone()));
            // Without the journal it wouldn't know what is left after a crash.
            self.step(&connection, number, token, outcome).await?;
        }
        Ok(())
    }

    /// Revoked tokens leave the list, and their open attempts end, whether or not another list can be loaded.
    async fn show_gone(&self, connection: &Connection, outcomes: &Outcomes) -> Result<(), Error> {
        let stage = |outcome: &BulkRevokeOutcome| match outcome {
            BulkRevokeOutcome::Revoked => Some(Deed::Revoked),
            BulkRevokeOutcome::AlreadyGone => Some(Deed::Gone),
            _ => None,
        };
        let gone = outcomes.iter().map(|(token, outcome)| (token.key.id.clone(), stage(outcome)));
        let gone: Vec<_> = gone.filter_map(|(id, stage)| Some((id, stage?))).collect();
        let (desk, connection, now) = (self.desk.clone(), connection.clone(), (self.clock)());
        blocking(move || {
            let ended: Vec<_> = gone.iter().map(|(id, stage)| (id, *stage)).collect();
            desk.end_for(&connection, &ended, now);
            desk.edit(connection.id, gone.into_iter().map(|(id, _)| Edit::Gone(id)), now);
        })
        .await
    }

    async fn begin(&self, connection: &Connection, tokens: &[PlannedToken]) -> Result<i64, Error> {
        let (now, tokens) = ((self.clock)(), tokens.to_vec());
        let begun = self.in_journal(connection, move |journal, connection| {
            journal.begin_bulk_revoke(connection, &tokens, now)
        });
        begun.await.map_err(|error| Error::NoJournal(error.to_string()))
    }

    async fn step(
        &self,
        connection: &Connection,
        number: i64,
        token: &PlannedToken,
        outcome: BulkRevokeOutcome,
    ) -> Result<(), Error> {
        let (now, token) = ((self.clock)(), token.clone());
        self.in_journal(connection, move |journal, _| {
            journal.bulk_revoke_step(number, &token, &outcome, now)
        })
        .await
    }

    /// Skipped tokens count as done, however far the rest gets.
    async fn leave_out(&self, connection: &Connection, number: i64) -> Result<(), Error> {
        for (token, outcome) in self.left_out {
            self.step(connection, number, token, outcome.clone()).await?;
        }
        Ok(())
    }

    async fn end(&self, connection: &Connection, number: i64) -> Result<(), Error> {
        let now = (self.clock)();
        self.in_journal(connection, move |journal, _| journal.end_bulk_revoke(number, true, now))
            .await
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

/// Whether the server can be asked again.
fn may_ask(stopped: &Result<(), Error>) -> bool {
    !matches!(stopped, Err(Error::SignInReplaced | Error::BulkRevokePaused { .. }))
}
