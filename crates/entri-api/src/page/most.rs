//! How much is read of one list: more than any honest one has, and less than would fill the memory or
//! the day.

use std::time::Duration;

use tokio::time::Instant;

const MIB: u64 = 1024 * 1024;

/// The most that is read of one list.
#[derive(Clone, Copy)]
pub(super) struct Most {
    /// With different ids, since it began or began again.
    pub(super) entries: usize,
    /// The bytes of all responses, including those of a first reading.
    pub(super) bytes: u64,
    /// From the first request on.
    pub(super) time: Duration,
}

impl Most {
    /// Of a list that is read a page at a time.
    pub(super) const STREAMED: Self =
        Self { entries: 250_000, bytes: 4096 * MIB, time: Duration::from_secs(30 * 60) };
    /// Of a list that is collected: an entry in memory takes several times the room of its text.
    pub(super) const COLLECTED: Self =
        Self { entries: 100_000, bytes: 32 * MIB, time: Duration::from_secs(30 * 60) };
}

/// How much was read of one list so far.
pub(super) struct Spent {
    pub(super) most: Most,
    bytes: u64,
    since: Option<Instant>,
}

impl Spent {
    pub(super) fn none_of(most: Most) -> Self {
        Self { most, bytes: 0, since: None }
    }

    /// When time is up. It is counted from the first question on.
    pub(super) fn until(&mut self) -> Instant {
        *self.since.get_or_insert_with(Instant::now) + self.most.time
    }

    /// Whether that was too much, with this many entries and this answer.
    pub(super) fn is_over(&mut self, entries: usize, answer: usize) -> bool {
        self.bytes += answer as u64;
        entries > self.most.entries || self.bytes > self.most.bytes
    }
}
