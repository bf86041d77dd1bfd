//! A running load: one per connection, in its own task, so nobody has to wait for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::desk::Desk;
use crate::desk::edits::Version;
use crate::desk::state::Line;
use crate::desk::status::Phase;
use crate::error::{Error, Problem};
use crate::model::connection::ConnectionId;

/// Tells one load of this process from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(u64);

/// The end of a load, to be waited for: whether its list was kept.
#[derive(Clone)]
pub(super) struct Ending(watch::Receiver<bool>);

/// A connection's handle on its load. The load ends when this is dropped.
pub(crate) struct Loading {
    number: Number,
    session: u32,
    task: Option<AbortHandle>,
    ending: Ending,
}

/// Held by the load itself. However it ends, when this is dropped the connection is idle again.
pub(super) struct Running {
    pub(super) desk: Desk,
    pub(super) connection: ConnectionId,
    pub(super) session: u32,
    /// Edits made before its first request are in its list.
    pub(super) began: Version,
    number: Number,
    /// Dropped last, so that nothing of the load is left when its end is reported.
    kept: watch::Sender<bool>,
}

impl Ending {
    /// Waits for the end; whether the list was kept.
    pub(super) async fn reached(mut self) -> bool {
        while self.0.changed().await.is_ok() {}
        *self.0.borrow()
    }

    fn is_reached(&self) -> bool {
        self.0.has_changed().is_err()
    }
}

impl Loading {
    pub(super) fn new(running: &Running) -> Self {
        let ending = Ending(running.kept.subscribe());
        Self { number: running.number, session: running.session, task: None, ending }
    }

    /// The task that does it.
    pub(super) fn runs_in(&mut self, task: AbortHandle) {
        self.task = Some(task);
    }

    /// Ends it: its requests stop. Where it is about to keep its list, it does so first.
    pub(crate) fn end(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }

    /// What to wait for before the next load may begin.
    pub(super) fn ending(&self) -> Ending {
        self.ending.clone()
    }

    /// Whether it still loads a list for this session.
    pub(super) fn serves(&self, session: u32) -> bool {
        self.session == session && self.goes_on()
    }

    pub(crate) fn goes_on(&self) -> bool {
        !self.ending.is_reached()
    }
}

impl Drop for Loading {
    fn drop(&mut self) {
        self.end();
    }
}

impl Running {
    /// A load of a connection, which is shown as loading from here on.
    pub(super) fn new(desk: &Desk, line: &mut Line) -> Self {
        static LOADS: AtomicU64 = AtomicU64::new(0);
        line.status.phase = Phase::Syncing;
        line.status.loaded = 0;
        Self {
            desk: desk.clone(),
            connection: line.connection.id,
            session: line.session,
            began: line.edits.version(),
            number: Number(LOADS.fetch_add(1, Ordering::Relaxed)),
            kept: watch::Sender::new(false),
        }
    }

    /// Its list is what is shown now.
    pub(super) fn has_kept(&self) {
        self.kept.send_replace(true);
    }

    fn is_last_of(&self, line: &Line) -> bool {
        line.load.as_ref().is_some_and(|load| load.number == self.number)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let desk = self.desk.clone();
        if let Some(line) = desk.state().line_mut(self.connection)
            && self.is_last_of(line)
        {
            line.status.phase = Phase::Idle;
            if thread::panicking() {
                line.status.problems = vec![Problem::from(&Error::Worker)];
            }
        }
        desk.tell();
    }
}
