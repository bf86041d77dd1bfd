//! Scheduled plans: recorded, resumed when they are due, or canceled.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::run::by_connection;
use crate::desk::Desk;
use crate::desk::running::bulk_revoke::Frozen;
use crate::error::Error;
use crate::model::bulk_revoke::{OpenBulkRevoke, PlanId};
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::system::threads::{blocking, lock};

/// How long a scheduled revoke waits.
const DELAY: TimeDelta = TimeDelta::hours(24);

/// A plan that was scheduled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// When it is to be resumed.
    pub due: DateTime<Utc>,
    /// Its bulk revokes, one per connection, each with its number in that connection's journal.
    pub bulk_revokes: Vec<(ConnectionId, i64)>,
}

impl Desk {
    /// Schedules a plan for 24 hours later and deselects its tokens.
    pub async fn schedule_bulk_revoke(
        &self,
        id: PlanId,
        typed: &str,
        now: DateTime<Utc>,
    ) -> Result<Scheduled, Error> {
        let frozen = self.confirmed(id, typed)?;
        let (desk, due) = (self.clone(), now + DELAY);
        blocking(move || {
            let scheduled = desk.schedule(frozen, due, now);
            desk.tell();
            scheduled.map(|bulk_revokes| Scheduled { due, bulk_revokes })
        })
        .await?
    }

    /// If it can't be recorded, the plan is put back and can be confirmed again. Nothing is recorded twice.
    fn schedule(
        &self,
        mut frozen: Frozen,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<(ConnectionId, i64)>, Error> {
        // Tokens that are skipped today are offered again when it is due.
        let tokens = frozen.plan.tokens.iter().chain(frozen.left_out()).cloned().collect();
        let goes_on = frozen.goes_on.as_ref().map(|open| open.number);
        let mut parts = Vec::new();
        for (connection, tokens) in by_connection(tokens) {
            parts.push((self.connection(connection)?, tokens));
        }
        // The sandbox has its own journal in memory, which can't fail, so the one on disk is written first.
        let mut scheduled = Vec::new();
        let (sandbox, kept): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(it, _)| it.sandbox);
        for parts in [kept, sandbox] {
            let Some((first, _)) = parts.first() else { continue };
            let journal = self.inner.journals.of(first);
            let written = journal
                .and_then(|journal| Ok(journal.schedule_bulk_revokes(&parts, goes_on, due, now)?));
            if let Err(error) = written {
                lock(&self.inner.bulk_revokes.asked).get_or_insert(frozen);
                return Err(Error::NoJournal(error.reason()));
            }
            for (connection, tokens) in &parts {
                frozen.plan.tokens.retain(|token| token.key.connection != connection.id);
                self.select(tokens.iter().map(|token| token.key.clone()), false);
                let before = self.open_numbers(connection.id);
                self.read_journal(connection);
                let new =
                    self.open_numbers(connection.id).into_iter().filter(|it| !before.contains(it));
                scheduled.extend(new.map(|number| (connection.id, number)));
            }
        }
        Ok(scheduled)
    }

    fn open_numbers(&self, id: ConnectionId) -> HashSet<i64> {
        let state = self.state();
        let open =
            state.connection(id).map(|held| &*held.journaled.bulk_revokes).unwrap_or_default();
        open.iter().map(|it| it.number).collect()
    }

    /// The scheduled tokens and their due times. For a token in several plans, the first one.
    pub(crate) fn due(&self) -> HashMap<TokenKey, DateTime<Utc>> {
        let state = self.state();
        let mut due = HashMap::new();
        for bulk_revoke in state.shown_connections().flat_map(|held| &held.journaled.bulk_revokes) {
            let Some(at) = bulk_revoke.due else { continue };
            for token in &bulk_revoke.left {
                let first = due.entry(token.key.clone()).or_insert(at);
                *first = at.min(*first);
            }
        }
        due
    }

    /// Discards the rest of a bulk revoke, on the admin's request.
    pub async fn leave_bulk_revoke(
        &self,
        connection: ConnectionId,
        number: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let open: OpenBulkRevoke = desk.open_bulk_revoke(connection, number)?;
            let connection = desk.connection(connection)?;
            desk.inner.journals.of(&connection)?.end_bulk_revoke(open.number, false, now)?;
            desk.read_journal(&connection);
            desk.tell();
            Ok(())
        })
        .await?
    }
}
