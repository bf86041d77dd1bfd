//! How long a server asks to wait.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::answers;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

const LONGEST: u64 = 60;
/// From here on a number is a moment, not a number of seconds.
const MOMENTS_FROM: u64 = 1_000_000_000;

/// No wait is above 60 s, a number of seconds is taken at its word, and a wait does not grow while
/// time goes by. The first line is the time now, the others are headers.
///
/// # Panics
/// Where that does not hold.
pub fn wait(bytes: &[u8]) {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let now = lines.next().and_then(|line| std::str::from_utf8(line).ok()?.parse().ok());
    let now: DateTime<Utc> = now.unwrap_or_default();
    let headers: HeaderMap = lines.filter_map(header).collect();
    let wait = answers::wait(&headers, now);
    assert!(wait.is_none_or(|wait| wait <= Duration::from_secs(LONGEST)), "{wait:?}");
    if let Some(seconds) = plain_seconds(&headers) {
        assert_eq!(wait, Some(Duration::from_secs(seconds.min(LONGEST))));
    }
    if let Some(later) = now.checked_add_signed(TimeDelta::minutes(1)) {
        let then = answers::wait(&headers, later);
        assert!(then <= wait && then.is_some() == wait.is_some(), "{wait:?}, then {then:?}");
    }
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?))
}

fn plain_seconds(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get("retry-after")?.to_str().ok()?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|seconds| digits && *seconds < MOMENTS_FROM)
}
