//! Creates that didn't finish: the token may exist although its value was never received. They are found,
//! shown, and settled by the admin.

mod fresh;

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::desk::{Desk, blocking, lock};
use crate::elapsed::Stopwatch;
use crate::error::{Error, Problem};
use crate::jobs::bulk_revoke::OpenCleanup;
use crate::jobs::decide::DecidedOn;
use crate::list::{Inventory, TokenKey};
use crate::model::connection::{Connection, ConnectionId};
use crate::storage::cache::StoreError;
use crate::storage::journal::{
    Act, Attempt, AttemptId, Draft, Journal, Journals, Moment, Outset, Placement, Stage,
};

use fresh::Fresh;
pub(crate) use fresh::is_of_its_time;

/// If the token isn't in the list this long after its create was tried, it wasn't created. Longer than any
/// request may take, so even a slow server is done by then.
pub(crate) const LOOK_AGAIN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// How long after the first look the second one follows: by then the request has ended.
pub(crate) const SECOND_LOOK_AFTER: Duration =
    Duration::from_secs(LOOK_AGAIN_AFTER.num_seconds().unsigned_abs() + 1);

/// An unfinished create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseEnd {
    /// Identifies it.
    pub id: LooseEndId,
    /// The name the token should have.
    pub name: String,
    /// When it was tried.
    pub at: DateTime<Utc>,
    /// What is known of it.
    pub kind: LooseEndKind,
    /// The tokens it created: one, or several if more than one matches. For an unclear create, those it may
    /// have created under another name.
    pub tokens: Vec<TokenKey>,
}

/// Identifies a loose end for as long as there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LooseEndId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub attempt: i64,
}

/// What is known about an unfinished create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LooseEndKind {
    /// It is not known yet whether the token exists.
    Unclear,
    /// The token exists, but its value was lost with the response.
    ValueLost,
    /// The token exists, but nobody received its value before the app or its window was closed.
    NeverHandedOver,
}

impl Desk {
    /// Keeps the tokens of a loose end, on the admin's request.
    pub async fn keep_loose_end(&self, id: LooseEndId, now: DateTime<Utc>) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let connection = desk.connection(id.connection)?;
            desk.inner.journals.of(&connection)?.end(
                AttemptId(id.attempt),
                Stage::Kept,
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
                let outset = || Outset::of(now, before, it.project_id.as_deref());
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

    /// These tokens were revoked or are gone, so their open attempts end.
    pub(crate) fn end_for(
        &self,
        connection: &Connection,
        ended: &[(&str, Stage)],
        now: DateTime<Utc>,
    ) {
        let written = self.inner.journals.of(connection).and_then(|journal| {
            let mut attempts = journal.open_attempts(connection)?;
            attempts.retain(|attempt| attempt.act == Act::Create);
            for attempt in &mut attempts {
                for (id, stage) in ended {
                    lose(journal, attempt, id, *stage, now);
                }
            }
            Ok(())
        });
        if let Err(error) = written {
            tracing::warn!(%error, "the journal could not be written");
        }
        self.read_journal(connection);
    }

    /// Loads a connection's list again to see whether a create without a clear answer made a token of
    /// that project, or of the organization where it names none.
    ///
    /// # Errors
    ///
    /// [`Error::StillUnclear`] where the tokens of that place were not read whole: a list that may
    /// lack the token does not tell. What else failed does not matter.
    pub async fn look_for_created(
        &self,
        id: ConnectionId,
        project_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let loaded = self.sync_anew(id, now).await;
        let status = self.status();
        let list = &status.of(id).ok_or(Error::NotConnected)?.list;
        if !loaded {
            let why = list.problems.first().map(|problem| problem.message.clone());
            return Err(why.map_or(Error::SignInReplaced, |why| Error::StillUnclear { why }));
        }
        let place = project_id.unwrap_or_default();
        match list.gaps.iter().find(|gap| gap.part.of_tokens().as_deref() == Some(place)) {
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

    /// Shows what stands in a connection's journal now, whether or not a list can be loaded.
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
        if let Some(line) = self.state().line_mut(connection.id) {
            line.journaled = journaled;
        }
    }
}

/// The part of a connection's journal that the page shows.
#[derive(Default)]
pub(crate) struct Journaled {
    pub(crate) loose_ends: Vec<LooseEnd>,
    pub(crate) cleanups: Vec<OpenCleanup>,
    /// Where the values are, by the token's id.
    pub(crate) placements: HashMap<String, Vec<Placement>>,
    /// The decisions about tokens, by id.
    pub(crate) decisions: HashMap<String, DecidedOn>,
}

impl Journaled {
    pub(crate) fn read(journals: &Journals, connection: &Connection) -> Result<Self, Error> {
        let journal = journals.of(connection)?;
        let open = open_attempts(journals, journal, connection)?;
        let ends = open.into_iter().filter_map(|attempt| loose_end(connection.id, attempt));
        Ok(Self {
            loose_ends: ends.collect(),
            cleanups: journal.open_cleanups(connection)?,
            placements: journal.placements(connection)?,
            decisions: journal.decisions(connection)?,
        })
    }
}

/// A token that a create may have made was revoked, or is gone.
fn lose(journal: &Journal, attempt: &mut Attempt, id: &str, stage: Stage, now: DateTime<Utc>) {
    let (gone, left): (Vec<_>, Vec<_>) = attempt.token_ids.iter().cloned().partition(|it| it == id);
    if gone.is_empty() {
        return;
    }
    // If several match, the created one may be among the remaining ones.
    let (stage, about) = if attempt.unclear() {
        // It may have created none of them; later lists will tell.
        (Stage::Unclear, &left)
    } else if left.is_empty() {
        (stage, &gone)
    } else {
        (Stage::Found, &left)
    };
    let step = Draft { token_ids: about, ..Draft::step(attempt.id.0, stage.name(), now) };
    journal.append_or_owe(&step, &attempt.name);
    attempt.token_ids = left;
}

fn open_attempts(
    journals: &Journals,
    journal: &Journal,
    connection: &Connection,
) -> Result<Vec<Attempt>, StoreError> {
    let mut attempts = journal.open_attempts(connection)?;
    attempts.retain(|it| !journals.has_in_hand(connection.id, it.id));
    Ok(attempts)
}

fn loose_end(connection: ConnectionId, attempt: Attempt) -> Option<LooseEnd> {
    let kind = match (attempt.act, attempt.stage) {
        (Act::Revoke, _) | (Act::Create, Stage::Denied) => return None,
        (Act::Create, Stage::Found) => LooseEndKind::ValueLost,
        (Act::Create, _) if attempt.unclear() => LooseEndKind::Unclear,
        (Act::Create, _) => LooseEndKind::NeverHandedOver,
    };
    let tokens = attempt.token_ids.into_iter().map(|id| TokenKey { connection, id }).collect();
    let id = LooseEndId { connection, attempt: attempt.id.0 };
    Some(LooseEnd { id, name: attempt.name, at: attempt.at, kind, tokens })
}
