//! How long after a use its row shows it.

use chrono::TimeDelta;

use super::row::{Dated, Row, THRICE, confirmed_at_least};
use super::{Bounds, LONGEST_LAG};

/// With fewer values, a lag that varies may look as if it were always the same.
const LEAST_VALUES: usize = 8;

/// How old each value was when a load first showed it, and what that says about the lag.
pub(super) struct Delays {
    /// In order of length.
    sorted: Vec<TimeDelta>,
    /// For how long a load didn't show a use that the server must have recorded.
    missing: TimeDelta,
}

impl Delays {
    /// `step` is the longest after which the server must have recorded a use.
    pub(super) fn of(row: &Row, step: Option<TimeDelta>) -> Self {
        let mut sorted: Vec<_> = row.runs().filter_map(delay).collect();
        sorted.sort_unstable();
        // No use is shown later than that unless the row was frozen.
        let limit = sorted.last().map_or(LONGEST_LAG, |longest| LONGEST_LAG.max(*longest));
        let missing = step.and_then(|step| missing(row, step, limit)).unwrap_or_default();
        Self { sorted, missing }
    }

    /// When a use must have been shown, in all likelihood.
    pub(super) fn due(&self) -> TimeDelta {
        let nearly_all = self.sorted.len() * 9 / 10;
        let usual = self.sorted.get(nearly_all).filter(|_| !self.vary());
        usual.or(self.sorted.last()).map_or(LONGEST_LAG, |due| (*due).min(self.cleared()))
    }

    /// A lag that doesn't vary isn't longer than the shortest of the delays, which three of them confirm as far as
    /// there are so many. No server is assumed to be faster than [`LONGEST_LAG`].
    pub(super) fn cleared(&self) -> TimeDelta {
        let confirmed = self.sorted.iter().take(THRICE).next_back();
        confirmed.map_or(LONGEST_LAG, |delay| LONGEST_LAG.max(*delay))
    }

    /// No delay is shorter than the lag, so the median is an upper bound if the lag is always the same. A lag that
    /// varies, or may, can be as long as the longest delay.
    pub(super) fn bounds(&self, step: Option<Bounds>) -> Option<Bounds> {
        if self.sorted.len() < THRICE {
            return None;
        }
        let at_least = self.missing;
        let (usual, longest) = (*self.sorted.get(self.sorted.len() / 2)?, *self.sorted.last()?);
        let enough = self.sorted.len() >= LEAST_VALUES && !self.vary();
        let steady = enough && step.is_some_and(|step| usual - at_least <= step.at_least);
        let at_most = if steady { usual } else { longest };
        Some(Bounds { at_least: at_least.min(at_most), at_most })
    }

    fn vary(&self) -> bool {
        self.sorted.first().is_some_and(|least| *least < self.missing)
    }
}

fn delay(run: &[Dated]) -> Option<TimeDelta> {
    let first = run.first()?;
    Some((first.read() - first.last_used?).max(TimeDelta::zero()))
}

fn missing(row: &Row, step: TimeDelta, limit: TimeDelta) -> Option<TimeDelta> {
    let missing = row.runs().filter_map(|run| {
        let last = run.last()?;
        let recorded = last.last_used?.checked_add_signed(step)?;
        Some(last.earliest() - row.first_use_from(recorded)?.latest())
    });
    let missing = missing.filter(|&length| length > TimeDelta::zero() && length <= limit);
    confirmed_at_least(missing.collect())
}
