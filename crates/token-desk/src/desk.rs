//! The desk: everything one running app holds, shared by all use cases.
//!
//! Each use case is an `impl Desk` in a file named after it.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, Client};
use token_audit::{Counts, Policy};

use crate::clipboard::{CLEARS_AFTER, Clipboard, ClipboardState};
use crate::connection::{Connection, CredentialStorage};
use crate::error::{Error, Problem};
use crate::inventory::{Builder, Chip, Index, Inventory, Query, Search};
use crate::keychain::Keychain;
use crate::store::{Remembered, Store, StoreError};
use crate::sync::{Phase, Status};
use crate::vault::{SecretHandle, Vault};

/// Something the page should hear of without having asked.
#[derive(Debug, Clone)]
pub enum Event {
    /// The list or its state changed.
    Changed(Box<Status>),
    /// A copied secret left the clipboard, or did not.
    Clipboard(SecretHandle, ClipboardState),
}

/// The app's state and use cases. Cheap to clone; every clone is the same desk.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) keychain: Keychain,
    pub(crate) vault: Vault,
    pub(crate) clipboard: Clipboard,
    pub(crate) policy: Policy,
    session: Mutex<Session>,
    search: Mutex<Search>,
    status: Mutex<Status>,
    listener: Arc<OnceLock<Listener>>,
}

type Listener = Box<dyn Fn(Event) + Send + Sync>;

/// The connection in use, ready to be asked.
pub(crate) struct InUse {
    pub(crate) session: u32,
    pub(crate) connection: Connection,
    pub(crate) client: Client,
}

/// The connection in use. Its number tells a late answer that it belongs to an earlier one.
#[derive(Clone, Default)]
pub(crate) struct Session {
    pub(crate) number: u32,
    pub(crate) connection: Option<Connection>,
    pub(crate) client: Option<Client>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The token's id.
    pub id: String,
    /// Its name, as the server gave it.
    pub name: String,
    /// The name of its project; `None` for the organization's own.
    pub project: Option<String>,
    /// The state shown first.
    pub chip: Chip,
    /// When it was created.
    pub created: Option<DateTime<Utc>>,
    /// When it expires.
    pub expires: Option<DateTime<Utc>>,
    /// When it was last used.
    pub last_used: Option<DateTime<Utc>>,
}

/// The answer to a query.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The generation of the list it comes from.
    pub generation: u32,
    /// How many tokens match.
    pub total: usize,
    /// The position of the first row given.
    pub top: usize,
    /// The rows given.
    pub rows: Vec<Row>,
    /// How many tokens each card counts.
    pub counts: Counts,
    /// Where the token that was asked for stands.
    pub anchor: Option<usize>,
}

impl Desk {
    /// Opens the desk over the files in `folder`, with the list as it was last seen.
    ///
    /// Where the folder cannot be used the app still works, and says that nothing is remembered.
    pub fn open(folder: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        Self::open_store(folder, now).or_else(|error| {
            tracing::warn!(%error, "the data folder cannot be used");
            let desk = Self::with_store(Store::in_memory()?, None, Inventory::default(), now);
            desk.set_status(|status| status.problems.push(Problem::from(&Error::from(error))));
            Ok(desk)
        })
    }

    fn open_store(folder: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let store = Store::open(folder)?;
        let remembered = store.connection()?;
        let list = store.load_list()?;
        Ok(Self::with_store(store, remembered, list, now))
    }

    fn with_store(
        store: Store,
        remembered: Option<Remembered>,
        list: Inventory,
        now: DateTime<Utc>,
    ) -> Self {
        let policy = Policy::default();
        let mut status = Status::of(&list);
        let mut session = Session::default();
        if let Some(remembered) = remembered {
            status.synced_at = remembered.synced_at;
            status.complete = remembered.complete;
            status.credential_missing = remembered.connection.storage == CredentialStorage::Session;
            session.connection = Some(remembered.connection);
        }
        let listener: Arc<OnceLock<Listener>> = Arc::default();
        let heard = Arc::clone(&listener);
        let clipboard = Clipboard::new(CLEARS_AFTER, move |handle, state| {
            if let Some(listener) = heard.get() {
                listener(Event::Clipboard(handle, state));
            }
        });
        let mut search = Search::new(list, &policy, now);
        search.saved = true;
        let inner = Inner {
            store,
            keychain: Keychain::default(),
            vault: Vault::default(),
            clipboard,
            policy,
            session: Mutex::new(session),
            search: Mutex::new(search),
            status: Mutex::new(status),
            listener,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Sends every later event to `listener`; only the first listener counts.
    pub fn listen(&self, listener: impl Fn(Event) + Send + Sync + 'static) {
        let _ = self.inner.listener.set(Box::new(listener));
    }

    /// The connection in use.
    #[must_use]
    pub fn connection(&self) -> Option<Connection> {
        self.session().connection.clone()
    }

    /// How the list came about, and how its next one is coming along.
    #[must_use]
    pub fn status(&self) -> Status {
        lock(&self.inner.status).clone()
    }

    /// Answers a query with at most `len` rows from `top` on.
    #[must_use]
    pub fn query(
        &self,
        query: &Query,
        top: usize,
        len: usize,
        anchor: Option<&str>,
        now: DateTime<Utc>,
    ) -> Listing {
        let generation = lock(&self.inner.status).generation;
        let mut search = self.search();
        search.refresh(&self.inner.policy, now);
        let window = search.ask(query, top, len, anchor);
        Listing {
            generation,
            total: window.total,
            top: window.top,
            rows: window.rows.iter().map(|&index| row(&search, index)).collect(),
            counts: *search.judged.counts(),
            anchor: window.anchor,
        }
    }

    /// Prepares what the first click on a column would otherwise wait for.
    pub fn warm(&self) {
        self.search().warm();
    }

    /// Takes what is still ours off the clipboard: for the moment the app quits.
    pub fn quit(&self) {
        self.inner.clipboard.clear_now();
    }

    pub(crate) fn search(&self) -> MutexGuard<'_, Search> {
        lock(&self.inner.search)
    }

    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        lock(&self.inner.session)
    }

    /// Changes what is shown and tells of it, unless another connection is in use by now: what
    /// comes late must not land under it. Says whether it was done.
    pub(crate) fn within(&self, session: u32, change: impl FnOnce() -> Status) -> bool {
        let status = {
            let current = self.session();
            (current.number == session).then(change)
        };
        // Told only when nothing is locked: a listener may ask back.
        status.map(|status| self.tell(status)).is_some()
    }

    /// The list is replaced. The caller tells of it.
    pub(crate) fn replace_list(&self, list: Search, change: impl FnOnce(&mut Status)) -> Status {
        let now = Status::of(&list.list);
        *self.search() = list;
        self.change_status(|status| {
            status.generation = status.generation.wrapping_add(1);
            status.projects = now.projects;
            status.last_used_reported = now.last_used_reported;
            change(status);
        })
    }

    /// Shows the list with one thing changed in it, ahead of the next sync.
    pub(crate) fn change_list(
        &self,
        session: u32,
        now: DateTime<Utc>,
        change: impl FnOnce(&Inventory, &mut Builder),
    ) {
        let known = Arc::clone(&self.search().list);
        let mut builder = Builder::new(known.projects().to_vec());
        change(&known, &mut builder);
        let list = Search::new(builder.finish(), &self.inner.policy, now);
        self.within(session, || self.replace_list(list, |_| ()));
    }

    pub(crate) fn set_status(&self, change: impl FnOnce(&mut Status)) {
        self.tell(self.change_status(change));
    }

    pub(crate) fn change_status(&self, change: impl FnOnce(&mut Status)) -> Status {
        let mut status = lock(&self.inner.status);
        change(&mut status);
        status.clone()
    }

    pub(crate) fn tell(&self, status: Status) {
        if let Some(listener) = self.inner.listener.get() {
            listener(Event::Changed(Box::new(status)));
        }
    }

    /// The connection in use, with its credential from the keychain where needed.
    pub(crate) async fn in_use(&self) -> Result<InUse, Error> {
        let Session { number: session, connection, client } = self.session().clone();
        let connection = connection.ok_or(Error::NotConnected)?;
        if let Some(client) = client {
            return Ok(InUse { session, connection, client });
        }
        if connection.storage == CredentialStorage::Session {
            return Err(Error::CredentialMissing);
        }
        let (keychain, key) = (self.inner.keychain.clone(), connection.keychain_key());
        let secret = blocking(move || keychain.load(&key)).await??;
        let token = ApiToken::parse(secret.ok_or(Error::CredentialMissing)?)?;
        let client = Client::new(connection.base_url.clone(), token)?;
        let mut current = self.session();
        if current.number == session {
            current.client = Some(client.clone());
        }
        Ok(InUse { session, connection, client })
    }
}

/// Runs what may block on a thread where that does no harm.
pub(crate) async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(act).await.map_err(|_| Error::Worker)
}

fn row(search: &Search, index: Index) -> Row {
    let token = search.list.record(index);
    Row {
        id: token.id.to_owned(),
        name: token.name.to_owned(),
        project: search.list.project(index).map(|project| project.name.clone()),
        chip: search.judged.chip(index),
        created: token.created,
        expires: token.expires,
        last_used: token.last_used,
    }
}

/// A use case that panicked left whole values behind: they are only ever replaced.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Status {
    fn of(list: &Inventory) -> Self {
        Self {
            generation: 0,
            phase: Phase::Idle,
            loaded: 0,
            synced_at: None,
            complete: true,
            problems: Vec::new(),
            last_used_reported: list.last_used_reported(),
            projects: list.projects().to_vec(),
            credential_missing: false,
        }
    }
}
