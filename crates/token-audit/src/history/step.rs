//! How finely a server tells the time of a use.

use chrono::{DateTime, Utc};

use crate::verdict::DAY;

const QUARTER: i64 = 900;
const QUARTERS: usize = 96;
const HOUR: usize = 4;

/// The finest resolution in which the server reported last uses. Nothing more precise is ever claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The day, at most.
    Day,
    /// The hour.
    Hour,
    /// Less than an hour.
    Fine,
}

impl Step {
    /// Learnt from what the server reports. One time of the day only, or two an hour apart, is the
    /// midnight of some zone, in winter and in summer. Nothing reported tells nothing finer.
    #[must_use]
    pub fn of(reported: impl IntoIterator<Item = DateTime<Utc>>) -> Self {
        // Some zones are apart by a quarter of an hour.
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
