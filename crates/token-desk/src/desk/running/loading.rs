//! A load in progress, as its connection sees it.

use tokio::sync::watch;
use tokio::task::AbortHandle;

/// Tells one load of this process from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) u64);

/// The end of a load, to be waited for: whether its list was kept.
#[derive(Clone)]
pub(crate) struct Ending(pub(crate) watch::Receiver<bool>);

/// A connection's handle on its load. The load ends when this is dropped.
pub(crate) struct Loading {
    pub(crate) number: Number,
    epoch: u32,
    task: Option<AbortHandle>,
    /// Set by who ends it before its task is known.
    ended: bool,
    ending: Ending,
}

impl Ending {
    /// Waits for the end; whether the list was kept.
    pub(crate) async fn reached(mut self) -> bool {
        while self.0.changed().await.is_ok() {}
        *self.0.borrow()
    }

    pub(crate) fn is_reached(&self) -> bool {
        self.0.has_changed().is_err()
    }
}

impl Loading {
    pub(crate) fn new(number: Number, epoch: u32, ending: Ending) -> Self {
        Self { number, epoch, task: None, ended: false, ending }
    }

    /// The task that does it.
    pub(crate) fn runs_in(&mut self, task: AbortHandle) {
        if self.ended {
            task.abort();
        }
        self.task = Some(task);
    }

    /// Ends it: its requests stop. Where it is about to keep its list, it does so first.
    pub(crate) fn end(&mut self) {
        self.ended = true;
        if let Some(task) = &self.task {
            task.abort();
        }
    }

    /// The end of this load, which the next one has to wait for.
    pub(crate) fn ending(&self) -> Ending {
        self.ending.clone()
    }

    /// Whether it still loads a list for this session.
    pub(crate) fn serves(&self, epoch: u32) -> bool {
        self.epoch == epoch && self.goes_on()
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
