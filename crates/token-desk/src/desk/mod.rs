//! The desk: the state of one running app, shared by all use cases.
//!
//! Each use case is an `impl Desk` in a file or folder of `jobs` named after it.

pub(crate) mod connection_state;
pub(crate) mod edits;
pub(crate) mod journaled;
pub(crate) mod listed;
pub(crate) mod live;
mod opening;
mod precise;
pub(crate) mod running;
pub(crate) mod state;
pub(crate) mod status;
#[cfg(test)]
mod tests;
mod value_texts;
pub(crate) mod vault;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::desk::listed::Listed;
use crate::desk::running::attempts::Attempts;
use crate::desk::running::bulk_revoke::BulkRevokes;
use crate::desk::running::incidents::Incidents;
use crate::desk::running::scan::Scans;
use crate::desk::running::watching::Watching;
use crate::desk::state::State;
use crate::desk::status::Status;
use crate::desk::vault::{Fingerprints, Vault};
use crate::error::{Error, Problem};
use crate::list::Inventory;
use crate::model::bulk_revoke::BulkRevokeProgress;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;
use crate::model::token::created::SecretHandle;
use crate::storage::cache::Store;
use crate::storage::history::Histories;
use crate::storage::journal::{Anchor, Journals, Unwritten};
use crate::storage::settings::SettingsFile;
use crate::system::clipboard::{Clipboard, ClipboardState};
use crate::system::keychain::Keychain;
use crate::system::threads::lock;

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
    BulkRevoke(BulkRevokeProgress),
}

/// The app's state and use cases. Cheap to clone; every clone is the same desk.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) settings: SettingsFile,
    pub(crate) journals: Arc<Journals>,
    pub(crate) histories: Histories,
    pub(crate) keychain: Keychain,
    pub(crate) vault: Vault,
    pub(crate) fingerprints: Arc<Fingerprints>,
    pub(crate) attempts: Attempts,
    pub(crate) clipboard: Clipboard,
    pub(crate) bulk_revokes: BulkRevokes,
    pub(crate) incidents: Incidents,
    pub(crate) scans: Scans,
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

impl Desk {
    /// Sends every later event to `listener`; only the first listener counts.
    pub fn listen(&self, listener: impl Fn(Event) + Send + Sync + 'static) {
        let _ = self.inner.listener.set(Box::new(listener));
    }

    /// Every connection, and the state of its list.
    #[must_use]
    pub fn status(&self) -> Status {
        let generation = self.listed().generation;
        let mut status = self.state().status(generation);
        self.inner.bulk_revokes.show_in(&mut status);
        status.waiting = self.inner.vault.waiting();
        status.problems.extend(self.journal_owed());
        status.problems.extend(self.inner.settings.problem());
        status
    }

    /// The acts that couldn't be written to the journal yet, as a notice; `None` if there are none.
    pub(crate) fn journal_owed(&self) -> Option<Problem> {
        let Unwritten { what, reason } = self.inner.journals.unwritten()?;
        Some(Problem::from(&Error::JournalOwed(what, reason)))
    }

    /// The time at each server, when it is `now` on this computer.
    #[must_use]
    pub fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        self.state().clocks(now)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.inner.state)
    }

    pub(crate) fn connection(&self, id: ConnectionId) -> Result<Connection, Error> {
        let state = self.state();
        state.connection(id).map(|held| held.connection.clone()).ok_or(Error::NotConnected)
    }

    /// The list of one connection.
    pub(crate) fn list_of(&self, id: ConnectionId) -> Result<Arc<Inventory>, Error> {
        let state = self.state();
        state.connection(id).map(|held| Arc::clone(&held.list)).ok_or(Error::NotConnected)
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
}
