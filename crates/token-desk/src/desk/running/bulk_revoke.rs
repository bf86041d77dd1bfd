//! The bulk revokes of a running app: the one to be confirmed, and the one that runs.

use std::sync::Mutex;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use tokio::sync::watch;

use crate::desk::status::Status;
use crate::model::bulk_revoke::{
    CleanupPlan, CleanupResult, OpenCleanup, PlannedToken, RunningCleanup,
};
use crate::model::connection::ConnectionId;
use crate::system::threads::lock;

/// The plans of a running app.
pub(crate) struct Cleanups {
    /// The plan that waits for its confirmation: a later one takes its place.
    pub(crate) asked: Mutex<Option<Frozen>>,
    pub(crate) plans: AtomicU32,
    pub(crate) running: Mutex<Option<Known>>,
    /// For how long a server that cannot be reached is waited for.
    pub(crate) patience: Mutex<Duration>,
}

impl Default for Cleanups {
    fn default() -> Self {
        Self {
            asked: Mutex::default(),
            plans: AtomicU32::default(),
            running: Mutex::default(),
            patience: Mutex::new(Duration::from_secs(60)),
        }
    }
}

impl Cleanups {
    /// The bulk revoke that runs is none that was left unfinished; one that has ended may be.
    pub(crate) fn show_in(&self, status: &mut Status) {
        let running = lock(&self.running);
        let Some(known) = &*running else { return };
        status.cleanup = Some(known.shown.clone());
        for line in &mut status.connections {
            line.cleanups.retain(|it| !known.entries.contains(&(it.connection, it.number)));
        }
    }
}

/// A plan, and the bulk revoke that it goes on with.
#[derive(Clone)]
pub(crate) struct Frozen {
    pub(crate) plan: CleanupPlan,
    pub(crate) goes_on: Option<OpenCleanup>,
}

impl Frozen {
    /// What is left of the bulk revoke that it goes on with and does not go: the app's own, and what
    /// somebody decided to keep since.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = &PlannedToken> {
        let left = self.goes_on.iter().flat_map(|open| &open.left);
        left.filter(|token| self.plan.tokens.iter().all(|it| it.key != token.key))
    }
}

/// What the desk knows of the bulk revoke that runs, or of the last one until its result was seen.
pub(crate) struct Known {
    /// Set to end it before its next request to revoke.
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) shown: RunningCleanup,
    /// The entries of the journal that it works on; none once it has ended.
    pub(crate) entries: Vec<(ConnectionId, i64)>,
    pub(crate) result: watch::Receiver<Option<CleanupResult>>,
}

impl Known {
    pub(crate) fn ended(&self) -> bool {
        self.result.borrow().is_some()
    }
}
