//! The desk: the state of one running app, shared by all use cases.
//!
//! Each use case is an `impl Desk` in a file of `jobs` named after it.

pub(crate) mod attempts;
pub(crate) mod bulk_revoke;
pub(crate) mod edits;
pub(crate) mod journaled;
pub(crate) mod listed;
pub(crate) mod loading;
pub(crate) mod state;
pub(crate) mod status;
#[cfg(test)]
mod tests;
pub(crate) mod vault;
pub(crate) mod watching;

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{Client, Credential, Incomplete};

use crate::desk::attempts::Attempts;
use crate::desk::bulk_revoke::Cleanups;
use crate::desk::edits::Edit;
use crate::desk::listed::Listed;
use crate::desk::state::{Line, State};
use crate::desk::status::{Shown, Status};
use crate::desk::vault::Vault;
use crate::desk::watching::Watching;
use crate::error::{Error, Problem, StoreError};
use crate::list::Inventory;
use crate::model::bulk_revoke::CleanupProgress;
use crate::model::connection::{Connection, ConnectionId, CredentialStorage};
use crate::model::gaps::{Gap, Why};
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;
use crate::model::token::created::SecretHandle;
use crate::storage::cache::{Moved, Store, file};
use crate::storage::history::Histories;
use crate::storage::journal::{Anchor, Journals, Unwritten};
use crate::system::clipboard::{CLEARS_AFTER, Clipboard, ClipboardState};
use crate::system::keychain::Keychain;
use crate::system::threads::{blocking, lock};

/// If the token isn't in the list this long after its create was tried, it wasn't created. Longer than any
/// request may take, so even a slow server is done by then.
pub(crate) const LOOK_AGAIN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// How long after the first look the second one follows: by then the request has ended.
pub(crate) const SECOND_LOOK_AFTER: Duration =
    Duration::from_secs(LOOK_AGAIN_AFTER.num_seconds().unsigned_abs() + 1);

/// How long a load may take. 500 pages take a few minutes.
pub(crate) const MOST_TIME: Duration = Duration::from_secs(30 * 60);

/// An event the page is notified of.
#[derive(Debug, Clone)]
pub enum Event {
    /// The list or its state changed.
    Changed(Box<Status>),
    /// A copied secret was cleared from the clipboard, or couldn't be.
    Clipboard(SecretHandle, ClipboardState),
    /// A bulk revoke made progress.
    Cleanup(CleanupProgress),
}

/// The app's state and use cases. Cheap to clone; every clone is the same desk.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) journals: Arc<Journals>,
    pub(crate) histories: Histories,
    pub(crate) keychain: Keychain,
    pub(crate) vault: Vault,
    pub(crate) attempts: Attempts,
    pub(crate) clipboard: Clipboard,
    pub(crate) cleanups: Cleanups,
    pub(crate) looks_again_after: Mutex<Duration>,
    /// The seal last stored in the keychain, or that should have been.
    pub(crate) anchored: Mutex<Option<Anchor>>,
    pub(crate) loads_within: Mutex<Duration>,
    pub(crate) selection: Mutex<HashSet<TokenKey>>,
    pub(crate) watching: Mutex<Watching>,
    /// Held while connections are added, removed or get another credential: in memory, on disk and in the
    /// keychain.
    pub(crate) changing: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    pub(crate) listed: Mutex<Listed>,
    listener: Arc<OnceLock<Listener>>,
}

type Listener = Box<dyn Fn(Event) + Send + Sync>;

/// A connection that is ready for requests.
#[derive(Clone)]
pub(crate) struct InUse {
    pub(crate) connection: Connection,
    pub(crate) client: Client,
    /// Numbers the credentials of the connection.
    pub(crate) session: u32,
}

impl Desk {
    /// Opens the desk on the files in `folder`, with the last-known lists.
    ///
    /// If the folder can't be used, the app still works and says that nothing is saved.
    pub fn open(folder: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let (store, mut state) = opened(folder)?;
        let (journals, moved) = Journals::open(folder)?;
        if let Some(error) = journals.failure() {
            tracing::warn!(%error, "the journal cannot be used");
            state.note(Problem::from(&error));
        }
        if let Some(Moved(path)) = moved {
            state.note(Problem::from(&Error::JournalDamaged(path)));
        }
        state.read_journals(&journals);
        Ok(Self::new(store, journals, Histories::new(folder)?, state, now))
    }

    fn new(
        store: Store,
        journals: Journals,
        histories: Histories,
        state: State,
        now: DateTime<Utc>,
    ) -> Self {
        let listener: Arc<OnceLock<Listener>> = Arc::default();
        let heard = Arc::clone(&listener);
        let clipboard = Clipboard::new(CLEARS_AFTER, move |handle, state| {
            if let Some(listener) = heard.get() {
                listener(Event::Clipboard(handle, state));
            }
        });
        let listed = Listed::new(&state, now);
        let watching = Watching::remembered(&store);
        let inner = Inner {
            store,
            journals: Arc::new(journals),
            histories,
            keychain: Keychain::default(),
            vault: Vault::default(),
            attempts: Attempts::default(),
            clipboard,
            cleanups: Cleanups::default(),
            looks_again_after: Mutex::new(SECOND_LOOK_AFTER),
            anchored: Mutex::default(),
            loads_within: Mutex::new(MOST_TIME),
            selection: Mutex::default(),
            watching: Mutex::new(watching),
            changing: tokio::sync::Mutex::default(),
            state: Mutex::new(state),
            listed: Mutex::new(listed),
            listener,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Sends every later event to `listener`; only the first listener counts.
    pub fn listen(&self, listener: impl Fn(Event) + Send + Sync + 'static) {
        let _ = self.inner.listener.set(Box::new(listener));
    }

    /// Every connection, and the state of its list.
    #[must_use]
    pub fn status(&self) -> Status {
        let generation = self.listed().generation;
        let mut status = self.state().status(generation);
        self.inner.cleanups.show_in(&mut status);
        status.waiting = self.inner.vault.waiting();
        status.problems.extend(self.journal_owed());
        status
    }

    /// Clears our copy from the clipboard and writes pending journal entries, when the app quits.
    pub fn quit(&self) {
        self.inner.clipboard.clear_now();
        self.inner.journals.write_owed();
        self.anchor_journal();
    }

    /// What was done and couldn't be written to the journal yet.
    pub(crate) fn journal_owed(&self) -> Option<Problem> {
        let Unwritten { what, reason } = self.inner.journals.unwritten()?;
        Some(Problem::from(&Error::JournalOwed(what, reason)))
    }

    /// Writes pending journal entries and stores the journal's last seal in the keychain. Call this every
    /// minute.
    pub async fn keep_journal(&self) -> Result<(), Error> {
        let desk = self.clone();
        let owed = blocking(move || {
            let owed = desk.inner.journals.unwritten().is_some();
            desk.inner.journals.write_owed();
            desk.anchor_journal();
            owed
        });
        if owed.await? {
            self.tell();
        }
        Ok(())
    }

    /// What time it is at a moment when it is `now` on this computer.
    #[must_use]
    pub fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        self.state().clocks(now)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.inner.state)
    }

    pub(crate) fn connection(&self, id: ConnectionId) -> Result<Connection, Error> {
        let state = self.state();
        state.line(id).map(|line| line.connection.clone()).ok_or(Error::NotConnected)
    }

    /// The list of one connection.
    pub(crate) fn list_of(&self, id: ConnectionId) -> Result<Arc<Inventory>, Error> {
        let state = self.state();
        state.line(id).map(|line| Arc::clone(&line.list)).ok_or(Error::NotConnected)
    }

    /// Changes a connection and notifies the page, unless it has another credential by now or was removed: late
    /// results must not be applied. Returns whether it was changed.
    pub(crate) fn within(&self, session: u32, change: impl FnOnce(&mut Line)) -> bool {
        let done = self.state().in_session(session).map(change).is_some();
        if done {
            self.tell();
        }
        done
    }

    /// Whether the connection that had this credential is still there, and still has it.
    pub(crate) fn is_in_session(&self, session: u32) -> bool {
        self.state().in_session(session).is_some()
    }

    /// Makes sure that no two tokens of a connection have this id, as far as its lists show.
    ///
    /// # Errors
    /// [`Error::DuplicateId`] where two have it, [`Error::MayBeDoubled`] if nobody can tell: of the
    /// lists of before the app's start the disk keeps only that some ids are doubled.
    pub(crate) fn is_the_only_one(&self, id: ConnectionId, token: &str) -> Result<(), Error> {
        let state = self.state();
        let Some(line) = state.line(id) else { return Ok(()) };
        if line.ambiguous.contains(token) {
            return Err(Error::DuplicateId { id: token.to_owned() });
        }
        let doubled = |gap: &Gap| gap.why == Why::Incomplete(Incomplete::RepeatedId);
        let known = !line.ambiguous.is_empty() || !line.status.gaps.iter().any(doubled);
        if known { Ok(()) } else { Err(Error::MayBeDoubled) }
    }

    /// Replaces a connection's list and what is shown with it, unless `change` finds that the list is based on
    /// outdated state. Returns whether it was replaced.
    pub(crate) fn replace_list(
        &self,
        id: ConnectionId,
        list: &Arc<Inventory>,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut Line) -> bool,
    ) -> bool {
        {
            let mut state = self.state();
            let Some(line) = state.line_mut(id) else { return false };
            if !change(line) {
                return false;
            }
            (line.list, line.saved) = (Arc::clone(list), false);
            state.list_anew();
        }
        self.select_only_listed(id);
        self.list_anew(now);
        true
    }

    /// Shows what became of tokens before the next list arrives. It comes from the server, so it applies
    /// regardless of the credential, and also to the list of a running load.
    pub(crate) fn edit(
        &self,
        id: ConnectionId,
        edits: impl IntoIterator<Item = Edit>,
        now: DateTime<Utc>,
    ) {
        let Some(before) = self.state().line_mut(id).map(|line| line.edits.push(edits)) else {
            return;
        };
        loop {
            let (known, edits) = {
                let state = self.state();
                let Some(line) = state.line(id) else { return };
                (Arc::clone(&line.list), line.edits.since(before))
            };
            // None remains if a list requested afterwards has arrived.
            let list = Arc::new(edits::applied(&known, &edits));
            let is_still = |line: &mut Line| Arc::ptr_eq(&line.list, &known);
            if edits.is_empty() || self.replace_list(id, &list, now, is_still) {
                return;
            }
        }
    }

    pub(crate) fn tell(&self) {
        self.send(|| Event::Changed(Box::new(self.status())));
    }

    /// Sends an event. No lock may be held, since a listener may call back.
    pub(crate) fn send(&self, event: impl FnOnce() -> Event) {
        if let Some(listener) = self.inner.listener.get() {
            listener(event());
        }
    }

    /// A connection, with its credential from the keychain where needed.
    pub(crate) async fn in_use(&self, id: ConnectionId) -> Result<InUse, Error> {
        let (session, connection, client) = {
            let state = self.state();
            let line = state.line(id).ok_or(Error::NotConnected)?;
            (line.session, line.connection.clone(), line.client.clone())
        };
        if let Some(client) = client {
            return Ok(InUse { connection, client, session });
        }
        if connection.storage == CredentialStorage::Session {
            return Err(Error::CredentialMissing);
        }
        let (keychain, key) = (self.inner.keychain.clone(), connection.keychain_key());
        let secret = blocking(move || keychain.load(&key)).await??;
        let credential = Credential::from_secret(&secret.ok_or(Error::CredentialGone)?)?;
        let client = Client::new(connection.base_url.clone(), credential)?;
        let first = {
            let mut state = self.state();
            let line = state.line_mut(id).ok_or(Error::NotConnected)?;
            // Another call may have been first: only one client may get the renewed session.
            if let Some(client) = line.client.clone() {
                let (connection, session) = (line.connection.clone(), line.session);
                return Ok(InUse { connection, client, session });
            }
            line.client.insert(client).clone()
        };
        self.keep_renewed(session, &first);
        Ok(InUse { connection, client: first, session })
    }
}

/// What the folder has. A damaged file is moved aside, and if the folder can't be used, nothing is saved; both
/// are reported.
fn opened(folder: &Path) -> Result<(Store, State), StoreError> {
    let problem = match Store::open(folder).and_then(with_state) {
        Ok(opened) => return Ok(opened),
        Err(error) => error,
    };
    tracing::warn!(error = %problem, "the remembered list cannot be used");
    let (store, problem) = match file::is_damage(&problem).then(|| Store::begin_anew(folder)) {
        Some(Ok((store, Moved(path)))) => (store, Error::ListDamaged(path)),
        _ => (Store::in_memory()?, Error::from(problem)),
    };
    let mut state = State::new(Shown::All);
    state.note(Problem::from(&problem));
    Ok((store, state))
}

fn with_state(store: Store) -> Result<(Store, State), StoreError> {
    let state = remembered(&store)?;
    Ok((store, state))
}

/// The saved connections with their lists.
fn remembered(store: &Store) -> Result<State, StoreError> {
    let shown = store.shown()?.map_or(Shown::All, Shown::One);
    let mut state = State::new(shown);
    for connection in store.connections()? {
        let id = connection.connection.id;
        state.add_remembered(connection, store.load_list(id)?, store.notes(id)?);
    }
    if let Shown::One(id) = shown
        && state.line(id).is_none()
    {
        state.show(Shown::All);
    }
    Ok(state)
}
