//! When a place was last changed, as its own program says.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::again;
use super::command::Command;
use super::program;
use crate::model::rotation::destination::Destination;

/// How long a program may take to say it.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first of the seconds since 1970 that are taken for a date: a day in 2001. Smaller numbers are something else.
const FIRST_SECONDS: i64 = 1_000_000_000;

/// When the place was last changed; `None` if its program can't say, or didn't.
pub(crate) async fn changed_at(destination: &Destination) -> Option<DateTime<Utc>> {
    let command = Command::parse(&again::asking(destination)?).ok()?;
    latest(&program::ask(&command, PATIENCE).await?)
}

/// The latest date that a program printed.
fn latest(said: &str) -> Option<DateTime<Utc>> {
    said.split_whitespace().filter_map(date).max()
}

/// A date in the format of RFC 3339, or in seconds since 1970, as version 1 of `aws` prints it.
fn date(word: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = DateTime::parse_from_rfc3339(word) {
        return Some(date.to_utc());
    }
    let seconds = word.split('.').next()?.parse().ok()?;
    DateTime::from_timestamp(seconds, 0).filter(|_| seconds >= FIRST_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_date_counts_in_any_form_that_a_program_prints() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        for (said, date) in [
            ("2026-11-24T14:03:00Z\n", "2026-11-24T14:03:00Z"),
            ("2026-11-24T15:03:00.123000+01:00", "2026-11-24T14:03:00.123Z"),
            ("1795528980.0", "2026-11-24T14:03:00Z"),
            ("2026-11-01T00:00:00Z 2026-11-24T14:03:00Z", "2026-11-24T14:03:00Z"),
        ] {
            assert_eq!(latest(said), Some(at(date)), "{said}");
        }
        for said in ["", "None", "404", "2026-11-24", "null"] {
            assert_eq!(latest(said), None, "{said}");
        }
    }
}
