//! How precisely a server reports the time of a use.

use chrono::{DateTime, Utc};

use crate::verdict::DAY;

const QUARTER: i64 = 900;
const QUARTERS: usize = 96;
const HOUR: usize = 4;

/// The finest resolution in which the server reported last uses. Nothing more precise is ever claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The day at best, so no hour is ever claimed.
    Day,
    /// The hour at best: every time is a full hour.
    Hour,
    /// More precise than an hour.
    Fine,
}

impl Step {
    /// Learned from what the server reports. If there is only one time of day, or two that are an
    /// hour apart, it is the midnight of some time zone, in winter and in summer. Without any
    /// report, nothing finer than a day is assumed.
    #[must_use]
    pub fn of(reported: impl IntoIterator<Item = DateTime<Utc>>) -> Self {
        // Some time zones differ by a quarter of an hour.
        let mut told = [false; QUARTERS];
        for time in reported {
            let second = time.timestamp().rem_euclid(DAY);
            if second % QUARTER != 0 {
                return Self::Fine;
            }
            told[usize::try_from(second / QUARTER).unwrap_or(0)] = true;
        }
        let at: Vec<_> = (0..QUARTERS).filter(|&quarter| told[quarter]).collect();
        match at[..] {
            [] | [_] => Self::Day,
            [one, other] if [HOUR, QUARTERS - HOUR].contains(&(other - one)) => Self::Day,
            _ if at.iter().all(|quarter| quarter % HOUR == 0) => Self::Hour,
            _ => Self::Fine,
        }
    }

    pub(super) fn tells_hours(self) -> bool {
        self != Self::Day
    }
}
