//! The bulk revokes of a running app: the one to be confirmed, and the one that runs.

use std::sync::Mutex;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use tokio::sync::watch;

use crate::desk::status::Status;
use crate::model::bulk_revoke::{
    BulkRevokePlan, BulkRevokeResult, OpenBulkRevoke, PlannedToken, RunningBulkRevoke,
};
use crate::model::connection::ConnectionId;
use crate::system::threads::lock;

/// The plans of a running app.
pub(crate) struct BulkRevokes {
    /// The plan that waits for its confirmation: a later one takes its place.
    pub(crate) asked: Mutex<Option<Frozen>>,
    pub(crate) plans: AtomicU32,
    pub(crate) running: Mutex<Option<Known>>,
    /// For how long a server that cannot be reached is waited for.
    pub(crate) patience: Mutex<Duration>,
}

impl Default for BulkRevokes {
    fn default() -> Self {
        Self {
            asked: Mutex::default(),
            plans: AtomicU32::default(),
            running: Mutex::default(),
            patience: Mutex::new(Duration::from_secs(60)),
        }
    }
}

impl BulkRevokes {
    /// The bulk revoke that runs is none that was left unfinished; one that has ended may be.
    pub(crate) fn show_in(&self, status: &mut Status) {
        let running = lock(&self.running);
        let Some(known) = &*running else { return };
        status.bulk_revoke = Some(known.shown.clone());
        for line in &mut status.connections {
            line.bulk_revokes.retain(|it| !known.entries.contains(&(it.connection, it.number)));
        }
    }
}

/// A plan, and the bulk revoke that it goes on with.
#[derive(Clone)]
pub(crate) struct Frozen {
    pub(crate) plan: BulkRevokePlan,
    pub(crate) goes_on: Option<OpenBulkRevoke>,
}

impl Frozen {
    /// The remaining tokens of a resumed bulk revoke that aren't revoked: the app's own, and any
    /// that somebody has decided to keep since.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = &PlannedToken> {
        let left = self.goes_on.iter().flat_map(|open| &open.left);
        left.filter(|token| self.plan.tokens.iter().all(|it| it.key != token.key))
    }
}

/// What the desk knows about the bulk revoke that is running, or about the last one until its
/// result has been seen.
pub(crate) struct Known {
    /// Set to end it before its next request to revoke.
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) shown: RunningBulkRevoke,
    /// The entries of the journal that it works on; none once it has ended.
    pub(crate) entries: Vec<(ConnectionId, i64)>,
    pub(crate) result: watch::Receiver<Option<BulkRevokeResult>>,
}

impl Known {
    pub(crate) fn ended(&self) -> bool {
        self.result.borrow().is_some()
    }
}
