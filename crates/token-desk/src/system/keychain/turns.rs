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
    /// The calls that have not come back.
    begun: Vec<Begun>,
}

struct Begun {
    number: u64,
    at: Instant,
    /// The entry that it changes.
    changes: Option<String>,
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
    /// hear nothing either. What changes an entry waits for what changes it already, even if nobody waits for that any
    /// longer: a save that comes late must not bring back what was removed since.
    pub fn wait(self: &Arc<Self>, changes: Option<&str>) -> Option<Turn> {
        let since = Instant::now();
        let mut asking = lock(&self.asking);
        loop {
            let left = if asking.changes(changes) {
                self.within.checked_sub(since.elapsed()).filter(|left| !left.is_zero())?
            } else if asking.begun.len() >= AT_ONCE {
                self.left(&asking)?
            } else {
                break;
            };
            let woken = self.changed.wait_timeout(asking, left);
            asking = woken.unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
        asking.last += 1;
        let number = asking.last;
        let changes = changes.map(str::to_owned);
        asking.begun.push(Begun { number, at: Instant::now(), changes });
        Some(Turn { turns: Arc::clone(self), number })
    }

    /// The time until all calls are overdue; `None` once they are.
    fn left(&self, asking: &Asking) -> Option<Duration> {
        let left = |begun: &Begun| self.within.checked_sub(begun.at.elapsed());
        asking.begun.iter().filter_map(left).filter(|left| !left.is_zero()).max()
    }
}

impl Asking {
    fn changes(&self, key: Option<&str>) -> bool {
        key.is_some() && self.begun.iter().any(|it| it.changes.as_deref() == key)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock(&self.turns.asking).begun.retain(|it| it.number != self.number);
        self.turns.changed.notify_all();
    }
}
