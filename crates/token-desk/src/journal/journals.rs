//! The journals of a running app, and what it has in hand at the moment.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};

use super::owed::Owed;
use super::{AttemptId, Draft, Intent, Journal, Stage, Unwritten};
use crate::connection::{Connection, ConnectionId};
use crate::desk::{blocking, lock};
use crate::elapsed::Stopwatch;
use crate::error::Error;
use crate::inventory::Inventory;
use crate::store::{Moved, Opening, StoreError};

/// The time that answers take, and what is rounded: so far off is what they say of a clock.
const ROUNDED: TimeDelta = TimeDelta::seconds(10);

/// The journal on the disk, and that of the embedded sandbox.
pub(crate) struct Journals {
    folder: PathBuf,
    disk: Opening<Journal>,
    /// What happened and is not on the disk yet, whether that one is open or not.
    owed: Arc<Mutex<Owed>>,
    /// Why the one on the disk could not be opened at the start, until it could.
    failure: Mutex<Option<String>>,
    sandbox: Journal,
    in_hand: Mutex<HashSet<(ConnectionId, AttemptId)>>,
    /// When the creates were tried or, of what an earlier run of the app tried, when they were first
    /// looked for.
    tried: Mutex<HashMap<(ConnectionId, AttemptId), Outset>>,
}

/// A moment by two clocks, so that one that is set meanwhile is found out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// By this computer's.
    pub here: DateTime<Utc>,
    /// How far the server's was ahead then; `None` if it does not say.
    pub skew: Option<TimeDelta>,
    /// Goes on whatever the clock of this computer is set to.
    watch: Stopwatch,
}

/// How things stood when a create was tried.
#[derive(Debug, Clone)]
pub(crate) struct Outset {
    pub at: Moment,
    /// The tokens of its place that had no creation date, by which old ones are told from new ones. They may
    /// be all of a server's, so the journal does not name them.
    pub undated: Arc<HashSet<String>>,
}

impl Outset {
    /// As that list has it.
    pub fn of(at: Moment, list: &Inventory, project_id: Option<&str>) -> Self {
        let undated = list
            .records()
            .filter(|token| token.project_id == project_id && token.created.at().is_none());
        Self { at, undated: Arc::new(undated.map(|token| token.id.to_owned()).collect()) }
    }
}

impl Moment {
    /// This moment, which is `here` on this computer.
    pub fn now(here: DateTime<Utc>, skew: Option<TimeDelta>) -> Self {
        Self { here, skew, watch: Stopwatch::start() }
    }

    /// The time from this moment to a later one, by whichever clock counts less.
    pub fn until(self, later: Self) -> TimeDelta {
        let here = later.here - self.here;
        match (self.skew, later.skew) {
            (Some(then), Some(now)) => here.min(here + now - then + ROUNDED),
            _ => here.min(self.passed(later)),
        }
    }

    /// By how much this computer's clock was set between this moment and a later one.
    pub fn set_by(self, later: Self) -> TimeDelta {
        later.here - self.here - self.passed(later)
    }

    fn passed(self, later: Self) -> TimeDelta {
        TimeDelta::from_std(self.watch.until(&later.watch)).unwrap_or(TimeDelta::MAX)
    }
}

/// An attempt that is going on, or whose value is in the vault: nobody needs to be asked about it.
pub(crate) struct InHand {
    journals: Arc<Journals>,
    connection: Connection,
    attempt: AttemptId,
    /// The token's name.
    name: String,
    /// The tokens it is about, as far as known.
    token_ids: Vec<String>,
}

impl Journals {
    /// Opens those in `folder`; returns where a damaged one was put.
    pub fn open(folder: &Path) -> Result<(Self, Option<Moved>), StoreError> {
        let (disk, owed, mut moved) = (Opening::default(), Arc::default(), None);
        let opened = disk.get_or(|| {
            let (journal, aside) = Journal::open(folder)?;
            moved = aside;
            Ok::<_, StoreError>(journal.owing(&owed))
        });
        let failure = Mutex::new(opened.err().map(|error| error.to_string()));
        let (folder, sandbox) = (folder.to_owned(), Journal::in_memory()?);
        let (in_hand, tried) = (Mutex::default(), Mutex::default());
        Ok((Self { folder, disk, owed, failure, sandbox, in_hand, tried }, moved))
    }

    /// Why nothing can be written down, if so.
    pub fn failure(&self) -> Option<Error> {
        lock(&self.failure).clone().map(Error::NoJournal)
    }

    /// The failure that has passed; returns it once.
    pub fn recovered(&self) -> Option<Error> {
        let mut failure = lock(&self.failure);
        failure.as_ref()?;
        self.on_disk().ok()?;
        failure.take().map(Error::NoJournal)
    }

    /// The journal of what is attempted on a server.
    pub fn of(&self, connection: &Connection) -> Result<&Journal, Error> {
        self.opened(connection).map_err(|error| Error::NoJournal(error.to_string()))
    }

    fn opened(&self, connection: &Connection) -> Result<&Journal, StoreError> {
        if connection.sandbox { Ok(&self.sandbox) } else { self.on_disk() }
    }

    fn on_disk(&self) -> Result<&Journal, StoreError> {
        self.disk.get_or(|| Ok(Journal::open_later(&self.folder)?.owing(&self.owed)))
    }

    /// Writes a row of what has happened already, or keeps it until it can be written; returns its number.
    fn append_or_owe(&self, connection: &Connection, draft: &Draft<'_>, name: &str) -> i64 {
        match self.opened(connection) {
            Ok(journal) => journal.append_or_owe(draft, name),
            Err(error) => {
                tracing::warn!(%error, what = draft.what, "the journal cannot be opened yet");
                lock(&self.owed).add(draft, name, error.to_string())
            }
        }
    }

    /// Writes down what is about to be tried.
    pub fn begin(
        self: &Arc<Self>,
        intent: &Intent<'_>,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let begun = self.of(intent.connection)?.begin(intent, now);
        let attempt = begun.map_err(|error| Error::NoJournal(error.to_string()))?;
        Ok(self.in_hand(intent, attempt))
    }

    /// Like [`Self::begin`], of what is tried all the same where the journal cannot be opened or written now.
    pub fn begin_or_owe(self: &Arc<Self>, intent: &Intent<'_>, now: DateTime<Utc>) -> InHand {
        let token_ids = intent.token_ids();
        let drafted = intent.drafted(&token_ids, now);
        let attempt = AttemptId(self.append_or_owe(intent.connection, &drafted, intent.name));
        self.in_hand(intent, attempt)
    }

    fn in_hand(self: &Arc<Self>, intent: &Intent<'_>, attempt: AttemptId) -> InHand {
        lock(&self.in_hand).insert((intent.connection.id, attempt));
        InHand {
            journals: Arc::clone(self),
            connection: intent.connection.clone(),
            attempt,
            name: intent.name.to_owned(),
            token_ids: intent.token_id.map(str::to_owned).into_iter().collect(),
        }
    }

    /// The journal on the disk, if it is open, and what the keychain calls it.
    pub fn to_anchor(&self) -> Option<(&Journal, String)> {
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        Some((self.disk.get()?, format!("journal {}", folder.display())))
    }

    /// Writes what the journal on the disk could not be told when it happened; returns what still is.
    pub fn write_owed(&self) -> Option<Unwritten> {
        self.unwritten()?;
        self.on_disk().map_or_else(|_| self.unwritten(), Journal::write_owed)
    }

    /// What happened and is not written down yet.
    pub fn unwritten(&self) -> Option<Unwritten> {
        lock(&self.owed).unwritten()
    }

    /// How things stood when an attempt was tried: as now, unless that is known already.
    pub fn tried(
        &self,
        connection: ConnectionId,
        attempt: AttemptId,
        now: impl FnOnce() -> Outset,
    ) -> Outset {
        lock(&self.tried).entry((connection, attempt)).or_insert_with(now).clone()
    }

    pub fn has_in_hand(&self, connection: ConnectionId, attempt: AttemptId) -> bool {
        lock(&self.in_hand).contains(&(connection, attempt))
    }
}

impl InHand {
    /// Notes how things stand as it is tried.
    pub fn tried(&self, now: Outset) {
        self.journals.tried(self.connection.id, self.attempt, || now);
    }

    /// Where it is attempted.
    pub fn connection(&self) -> ConnectionId {
        self.connection.id
    }

    /// The token it is about, as far as known.
    pub fn token_id(&self) -> Option<&str> {
        self.token_ids.first().map(String::as_str)
    }

    /// Writes down what came of it; if that fails it is written later, and said until then.
    pub fn step(&self, stage: Stage, detail: Option<&str>, now: DateTime<Utc>) {
        let token_ids = &self.token_ids;
        let step = Draft { token_ids, detail, ..Draft::step(self.attempt.0, stage.name(), now) };
        self.journals.append_or_owe(&self.connection, &step, &self.name);
    }

    /// Like [`Self::step`], unless it has ended already.
    pub fn end(&self, stage: Stage, now: DateTime<Utc>) {
        let ended = match self.journals.opened(&self.connection) {
            Ok(journal) => journal.has_ended(self.attempt).unwrap_or_default(),
            Err(_) => lock(&self.journals.owed).ends(self.attempt.0),
        };
        if !ended {
            self.step(stage, None, now);
        }
    }

    /// Like [`Self::step`], from where blocking does harm.
    pub async fn reached(self, stage: Stage, now: DateTime<Utc>) -> Result<Self, Error> {
        blocking(move || {
            self.step(stage, None, now);
            self
        })
        .await
    }

    /// Like [`Self::reached`]: the token exists, and this is its id.
    pub async fn made(mut self, id: &str, now: DateTime<Utc>) -> Result<Self, Error> {
        self.token_ids = vec![id.to_owned()];
        self.reached(Stage::Made, now).await
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        lock(&self.journals.in_hand).remove(&(self.connection.id, self.attempt));
    }
}

#[cfg(test)]
impl InHand {
    /// A create in the embedded sandbox.
    pub fn sample() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (journals, _) = Journals::open(folder.path()).expect("journals");
        let connection = Connection::sample();
        let intent = Intent {
            act: super::Act::Create,
            connection: &connection,
            project_id: None,
            name: "sample",
            token_id: None,
            known: Vec::new(),
            part_of: None,
        };
        Arc::new(journals).begin(&intent, DateTime::UNIX_EPOCH).expect("it is begun")
    }
}
