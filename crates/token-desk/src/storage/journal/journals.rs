//! The journals of a running app, and the attempts in progress.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use entri_api::{ProjectId, TokenId};

use super::owed::Owed;
use super::{AttemptId, Draft, Intent, Journal, Unwritten};
use crate::error::{Error, StoreError};
use crate::list::Inventory;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::time::moment::Moment;
use crate::storage::cache::{Moved, Opening};
use crate::system::threads::{blocking, lock};

/// The journal on the disk, and that of the embedded sandbox.
pub(crate) struct Journals {
    folder: PathBuf,
    disk: Opening<Journal>,
    /// Entries that aren't on disk yet, whether the journal is open or not.
    owed: Arc<Mutex<Owed>>,
    /// Why the journal on disk couldn't be opened at the start, until it could.
    failure: Mutex<Option<String>>,
    sandbox: Journal,
    in_hand: Mutex<HashSet<(ConnectionId, AttemptId)>>,
    /// Held while a rotation begins, so that no second one of the same token does.
    pub(super) beginning: Mutex<()>,
    /// When each create was tried or, for creates of an earlier run, when the app first searched for them.
    tried: Mutex<HashMap<(ConnectionId, AttemptId), Outset>>,
}

/// How things stood when a create was tried.
#[derive(Debug, Clone)]
pub(crate) struct Outset {
    pub at: Moment,
    /// The tokens of the create's owner that have no creation date, which would tell old ones from new ones. There may
    /// be many, so they aren't in the journal.
    pub undated: Arc<HashSet<TokenId>>,
}

impl Outset {
    /// How things stand at that moment, by the last-known list.
    pub fn of(at: Moment, list: &Inventory, project_id: Option<ProjectId<&str>>) -> Self {
        let undated = list
            .records()
            .filter(|token| token.project_id == project_id && token.created.at().is_none());
        Self { at, undated: Arc::new(undated.map(|token| token.id.into_owned()).collect()) }
    }
}

/// An attempt that is in progress, or whose value is in the vault: there is no need to ask about it.
pub(crate) struct InHand {
    journals: Arc<Journals>,
    connection: Connection,
    attempt: AttemptId,
    /// The token's name, as it was requested.
    name: String,
    /// The tokens it concerns, as far as they are known.
    token_ids: Vec<TokenId>,
}

impl Journals {
    /// Opens the journals in `folder`; also returns where a damaged one was moved.
    pub fn open(folder: &Path) -> Result<(Self, Option<Moved>), StoreError> {
        let (disk, owed, mut moved) = (Opening::default(), Arc::default(), None);
        let opened = disk.get_or(|| {
            let (journal, aside) = Journal::open(folder)?;
            moved = aside;
            Ok::<_, StoreError>(journal.owing(&owed))
        });
        let failure = Mutex::new(opened.err().map(|error| error.to_string()));
        let (folder, sandbox) = (folder.to_owned(), Journal::in_memory()?);
        let (in_hand, tried, beginning) = Default::default();
        let journals = Self { folder, disk, owed, failure, sandbox, in_hand, beginning, tried };
        Ok((journals, moved))
    }

    /// Why nothing can be recorded, if that is so.
    pub fn failure(&self) -> Option<Error> {
        lock(&self.failure).clone().map(Error::NoJournal)
    }

    /// Returns a failure that has passed, once.
    pub fn recovered(&self) -> Option<Error> {
        let mut failure = lock(&self.failure);
        failure.as_ref()?;
        self.on_disk().ok()?;
        failure.take().map(Error::NoJournal)
    }

    /// The journal for attempts on this server.
    pub fn of(&self, connection: &Connection) -> Result<&Journal, Error> {
        self.opened(connection).map_err(|error| Error::NoJournal(error.to_string()))
    }

    /// The journal of all servers, which needs none of them to be connected.
    pub fn of_servers(&self) -> Result<&Journal, Error> {
        self.on_disk().map_err(|error| Error::NoJournal(error.to_string()))
    }

    fn opened(&self, connection: &Connection) -> Result<&Journal, StoreError> {
        if connection.sandbox { Ok(&self.sandbox) } else { self.on_disk() }
    }

    fn on_disk(&self) -> Result<&Journal, StoreError> {
        self.disk.get_or(|| Ok(Journal::open_later(&self.folder)?.owing(&self.owed)))
    }

    /// Writes a row about something that already happened, or keeps it until it can be written; returns its
    /// number.
    pub fn append_or_owe(&self, connection: &Connection, draft: &Draft<'_>, name: &str) -> i64 {
        match self.opened(connection) {
            Ok(journal) => journal.append_or_owe(draft, name),
            Err(error) => {
                tracing::warn!(%error, what = draft.what.code(), "the journal cannot be opened yet");
                lock(&self.owed).add(draft, name, error.to_string())
            }
        }
    }

    /// Records what is about to be tried.
    pub fn begin(
        self: &Arc<Self>,
        intent: &Intent<'_>,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let begun = self.of(intent.connection)?.begin(intent, now);
        let attempt = begun.map_err(|error| Error::NoJournal(error.to_string()))?;
        Ok(self.in_hand(intent, attempt))
    }

    /// Like [`Self::begin`], for attempts that are made even if the journal can't be opened or written now.
    pub fn begin_or_owe(self: &Arc<Self>, intent: &Intent<'_>, now: DateTime<Utc>) -> InHand {
        let token_ids = intent.token_ids();
        let drafted = intent.drafted(&token_ids, now);
        let attempt = AttemptId(self.append_or_owe(intent.connection, &drafted, intent.name));
        self.in_hand(intent, attempt)
    }

    fn in_hand(self: &Arc<Self>, intent: &Intent<'_>, attempt: AttemptId) -> InHand {
        self.hold(intent.connection, attempt, intent.name, intent.token_ids())
    }

    pub(super) fn hold(
        self: &Arc<Self>,
        connection: &Connection,
        attempt: AttemptId,
        name: &str,
        token_ids: Vec<TokenId>,
    ) -> InHand {
        lock(&self.in_hand).insert((connection.id, attempt));
        let (journals, connection, name) = (Arc::clone(self), connection.clone(), name.to_owned());
        InHand { journals, connection, attempt, name, token_ids }
    }

    /// The journal on disk, if it is open, and its name in the keychain.
    pub fn to_anchor(&self) -> Option<(&Journal, String)> {
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        Some((self.disk.get()?, format!("journal {}", folder.display())))
    }

    /// Writes pending entries; returns what is still pending.
    pub fn write_owed(&self) -> Option<Unwritten> {
        self.unwritten()?;
        self.on_disk().map_or_else(|_| self.unwritten(), Journal::write_owed)
    }

    /// What happened and isn't recorded yet.
    pub fn unwritten(&self) -> Option<Unwritten> {
        lock(&self.owed).unwritten()
    }

    /// Returns the state when an attempt was tried: the current one, unless one is known.
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

    /// Its number in the journal.
    pub fn number(&self) -> i64 {
        self.attempt.0
    }

    /// The token it is about, as far as known.
    pub fn token_id(&self) -> Option<&TokenId> {
        self.token_ids.first()
    }

    /// Records the outcome. If that fails, it is written later, and shown until then.
    pub fn step(&self, stage: Deed, detail: Option<&str>, now: DateTime<Utc>) {
        self.step_with(stage, detail, &[], now);
    }

    /// Like [`Self::step`], with what it is based on.
    pub fn step_with(
        &self,
        stage: Deed,
        detail: Option<&str>,
        basis: &[String],
        now: DateTime<Utc>,
    ) {
        let token_ids = &self.token_ids;
        let step = Draft { token_ids, basis, detail, ..Draft::step(self.attempt.0, stage, now) };
        self.journals.append_or_owe(&self.connection, &step, &self.name);
    }

    /// Like [`Self::step`], unless it has ended already.
    pub fn end(&self, stage: Deed, now: DateTime<Utc>) {
        let ended = match self.journals.opened(&self.connection) {
            Ok(journal) => journal.has_ended(self.attempt).unwrap_or_default(),
            Err(_) => lock(&self.journals.owed).ends(self.attempt.0),
        };
        if !ended {
            self.step(stage, None, now);
        }
    }

    /// Like [`Self::step`], from where blocking does harm.
    pub async fn reached(self, stage: Deed, now: DateTime<Utc>) -> Result<Self, Error> {
        blocking(move || {
            self.step(stage, None, now);
            self
        })
        .await
    }

    /// Like [`Self::reached`]: the token exists, and this is its id.
    pub async fn made(mut self, id: &TokenId, now: DateTime<Utc>) -> Result<Self, Error> {
        self.token_ids = vec![id.clone()];
        self.reached(Deed::Made, now).await
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
            act: Deed::Create,
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
