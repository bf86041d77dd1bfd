//! How far the server's clock is from that of this computer (contract §13).

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, HeaderMap};

/// Stands for "no answer told".
const UNKNOWN: i64 = i64::MIN;

/// Two hundred years, in seconds: who adds this to a time gets another one, whatever a server says.
const FARTHEST: i64 = 200 * 366 * 86_400;

/// The seconds by which the server is ahead, as its last answer told.
pub(super) struct Clock(AtomicI64);

impl Default for Clock {
    fn default() -> Self {
        Self(AtomicI64::new(UNKNOWN))
    }
}

impl Clock {
    /// Reads the `Date` of an answer that came at `now`.
    pub(super) fn note(&self, headers: &HeaderMap, now: DateTime<Utc>) {
        let date = headers.get(DATE).and_then(|value| value.to_str().ok());
        let date = date.and_then(|text| DateTime::parse_from_rfc2822(text).ok());
        if let Some(date) = date {
            let ahead = date.timestamp() - now.timestamp();
            self.0.store(ahead.clamp(-FARTHEST, FARTHEST), Ordering::Relaxed);
        }
    }

    pub(super) fn skew(&self) -> Option<TimeDelta> {
        let seconds = self.0.load(Ordering::Relaxed);
        if seconds == UNKNOWN { None } else { TimeDelta::try_seconds(seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_answer_tells_how_far_the_clocks_are_apart() {
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let table = [
            (Some("Tue, 24 Nov 2026 10:00:00 GMT"), Some(0)),
            (Some("Tue, 24 Nov 2026 10:12:00 GMT"), Some(720)),
            (Some("Mon, 23 Nov 2026 10:00:00 GMT"), Some(-86_400)),
            (Some("31 Dec 262142 23:59:59 GMT"), Some(FARTHEST)),
            (Some("01 Jan 0001 00:00:00 GMT"), Some(-FARTHEST)),
            (Some("some time ago"), None),
            (None, None),
        ];
        for (date, seconds) in table {
            let (clock, mut headers) = (Clock::default(), HeaderMap::new());
            if let Some(date) = date {
                headers.insert(DATE, date.parse().unwrap());
            }
            clock.note(&headers, now);
            assert_eq!(clock.skew().map(|skew| skew.num_seconds()), seconds, "{date:?}");
        }
    }
}
