//! Opens the desk with what the last start left on disk.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Desk, Event, Inner, Listener, MOST_TIME, SECOND_LOOK_AFTER};
use crate::desk::listed::Listed;
use crate::desk::running::attempts::Attempts;
use crate::desk::running::bulk_revoke::BulkRevokes;
use crate::desk::running::incidents::Incidents;
use crate::desk::running::scan::Scans;
use crate::desk::running::watching::Watching;
use crate::desk::state::State;
use crate::desk::status::Shown;
use crate::desk::vault::{Fingerprints, Vault};
use crate::error::{Error, Problem, StoreError};
use crate::model::settings::{Settings, Zone};
use crate::storage::cache::{Moved, Store, file};
use crate::storage::history::Histories;
use crate::storage::journal::Journals;
use crate::storage::settings::SettingsFile;
use crate::system::clipboard::Clipboard;
use crate::system::data_folder::copy_databases;
use crate::system::keychain::Keychain;
use crate::when;

impl Desk {
    /// Opens the desk on the files in `folder`, with the last-known lists.
    ///
    /// If the folder can't be used, the app still works and says that nothing is saved.
    pub fn open(folder: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        Self::open_as_set(folder, SettingsFile::read(folder), now)
    }

    /// The same with settings that were read from that folder before: a window follows them from its very start.
    pub fn open_as_set(
        folder: &Path,
        settings: SettingsFile,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        Self::open_with((folder, folder), settings, Keychain::default(), now)
    }

    /// Opens a desk on a copy of the files in `folder`, made in the empty folder `copy`. It reads the keychain, and
    /// whatever it does changes nothing that the app keeps, even while that is running.
    pub fn open_copy(folder: &Path, copy: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        copy_databases(folder, copy)?;
        Self::open_with((copy, folder), SettingsFile::read(folder), Keychain::unchanged(), now)
    }

    /// Opens a desk on an empty folder that is removed afterwards, without a keychain.
    pub fn open_passing(folder: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        Self::open_with((folder, folder), SettingsFile::read(folder), Keychain::none(), now)
    }

    /// Opens the desk on the files in `folder`; the keys to its fingerprints are those of `installation`.
    fn open_with(
        (folder, installation): (&Path, &Path),
        settings: SettingsFile,
        keychain: Keychain,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
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
        let known = store.fingerprints().inspect_err(|error| {
            tracing::warn!(%error, "the fingerprints of values cannot be read");
        });
        let fingerprints = Fingerprints::new(installation, known.unwrap_or_default());
        let belonging = store.belonging().inspect_err(|error| {
            tracing::warn!(%error, "where values belong cannot be read");
        });
        let scans = Scans::new(installation.to_owned(), belonging.unwrap_or_default());
        let kept = (store, journals, Histories::new(folder)?, settings);
        Ok(Self::new(kept, keychain, (fingerprints, scans), state, now))
    }

    fn new(
        (store, journals, histories, settings): (Store, Journals, Histories, SettingsFile),
        keychain: Keychain,
        (fingerprints, scans): (Fingerprints, Scans),
        state: State,
        now: DateTime<Utc>,
    ) -> Self {
        let listener: Arc<OnceLock<Listener>> = Arc::default();
        let heard = Arc::clone(&listener);
        let clipboard = Clipboard::new(move |handle, state| {
            if let Some(listener) = heard.get() {
                listener(Event::Clipboard(handle, state));
            }
        });
        let listed = Listed::new(&state, now);
        let watching = Watching::remembered(&store);
        let inner = Inner {
            store,
            settings,
            journals: Arc::new(journals),
            histories,
            keychain,
            vault: Vault::default(),
            fingerprints: Arc::new(fingerprints),
            attempts: Attempts::default(),
            clipboard,
            bulk_revokes: BulkRevokes::default(),
            incidents: Incidents::default(),
            scans,
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
        inner.follow_settings();
        Self { inner: Arc::new(inner) }
    }
}

impl Inner {
    /// What is set takes effect.
    pub(crate) fn follow_settings(&self) {
        let Settings { zone, clear_clipboard, .. } = self.settings.now();
        let seconds = Duration::from_secs(clear_clipboard.into());
        self.clipboard.clear_after((!seconds.is_zero()).then_some(seconds));
        when::show_utc(zone == Zone::Utc);
    }
}

/// Opens the files in the folder. A damaged one is moved aside, and if the folder can't be used,
/// nothing is saved; both are reported.
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
        state.add_remembered(connection, store.load_list(id)?, store.notes(id)?, store.leaked(id)?);
    }
    if let Shown::One(id) = shown
        && state.connection(id).is_none()
    {
        state.show(Shown::All);
    }
    Ok(state)
}
