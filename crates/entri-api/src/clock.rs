//! How far the server's clock differs from this computer's (docs/entri-api.md#tolerance).

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, HeaderMap};

/// No response has told a time yet.
const UNKNOWN: i64 = i64::MIN;

/// Two hundred years, in seconds: adding it to a time gives another valid time, whatever a server
/// says.
const FARTHEST: i64 = 200 * 366 * 86_400;

/// A clock that is further off was never set.
const BELIEVED: TimeDelta = TimeDelta::days(2);
/// How far apart the clocks of one server may be.
const CLOSE: TimeDelta = TimeDelta::minutes(1);

/// How many seconds the server is ahead, according to its last response.
pub(crate) struct Clock(AtomicI64);

impl Default for Clock {
    fn default() -> Self {
        Self(AtomicI64::new(UNKNOWN))
    }
}

impl Clock {
    /// Reads the `Date` header of a response received at `now`.
    pub(crate) fn note(&self, headers: &HeaderMap, now: DateTime<Utc>) {
        if let Some(date) = date(headers) {
            let ahead = date.timestamp() - now.timestamp();
            self.0.store(ahead.clamp(-FARTHEST, FARTHEST), Ordering::Relaxed);
        }
    }

    pub(crate) fn skew(&self) -> Option<TimeDelta> {
        let seconds = self.0.load(Ordering::Relaxed);
        if seconds == UNKNOWN { None } else { TimeDelta::try_seconds(seconds) }
    }
}

/// The latest that it may be at a server whose response arrived at `here`: the time in its `Date`,
/// if that can be right. Its records may follow another clock than its responses, which also cut
/// off fractions of a second.
pub(crate) fn time_at(headers: &HeaderMap, here: DateTime<Utc>) -> DateTime<Utc> {
    let said = date(headers).filter(|it| (*it - here).abs() <= BELIEVED);
    said.unwrap_or(here) + CLOSE
}

fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let date = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(date).ok().map(|it| it.to_utc())
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
    #[test]
    fn a_date_that_cannot_be_right_is_not_the_time_at_the_server() {
        let here = "2026-11-24T10:00:00Z".parse().unwrap();
        for (date, minutes) in [
            ("Tue, 24 Nov 2026 10:12:00 GMT", 13),
            ("Tue, 24 Nov 2026 09:00:00 GMT", -59),
            ("Tue, 01 Jun 2027 10:00:00 GMT", 1),
            ("31 Dec 262142 23:59:59 GMT", 1),
            ("some time ago", 1),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(DATE, date.parse().unwrap());
            assert_eq!((time_at(&headers, here) - here).num_minutes(), minutes, "{date}");
        }
    }
}
