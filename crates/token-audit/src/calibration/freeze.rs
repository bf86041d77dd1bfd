//! Whether the row has stopped moving although the token is used.

use chrono::{DateTime, TimeDelta, Utc};

use super::row::Row;
use super::{Bounds, LONGEST_LAG, LONGEST_STEP, longest};

/// The row must have stood still for this many times the longest step, and the longest lag.
const TIMES: i32 = 3;
/// At least this many loads must have used the token without moving the row.
const LEAST_USES: usize = 2;

/// The value at which the row stopped, or when the first load began if it never showed one; `None` if it moves, or
/// may still.
///
/// A use that must have been recorded is missing: it came later than the value shown by more than the step, and
/// earlier than the row was read by more than the lag. `cleared` is a time that the lag doesn't exceed, as far as the
/// delays say.
pub(super) fn since(
    row: &Row,
    step: Option<Bounds>,
    lag: Option<Bounds>,
    cleared: TimeDelta,
) -> Option<DateTime<Utc>> {
    let first = row.first()?;
    // The load before the last one shows it already: a single one may be dated by a wrong clock.
    let [.., read, last] = row.last_run() else { return None };
    let step = longest(step, LONGEST_STEP);
    // A server that writes in batches shows some uses sooner than others.
    let longest_lag = lag.map_or(cleared, |lag| lag.at_least.max(cleared));
    let stopped = last.last_used.unwrap_or(first.earliest());
    let recorded = match last.last_used {
        Some(value) => value.checked_add_signed(step)?,
        None => first.earliest(),
    };
    let shown = read.earliest().checked_sub_signed(longest_lag)?;
    let still = read.earliest() - stopped;
    let stands_still = still >= (step * TIMES).max(longest(lag, LONGEST_LAG) * TIMES);
    (stands_still && row.uses(recorded, shown) >= LEAST_USES).then_some(stopped)
}
