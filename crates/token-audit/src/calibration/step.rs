//! For how long uses may go unrecorded after the one that a row shows.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::Bounds;
use super::row::{Row, THRICE, confirmed_at_least, confirmed_at_most};

/// Dates are kept in whole seconds.
const SHORTEST: TimeDelta = TimeDelta::seconds(1);
/// With fewer values, a common divisor may be chance: of this many, all are even by chance in one case of ten
/// million.
const LEAST_VALUES: usize = 24;

/// What the values of all rows are multiples of.
pub(super) struct Grain {
    length: TimeDelta,
    /// Whether there are enough values, so that it isn't shorter.
    certain: bool,
}

/// The shortest distance between values of the row, since the server wrote both.
pub(super) fn at_most(row: &Row, grain: &Grain) -> Option<TimeDelta> {
    let distances = row.values().windows(2).map(|pair| pair[1] - pair[0]).collect();
    let distance = confirmed_at_most(distances, THRICE)?.max(SHORTEST);
    // A server that writes at most every few minutes, and shows less than it has written, shows a value that is older
    // than the use that it last wrote.
    let hides = SHORTEST < grain.length && grain.length < distance;
    Some(if hides { distance + grain.length } else { distance })
}

/// The step isn't shorter than the grain of all rows' values, nor than the time from the value shown to a later use
/// that wasn't recorded. A use counts as not recorded once `due` has passed without the row showing it.
pub(super) fn bounds(row: &Row, grain: &Grain, at_most: TimeDelta, due: TimeDelta) -> Bounds {
    let certain = if grain.certain { grain.length } else { SHORTEST };
    let skipped = skipped(row, at_most, due).unwrap_or(SHORTEST);
    Bounds { at_least: certain.max(skipped).min(at_most), at_most }
}

fn skipped(row: &Row, at_most: TimeDelta, due: TimeDelta) -> Option<TimeDelta> {
    let skipped = row.runs().filter_map(|run| {
        let last = run.last()?;
        let shown = last.earliest().checked_sub_signed(due)?;
        Some(row.last_use_until(shown)?.earliest() - last.last_used?)
    });
    // What wasn't recorded for longer than that was never going to be: the row was frozen.
    let skipped = skipped.filter(|&length| length > TimeDelta::zero() && length <= at_most);
    confirmed_at_least(skipped.collect())
}

impl Grain {
    /// From distances, because days may begin at the midnight of any time zone.
    pub(super) fn of(values: &[DateTime<Utc>]) -> Self {
        let (mut seen, mut length, mut first) = (HashSet::new(), 0, None);
        for value in values.iter().map(DateTime::timestamp) {
            let first = *first.get_or_insert(value);
            length = divisor(length, value - first);
            if length == 1 {
                return Self { length: SHORTEST, certain: true };
            }
            seen.insert(value);
        }
        let certain = seen.len() >= LEAST_VALUES;
        Self { length: TimeDelta::seconds(length).max(SHORTEST), certain }
    }
}

fn divisor(one: i64, other: i64) -> i64 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
