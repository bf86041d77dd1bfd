//! What occasional snapshots show about when a token was used, and what they don't.

mod bars;
mod exposed;
mod properties;
mod rehearsal;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::history::{Day, Observation, Step, UseHistory};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// Midnight of 2 March 2026, a Monday.
fn begin() -> DateTime<Utc> {
    at("2026-03-02T00:00:00Z")
}

/// A look at a moment that the server told.
fn look(at: DateTime<Utc>, last_used: Option<DateTime<Utc>>) -> Observation {
    Observation { at, slack: TimeDelta::zero(), last_used }
}

fn minute(minutes: i64) -> DateTime<Utc> {
    begin() + TimeDelta::minutes(minutes)
}

/// What a server reports at each snapshot about a token that was used at these times.
fn looked(uses: &[DateTime<Utc>], looks: &[DateTime<Utc>]) -> Vec<Observation> {
    let last_used = |look: DateTime<Utc>| uses.iter().copied().filter(|used| *used <= look).max();
    looks.iter().map(|&at| look(at, last_used(at))).collect()
}

/// Each of these days at this hour and minute.
fn on(days: impl IntoIterator<Item = i64>, hour: i64, past: i64) -> Vec<DateTime<Utc>> {
    days.into_iter().map(|day| minute((day * 24 + hour) * 60 + past)).collect()
}

fn words(uses: &[DateTime<Utc>], looks: &[DateTime<Utc>]) -> String {
    let history =
        UseHistory::of(&looked(uses, looks), *looks.last().expect("a look")).expect("a history");
    history.words(Step::Fine).join(" ")
}

/// Of this many days, the Mondays.
fn mondays(days: i64) -> impl Iterator<Item = i64> {
    (0..days).step_by(7)
}

#[test]
fn a_rhythm_is_said_where_it_was_seen() {
    let every_day = on(0..60, 14, 0);
    let table = [
        (on(0..60, 3, 1), "Nightly around 03:00 UTC."),
        (on(0..60, 23, 40), "Nightly around 00:00 UTC."),
        (on(0..60, 9, 20), "Daily around 09:00 UTC."),
        (on((0..60).filter(|day| day % 7 < 5), 8, 55), "Weekdays around 09:00 UTC."),
        (on(mondays(60), 6, 0), "Weekly on Mondays around 06:00 UTC."),
        (on([1, 2, 9, 20, 21, 40, 55], 6, 0), "Irregular: used on 7 of 60 days."),
        (on([1, 2], 6, 0), "Used on 2 of 60 days until 4 March, then nothing."),
        (on(0..49, 3, 0), "Nightly around 03:00 UTC until 19 April, then nothing."),
        (vec![], "No use recorded in 60 days."),
    ];
    for (uses, expected) in table {
        assert_eq!(words(&uses, &every_day), expected);
    }
}

#[test]
fn a_gap_is_no_silence_and_said() {
    // The computer was off on days 49 to 62, so whether the token was used is unknown.
    let looks = on((0..49).chain(63..80), 14, 0);
    assert_eq!(
        words(&on(0..80, 3, 0), &looks),
        "Nightly around 03:00 UTC. No data 20 Apr – 3 May. No data for 14 days."
    );
    // The last use of before is still the last one: that says that there was none.
    assert_eq!(
        words(&on(0..49, 3, 0), &looks),
        "Nightly around 03:00 UTC until 19 April, then nothing. No data 20 Apr – 3 May."
    );
}

#[test]
fn the_rhythm_of_the_looks_is_not_that_of_the_token() {
    // In use all day: the last use lies shortly before each look.
    let busy: Vec<_> = (0..60 * 24 * 6).map(|at| minute(at * 10)).collect();
    assert_eq!(words(&busy, &on(0..60, 9, 5)), "Daily.");
    // Looked at on Mondays: of the other days nothing is known.
    let looks = on(mondays(90), 9, 0);
    let said = words(&on(0..90, 3, 0), &looks);
    assert!(said.starts_with("Used on 13 of 13 days. No data for 72 days."), "{said}");
}

/// A server that writes down one use in 24 hours tells nothing of the hour.
#[test]
fn the_rhythm_of_the_servers_writing_is_not_that_of_the_token() {
    let busy = (0..).map(|at| minute(at * 7)).take_while(|used| *used < minute(40 * 24 * 60));
    let mut written: Vec<DateTime<Utc>> = Vec::new();
    for used in busy.skip(60) {
        if written.last().is_none_or(|last| used - *last >= TimeDelta::days(1)) {
            written.push(used);
        }
    }
    assert_eq!(words(&written, &on(0..40, 14, 0)), "Daily.");
    // A job that starts a little earlier or later each night does tell its hour.
    let job: Vec<_> = (0..40).map(|day| minute(day * 24 * 60 + 180 + day * 13 % 10)).collect();
    assert_eq!(words(&job, &on(0..40, 14, 0)), "Nightly around 03:00 UTC.");
}

#[test]
fn a_return_is_said_with_how_long_it_was_silent() {
    let uses = [on([-140, 30], 3, 0), on(31..40, 3, 0)].concat();
    let said = words(&uses, &on(0..40, 14, 0));
    assert!(said.contains("Used again on 1 April after 170 days."), "{said}");
    // Nobody looked on the days before it came back.
    let said = words(&uses, &on((0..10).chain(36..40), 14, 0));
    assert!(said.contains("Used again on 7 April after at least 149 days."), "{said}");
    let said = words(&on([-50, 1], 3, 0), &on(0..40, 14, 0));
    assert!(!said.contains("Used again"), "{said}");
}

#[test]
fn two_weeks_without_a_use_are_worth_a_word_and_less_are_not() {
    let usual = |days: i64| {
        let looks = looked(&[], &on(0..days, 14, 0));
        UseHistory::of(&looks, looks[looks.len() - 1].at).unwrap().usual(Step::Fine)
    };
    assert_eq!(usual(13), None);
    assert_eq!(usual(14).as_deref(), Some("No use recorded in 14 days."));
}

/// Looks at a server whose clock is unknown, so that each may be two days off.
#[test]
fn what_depends_on_a_clock_that_nobody_knows_is_not_said() {
    let unknown = |uses: &[DateTime<Utc>]| {
        let looks = looked(uses, &on(0..60, 14, 0));
        let of = |it| Observation { slack: TimeDelta::days(2), ..it };
        let looks: Vec<_> = looks.into_iter().map(of).collect();
        UseHistory::of(&looks, looks[59].at).unwrap().words(Step::Fine).join(" ")
    };
    assert_eq!(unknown(&on(0..60, 3, 1)), "Daily.", "the hour may be that of the looks");
    assert_eq!(unknown(&[]), "No use recorded in 56 days. No data for 4 days.");
    let said = unknown(&on([-100, 20], 3, 0));
    assert!(said.contains("Used again on 22 March after at least 117 days."), "{said}");
}

/// A list takes minutes to load, over midnight too.
#[test]
fn a_use_while_the_list_was_read_keeps_its_day() {
    let looks = [look(minute(60), None), look(minute(24 * 60 - 1), Some(minute(24 * 60 + 1)))];
    let history = UseHistory::of(&looks, looks[1].at).unwrap();
    assert_eq!(history.days(), [Day::Quiet, Day::Used]);
    // A date that lies ahead of the server's own time is none of a use to come.
    let looks = [look(minute(60), Some(minute(30 * 24 * 60)))];
    assert_eq!(UseHistory::of(&looks, looks[0].at).unwrap().days(), [Day::Used]);
}

#[test]
fn no_more_is_said_than_the_server_tells() {
    let midnight = |day: DateTime<Utc>| day - TimeDelta::hours(14);
    let looks = on(0..60, 14, 0);
    let observed: Vec<_> = looks.iter().map(|&at| look(at, Some(midnight(at)))).collect();
    let reported = || observed.iter().filter_map(|it| it.last_used);
    let history = UseHistory::of(&observed, looks[59]).unwrap();
    assert_eq!(history.words(Step::of(reported())), ["Daily."]);
    assert_eq!(Step::of([]), Step::Day);
    assert_eq!(Step::of(reported().map(|day| day - TimeDelta::hours(2))), Step::Day);
    let summer = (0..9).map(|day| begin() + TimeDelta::hours(day * 24 - 1 - day % 2));
    assert_eq!(Step::of(summer), Step::Day, "the midnight of Oslo in winter and in summer");
    assert_eq!(Step::of(on([0, 1, 2], 3, 0).into_iter().chain(on([1], 9, 0))), Step::Hour);
    assert_eq!(Step::of(on([0], 3, 1)), Step::Fine);
}
