//! How long a server asks to wait (docs/entri-api.md#rate-limits).

use std::num::IntErrorKind;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;

/// No single wait is longer, in seconds (docs/entri-api.md#rate-limits).
const LONGEST: u64 = 60;
/// Numbers from here on are seconds since 1970, smaller ones seconds from now
/// (docs/entri-api.md#rate-limits).
const EPOCH_FROM: i64 = 1_000_000_000;

/// How long the headers ask to wait, at most 60 s; `None` if they say nothing that can be
/// understood.
pub(crate) fn asked(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let named = |name: &str| seconds(headers.get(name)?.to_str().ok()?, now);
    let suffixed = headers.iter().find(|(name, _)| name.as_str().starts_with("retry-after-"));
    let seconds = named("retry-after")
        .or_else(|| seconds(suffixed?.1.to_str().ok()?, now))
        .or_else(|| named("x-retry-after"))
        // Beside a header with a suffix, it belongs to a limit that wasn't exceeded.
        .or_else(|| named("x-ratelimit-reset").filter(|_| suffixed.is_none()))?;
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0).min(LONGEST)))
}

/// Seconds from now; negative if the moment has passed.
fn seconds(value: &str, now: DateTime<Utc>) -> Option<i64> {
    let value = value.trim();
    match value.parse::<i64>() {
        Ok(number) if number >= EPOCH_FROM => Some(number.saturating_sub(now.timestamp())),
        Ok(number) => Some(number),
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => Some(i64::MAX),
        Err(_) => {
            let date = DateTime::parse_from_rfc2822(value).ok()?;
            Some((date.to_utc() - now).num_seconds())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn wait(headers: &[(&'static str, &'static str)]) -> Option<u64> {
        let now = "2026-11-24T14:00:00Z".parse().unwrap();
        let map = headers
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        asked(&map, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn every_form_of_wait_is_read() {
        assert_eq!(wait(&[("retry-after", "8")]), Some(8));
        assert_eq!(wait(&[("retry-after", "Tue, 24 Nov 2026 14:00:20 GMT")]), Some(20));
        assert_eq!(wait(&[("retry-after-short", "5"), ("x-ratelimit-reset", "50")]), Some(5));
        assert_eq!(wait(&[("x-retry-after", "7")]), Some(7));
        assert_eq!(wait(&[("x-ratelimit-reset", "9")]), Some(9));
        assert_eq!(wait(&[("x-ratelimit-reset", "1795528812")]), Some(12));
        assert_eq!(wait(&[("retry-after", "soon"), ("x-retry-after", "3")]), Some(3));
    }

    #[test]
    fn a_wait_is_bounded_and_never_negative() {
        assert_eq!(wait(&[("retry-after", "99999")]), Some(60));
        assert_eq!(wait(&[("retry-after", "99999999999999999999999")]), Some(60));
        assert_eq!(wait(&[("retry-after", "-4")]), Some(0));
        assert_eq!(wait(&[("retry-after", "Tue, 24 Nov 2026 13:00:00 GMT")]), Some(0));
        assert_eq!(wait(&[("retry-after-short", "soon"), ("x-ratelimit-reset", "9")]), None);
        assert_eq!(wait(&[("retry-after", "NaN")]), None);
        assert_eq!(wait(&[]), None);
    }
}
