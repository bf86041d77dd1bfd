//! What may be said about a scan, and how far it is. The words come from its ledger: only the proof that everything was
//! read says that nothing was found.

use std::time::Duration;

use token_scan::{AllRead, Fault, Ledger, Outcome, Report, Rule, Unit};

use super::show::FoundToken;
use super::whose::Life;
use crate::text::{counted, grouped};

/// The title of a scan that has ended.
pub(super) fn title(outcome: Outcome, ledger: &Ledger, tokens: &[FoundToken]) -> String {
    match outcome {
        Outcome::NothingFound(_) if !anything_read(ledger) => "Nothing to scan".to_owned(),
        Outcome::NothingFound(all_read) => {
            let outside =
                if left_out(ledger).is_empty() { "" } else { " outside of what was skipped" };
            format!("{}{outside}", nothing_found(all_read))
        }
        Outcome::NothingFoundInWhatWasRead => {
            format!("Nothing found in what could be read; {} could not be", unread(ledger))
        }
        Outcome::Found(Some(_)) if tokens.is_empty() => {
            "Nothing found but what belongs where it is".to_owned()
        }
        Outcome::Found(_) if tokens.is_empty() => format!(
            "Nothing found but what belongs where it is; {} could not be read",
            unread(ledger)
        ),
        Outcome::Found(_) => found(tokens),
    }
}

/// The same, where nobody asked yet whose the tokens are.
pub(super) fn in_short(report: &Report) -> String {
    match report.outcome() {
        Outcome::Found(_) => counted(report.hits.len() as u64, "place"),
        outcome => title(outcome, &report.ledger, &[]),
    }
}

/// The title of one that was canceled, or crashed.
pub(super) fn cut_short(how: &str, tokens: &[FoundToken]) -> String {
    if tokens.is_empty() {
        format!("{how}. Nothing found in what was read until then")
    } else {
        format!("{how}. {} until then", found(tokens))
    }
}

/// Whoever calls this has the proof that everything was read.
fn nothing_found(_: AllRead) -> &'static str {
    "Nothing found"
}

/// `4 tokens in 11 places: 1 live, 2 dead, 1 not known`.
pub(super) fn found(tokens: &[FoundToken]) -> String {
    let count = |wanted: fn(Life) -> bool| tokens.iter().filter(|it| wanted(it.life)).count();
    let places = tokens.iter().map(|it| it.count).sum();
    let lives = [
        (count(|life| life == Life::Live), "live"),
        (count(Life::is_dead), "dead"),
        (count(|life| life == Life::Unknown), "not known"),
    ];
    let lives = lives.iter().filter(|(count, _)| *count > 0);
    let lives: Vec<_> =
        lives.map(|(count, what)| format!("{} {what}", grouped(*count as u64))).collect();
    let (tokens, places) = (counted(tokens.len() as u64, "token"), counted(places, "place"));
    format!("{tokens} in {places}: {}", lives.join(", "))
}

/// `3 files`: what could not be read.
pub(super) fn unread(ledger: &Ledger) -> String {
    let of_history = |fault: &Fault| matches!(fault, Fault::MissingObject | Fault::NotFetched);
    let all = ledger.all_unread();
    let count = all.values().map(|it| it.tally.count).sum();
    let one = match (all.keys().all(of_history), all.keys().any(of_history)) {
        (true, _) => "Git object",
        (_, true) => "item",
        _ => "file",
    };
    counted(count, one)
}

/// What rules skipped that could hold more, by rule: not what was read under another name.
pub(super) fn left_out(ledger: &Ledger) -> Vec<(Rule, u64)> {
    let rules = [Rule::Link, Rule::OtherFileSystem];
    let skipped = ledger.all_skipped();
    rules.iter().filter_map(|rule| Some((*rule, skipped.get(rule)?.count))).collect()
}

fn anything_read(ledger: &Ledger) -> bool {
    // The name of an empty folder is all there is of it.
    ledger.all_read().keys().any(|unit| *unit != Unit::Name)
}

/// Before that, a rate says nothing.
const TELLS_AFTER: Duration = Duration::from_secs(1);

/// `1.2 of 4.9 GB · 310 MB/s · about 12 s left`.
pub(super) fn progress(read: u64, expected: u64, elapsed: Duration) -> String {
    let so_far = format!("{} of {}", bytes(read), bytes(expected));
    let rate = u64::try_from(u128::from(read) * 1_000 / elapsed.as_millis().max(1));
    let rate = rate.unwrap_or(u64::MAX);
    if elapsed < TELLS_AFTER || rate == 0 {
        return so_far;
    }
    format!("{so_far} · {}/s · about {} left", bytes(rate), time((expected - read) / rate))
}

/// `3.1 s`, `4 min`.
pub(super) fn took(length: Duration) -> String {
    match length.as_secs() {
        0 if length.subsec_millis() < 100 => "0.1 s".to_owned(),
        0..10 => format!("{}.{} s", length.as_secs(), length.subsec_millis() / 100),
        seconds => time(seconds),
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{} s", seconds.max(1)),
        100..6_000 => format!("{} min", seconds / 60),
        _ => counted(seconds / 3_600, "hour"),
    }
}

/// `218 MB`, `4.9 GB`.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let (mut whole, mut rest, mut unit) = (bytes / 1_000, bytes % 1_000, 0);
    if whole == 0 {
        return format!("{bytes} bytes");
    }
    while whole >= 1_000 && unit < UNITS.len() - 1 {
        (whole, rest, unit) = (whole / 1_000, whole % 1_000, unit + 1);
    }
    let tenth = rest / 100;
    let point = if whole < 10 && tenth > 0 { format!(".{tenth}") } else { String::new() };
    format!("{whole}{point} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 999, 1_000, 1_234, 218_000_000, 4_940_000_000, u64::MAX];
        let told = ["0 bytes", "999 bytes", "1 kB", "1.2 kB", "218 MB", "4.9 GB", "18446 PB"];
        assert_eq!(sizes.map(bytes), told);
    }

    #[test]
    fn what_is_left_follows_from_the_rate() {
        let at = |read, millis| progress(read, 4_000_000_000, Duration::from_millis(millis));
        assert_eq!(at(0, 0), "0 bytes of 4 GB");
        assert_eq!(at(500_000_000, 500), "500 MB of 4 GB");
        assert_eq!(at(1_000_000_000, 2_000), "1 GB of 4 GB · 500 MB/s · about 6 s left");
        assert_eq!(at(4_000_000_000, 2_000), "4 GB of 4 GB · 2 GB/s · about 1 s left");
        assert_eq!(at(1_000, 2_000), "1 kB of 4 GB · 500 bytes/s · about 2,222 hours left");
    }
}
