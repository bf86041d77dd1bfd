//! Calls that the app itself made with a token's value to test it. They count as uses at the server, and say nothing
//! about anybody else's.

use chrono::{DateTime, TimeDelta, Utc};

use super::PRECISION;
use crate::Date;

/// A call of the app with a token's value, which the server accepted. All times are the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnUse {
    /// The earliest date of use that the call can have left.
    pub from: DateTime<Utc>,
    /// The latest date of use that the call can have left.
    pub until: DateTime<Utc>,
    /// The last use that a list showed just before the call.
    pub before: Date,
}

impl OwnUse {
    /// Whether this date of use may be that of the call. Dates are rounded down by `step` at most; `from` may allow for
    /// that already.
    #[must_use]
    pub fn explains(&self, used: DateTime<Utc>, step: TimeDelta) -> bool {
        let off = |by: TimeDelta| by.checked_add(&PRECISION).unwrap_or(TimeDelta::MAX);
        self.from.checked_sub_signed(off(step)).is_none_or(|from| from <= used)
            && self.until.checked_add_signed(PRECISION).is_none_or(|until| used <= until)
    }

    /// Whether this date of use lies where the call left its own.
    fn left(&self, used: DateTime<Utc>) -> bool {
        self.from <= used && used <= self.until
    }
}

/// The last use by anybody else: that of before the app's own calls, if the one shown may be theirs.
#[must_use]
pub fn by_others(last_used: Date, own: &[OwnUse]) -> Date {
    let mut last_used = last_used;
    while let Date::At(used) = last_used
        && let Some(call) = own.iter().find(|call| call.left(used))
    {
        match call.before {
            // What was there before can't be later.
            Date::At(before) if before >= used => break,
            before => last_used = before,
        }
    }
    last_used
}
