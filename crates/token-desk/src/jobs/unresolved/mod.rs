//! Creates that didn't finish: the token may exist although its value was never received. They are found,
//! shown, and settled by the admin.

mod ends;
mod fresh;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::ProjectId;
use fresh::Fresh;

use crate::desk::Desk;
use crate::desk::journaled::{Journaled, open_attempts};
use crate::elapsed::Stopwatch;
use crate::error::{Error, Problem};
use crate::list::Inventory;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::time::moment::Moment;
use crate::model::unresolved::UnresolvedId;
use crate::storage::journal::{AttemptId, Outset};
use crate::system::threads::{blocking, lock};
pub(crate) use fresh::is_of_its_time;

impl Desk {
    /// Keeps the tokens of an unresolved create, on the admin's request.
    pub async fn keep_unresolved(&self, id: UnresolvedId, now: DateTime<Utc>) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let connection = desk.connection(id.connection)?;
            desk.inner.journals.of(&connection)?.end(
                AttemptId(id.attempt),
                Deed::Kept,
                &[],
                now,
            )?;
            desk.read_journal(&connection);
            desk.tell();
            Ok(())
        })
        .await?
    }

    /// Compares open attempts with a fresh list and the one before it. The load started at `began`.
    pub(crate) fn reconcile(
        &self,
        connection: &Connection,
        [before, list]: [&Inventory; 2],
        complete: bool,
        began: DateTime<Utc>,
        skew: Option<TimeDelta>,
    ) {
        let compared = self.inner.journals.of(connection).and_then(|journal| {
            let attempts = open_attempts(&self.inner.journals, journal, connection)?;
            if attempts.is_empty() {
                return Ok(());
            }
            let now = Moment::now(began, skew);
            let tried = attempts.iter().map(|it| {
                let outset =
                    || Outset::of(now, before, it.project_id.as_ref().map(ProjectId::borrowed));
                self.inner.journals.tried(connection.id, it.id, outset)
            });
            let attempts: Vec<_> = attempts.iter().zip(tried).collect();
            let fresh = Fresh { list, complete, now };
            Ok(fresh.settle(journal, &attempts, journal.token_ids(connection)?)?)
        });
        if let Err(error) = compared {
            tracing::warn!(%error, "the journal could not be compared with the list");
        }
        self.read_journal(connection);
    }

    /// Reloads a connection's list to see whether a create without a clear answer created a token
    /// in this project, or in the organization if there is none.
    ///
    /// # Errors
    ///
    /// [`Error::StillUnclear`] if that part of the list is incomplete: a list that may lack the
    /// token proves nothing. Failures of other parts don't matter.
    pub async fn look_for_created(
        &self,
        id: ConnectionId,
        project_id: Option<ProjectId>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let loaded = self.sync_anew(id, now).await;
        let status = self.status();
        let list = &status.of(id).ok_or(Error::NotConnected)?.list;
        if !loaded {
            let why = list.problems.first().map(|problem| problem.message.clone());
            return Err(why.map_or(Error::SignInReplaced, |why| Error::StillUnclear { why }));
        }
        let place = project_id.map(|id| id.0).unwrap_or_default();
        match list.gaps.iter().find(|gap| gap.part.of_tokens().as_ref() == Some(&place)) {
            Some(gap) => Err(Error::StillUnclear { why: gap.said() }),
            None => Ok(()),
        }
    }

    /// Searches for the token of a create without a clear response: now, and again after a delay.
    pub(crate) fn look_for_it(&self, id: ConnectionId, now: DateTime<Utc>) {
        let (desk, since) = (self.clone(), Stopwatch::start());
        tokio::spawn(async move {
            desk.sync_anew(id, now).await;
            desk.look_again(id, now, since).await;
        });
    }

    /// Searches once, after the delay, for a token that the server may have created despite refusing.
    pub(crate) fn look_later(&self, id: ConnectionId, now: DateTime<Utc>) {
        let (desk, since) = (self.clone(), Stopwatch::start());
        tokio::spawn(async move { desk.look_again(id, now, since).await });
    }

    async fn look_again(&self, id: ConnectionId, now: DateTime<Utc>, since: Stopwatch) {
        let delay = *lock(&self.inner.looks_again_after);
        tokio::time::sleep(delay).await;
        // The computer may have slept meanwhile.
        let passed = TimeDelta::from_std(since.elapsed().max(delay)).unwrap_or_default();
        self.sync_anew(id, now + passed).await;
    }

    /// How long after the first look for a create without a clear answer the second one follows; a
    /// little over a minute unless this is called.
    pub fn look_again_after(&self, delay: Duration) {
        *lock(&self.inner.looks_again_after) = delay;
    }

    /// Shows the current state of a connection's journal, whether or not a list can be loaded.
    pub(crate) async fn show_journal(&self, connection: Connection) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            desk.read_journal(&connection);
            desk.tell();
        })
        .await
    }

    /// Reads again what the page is shown of a connection's journal.
    pub(crate) fn read_journal(&self, connection: &Connection) {
        let Ok(journaled) = Journaled::read(&self.inner.journals, connection) else { return };
        if let Some(passed) = self.inner.journals.recovered() {
            self.state().settle(&Problem::from(&passed));
        }
        let mut rows_differ = false;
        if let Some(held) = self.state().connection_mut(connection.id) {
            rows_differ = held.journaled.incidents != journaled.incidents;
            held.journaled = journaled;
        }
        if rows_differ {
            self.outdate_rows();
        }
    }
}
