//! How much disk space years of history take.
//!
//! The figures in ARCHITECTURE.md are those of 10,000 tokens, in an optimized build:
//! `TOKENS=10000 LOOKS=8 CARGO_PROFILE_DEV_OPT_LEVEL=3 cargo test -p token-desk --lib growth --
//! --nocapture`.

use std::env;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use super::{begin, list, record};
use crate::model::connection::Connection;
use crate::storage::history::Book;

const DAYS: i64 = 3 * 365;
/// The most that 10,000 tokens may take.
const MOST_BYTES: u64 = 100_000_000;

#[test]
fn three_years_of_a_list_stay_small() {
    let tokens = given("TOKENS", 100);
    let looks_a_day = given("LOOKS", 1);
    let folder = tempfile::tempdir().unwrap();
    let (book, _) = Book::open(folder.path()).unwrap();
    let connection = Connection::sample();
    let ids: Vec<_> = (0..tokens).map(|number| format!("665f1c0a9b3e4d0012{number:06x}")).collect();
    let mut slowest = Duration::ZERO;
    for day in 0..DAYS {
        for look in 0..looks_a_day {
            let at = begin() + TimeDelta::hours(day * 24 + 9 + look);
            let now = ids.iter().zip(0..).map(|(id, number)| (&**id, last_used(number, at)));
            let list = list(&connection, now);
            let since = Instant::now();
            record(&book, &connection, &list, at);
            book.thin(&connection, at, || Ok(Vec::new())).unwrap();
            slowest = slowest.max(since.elapsed());
        }
    }
    let since = Instant::now();
    let looks = book
        .sightings(&connection, &[&ids[0].as_str().into()], begin())
        .unwrap()
        .pop()
        .unwrap()
        .unwrap()
        .all
        .len();
    let read = since.elapsed();
    // Closing writes the log into the database.
    drop(book);
    let bytes = size(folder.path());
    println!(
        "{tokens} tokens, {looks_a_day} looks a day, 3 years: {} kB; a look was written in at most \
         {slowest:.1?}, the {looks} looks at a token are read in {read:.1?}",
        bytes / 1_000
    );
    assert!(bytes * 10_000 < MOST_BYTES * tokens.unsigned_abs(), "{bytes} bytes");
}

/// Of ten tokens one is in use all day, two are used every night, one on weekdays, one once a week and
/// one now and then; four are not used at all.
fn last_used(number: i64, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // No two are used at the same second.
    let jitter = (number * 7_919 + at.timestamp() / 86_400 * 104_729) % 1_800;
    let day = at.timestamp().div_euclid(86_400);
    let nightly = |day: i64| Some(day * 86_400 + 3 * 3_600 + jitter);
    let used = match number % 10 {
        0 => Some(at.timestamp() - jitter / 6),
        1 | 2 => nightly(day),
        // 1970 began on a Thursday.
        3 => nightly(match (day + 4) % 7 {
            0 => day - 2,
            6 => day - 1,
            _ => day,
        }),
        4 => nightly(day - (day + number) % 7),
        5 => nightly(day - (day * 31 + number) % 17),
        _ => None,
    };
    used.and_then(|used| DateTime::from_timestamp(used, 0))
}

fn given(variable: &str, usual: i64) -> i64 {
    env::var(variable).ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

fn size(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
}
