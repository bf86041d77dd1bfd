//! How far the clocks of the servers are ahead of this computer's, in seconds.

use chrono::{DateTime, TimeDelta, Utc};

use super::draw::Draw;
use crate::support::now;

pub const HOUR: i64 = 3_600;
pub const DAY: i64 = 24 * HOUR;
/// Clocks that run wrong, and are gone by.
const WRONG: [i64; 4] = [47 * HOUR, DAY, 9 * HOUR, -30 * HOUR];
/// Clocks that were never set, and are not gone by.
const ABSURD: [i64; 3] = [3 * 365 * DAY, -3 * 365 * DAY, 400 * DAY];

/// One clock that is right, one that is wrong but believed, and one that isn't believed, in any
/// order.
pub fn drawn(draw: &mut Draw) -> [i64; 3] {
    let mut clocks = [0, draw.of(&WRONG), draw.of(&ABSURD)];
    clocks.rotate_left(draw.below(3));
    clocks.swap(0, draw.below(3));
    clocks
}

/// The time at a server whose clock is so far ahead.
pub fn there(ahead: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(ahead)
}

/// The time that the tokens of such a server are judged by.
pub fn judged(ahead: i64) -> DateTime<Utc> {
    if ABSURD.contains(&ahead) { now() } else { there(ahead) }
}
