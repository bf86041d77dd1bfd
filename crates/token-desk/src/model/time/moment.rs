//! Moments that hold although somebody sets a clock.

use chrono::{DateTime, TimeDelta, Utc};

use crate::elapsed::Stopwatch;

/// The time that responses take, plus rounding: this much a reported clock may be off.
const ROUNDED: TimeDelta = TimeDelta::seconds(10);

/// A moment by two clocks, so that setting one of them is noticed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// The time by this computer's clock.
    pub here: DateTime<Utc>,
    /// How far the server's clock was ahead; `None` if it didn't say.
    pub skew: Option<TimeDelta>,
    /// Keeps running whatever this computer's clock is set to.
    watch: Stopwatch,
}

impl Moment {
    /// This moment, which is `here` on this computer.
    pub fn now(here: DateTime<Utc>, skew: Option<TimeDelta>) -> Self {
        Self { here, skew, watch: Stopwatch::start() }
    }

    /// The time from this moment to a later one, by the clock that shows less.
    pub fn until(self, later: Self) -> TimeDelta {
        let here = later.here - self.here;
        match (self.skew, later.skew) {
            (Some(then), Some(now)) => here.min(here + now - then + ROUNDED),
            _ => here.min(self.passed(later)),
        }
    }

    /// By how much this computer's clock was set between this moment and a later one.
    pub fn set_by(self, later: Self) -> TimeDelta {
        later.here - self.here - self.passed(later)
    }

    fn passed(self, later: Self) -> TimeDelta {
        TimeDelta::from_std(self.watch.until(&later.watch)).unwrap_or(TimeDelta::MAX)
    }
}
