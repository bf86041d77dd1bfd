//! Limits calls to the keychain to a few at a time; the others wait for their turn.

use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use crate::system::threads::lock;

/// How many calls may be at the keychain at the same time. A keychain that never answers blocks no
/// more threads than this.
pub(super) const AT_ONCE: usize = 4;

/// The turns of one keychain.
pub(super) struct Turns {
    within: Duration,
    asking: Mutex<Asking>,
    changed: Condvar,
}

#[derive(Default)]
struct Asking {
    last: u64,
    /// When each call that has not come back began.
    begun: Vec<(u64, Instant)>,
}

/// A call's turn, until it comes back.
pub(super) struct Turn {
    turns: Arc<Turns>,
    number: u64,
}

impl Turns {
    /// Calls that take longer than `within` are overdue.
    pub fn new(within: Duration) -> Self {
        Self { within, asking: Mutex::default(), changed: Condvar::new() }
    }

    /// How long a call may take.
    pub fn within(&self) -> Duration {
        self.within
    }

    /// Waits for a turn; `None` while every call that was let in is overdue, since another one would
    /// hear nothing either.
    pub fn wait(self: &Arc<Self>) -> Option<Turn> {
        let mut asking = lock(&self.asking);
        while asking.begun.len() >= AT_ONCE {
            let left = self.left(&asking)?;
            let woken = self.changed.wait_timeout(asking, left);
            asking = woken.unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
        asking.last += 1;
        let number = asking.last;
        asking.begun.push((number, Instant::now()));
        Some(Turn { turns: Arc::clone(self), number })
    }

    /// The time until all calls are overdue; `None` once they are.
    fn left(&self, asking: &Asking) -> Option<Duration> {
        let left = |(_, begun): &(u64, Instant)| self.within.checked_sub(begun.elapsed());
        asking.begun.iter().filter_map(left).filter(|left| !left.is_zero()).max()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock(&self.turns.asking).begun.retain(|(number, _)| *number != self.number);
        self.turns.changed.notify_all();
    }
}
