//! A running load: one per connection, in its own task, so nobody has to wait for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use tokio::sync::watch;

use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::desk::edits::Version;
use crate::desk::running::loading::{Ending, Loading, Number};
use crate::desk::status::Phase;
use crate::error::{Error, Problem};
use crate::model::connection::ConnectionId;

/// Held by the load itself. However it ends, when this is dropped the connection is idle again.
pub(super) struct Running {
    pub(super) desk: Desk,
    pub(super) connection: ConnectionId,
    pub(super) epoch: u32,
    /// Edits made before its first request are in its list.
    pub(super) began: Version,
    pub(super) number: Number,
    /// Dropped last, so that nothing of the load is left when its end is reported.
    kept: watch::Sender<bool>,
}

impl Running {
    /// A load of a connection, which is shown as loading from here on.
    pub(super) fn new(desk: &Desk, held: &mut ConnectionState) -> Self {
        static LOADS: AtomicU64 = AtomicU64::new(0);
        held.status.phase = Phase::Syncing;
        held.status.loaded = 0;
        Self {
            desk: desk.clone(),
            connection: held.connection.id,
            epoch: held.epoch,
            began: held.edits.version(),
            number: Number(LOADS.fetch_add(1, Ordering::Relaxed)),
            kept: watch::Sender::new(false),
        }
    }

    /// The connection's handle to this load.
    pub(super) fn loading(&self) -> Loading {
        Loading::new(self.number, self.epoch, Ending(self.kept.subscribe()))
    }

    /// Its list is what is shown now.
    pub(super) fn has_kept(&self) {
        self.kept.send_replace(true);
    }

    fn is_last_of(&self, held: &ConnectionState) -> bool {
        held.load.as_ref().is_some_and(|load| load.number == self.number)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let desk = self.desk.clone();
        if let Some(held) = desk.state().connection_mut(self.connection)
            && self.is_last_of(held)
        {
            held.status.phase = Phase::Idle;
            if thread::panicking() {
                held.status.problems = vec![Problem::from(&Error::Worker)];
            }
        }
        desk.tell();
    }
}
