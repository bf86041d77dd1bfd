//! Measures elapsed time, regardless of changes to the wall clock, and including time asleep.

use std::time::Duration;
#[cfg(not(target_os = "linux"))]
use std::time::{Instant, SystemTime};

/// Counts from its start on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch {
    #[cfg(target_os = "linux")]
    began: Duration,
    #[cfg(not(target_os = "linux"))]
    began: (Instant, SystemTime),
}

#[cfg(target_os = "linux")]
impl Stopwatch {
    /// Starts to measure from this moment.
    pub(crate) fn start() -> Self {
        Self { began: since_boot() }
    }

    /// The time since it was started.
    pub(crate) fn elapsed(&self) -> Duration {
        self.until(&Self::start())
    }

    /// The time between its start and the start of a later one.
    pub(crate) fn until(&self, later: &Self) -> Duration {
        later.began.saturating_sub(self.began)
    }
}

#[cfg(target_os = "linux")]
fn since_boot() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Here one clock stops while the computer sleeps, and the other can be set. The larger value counts, so that
/// deadlines are never missed.
#[cfg(not(target_os = "linux"))]
impl Stopwatch {
    /// Starts to measure from this moment.
    pub(crate) fn start() -> Self {
        Self { began: (Instant::now(), SystemTime::now()) }
    }

    /// The time since it was started.
    pub(crate) fn elapsed(&self) -> Duration {
        self.until(&Self::start())
    }

    /// The time between its start and the start of a later one.
    pub(crate) fn until(&self, later: &Self) -> Duration {
        let ((awake, wall), (awake_then, wall_then)) = (self.began, later.began);
        let slept = wall_then.duration_since(wall).unwrap_or_default();
        awake_then.saturating_duration_since(awake).max(slept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_on() {
        let (watch, awake) = (Stopwatch::start(), std::time::Instant::now());
        while awake.elapsed() < Duration::from_millis(2) {
            std::hint::spin_loop();
        }
        assert!(watch.elapsed() >= Duration::from_millis(1));
    }
}
