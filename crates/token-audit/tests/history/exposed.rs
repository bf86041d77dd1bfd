//! What was seen of a token while its value was exposed, and what of it is unusual.

use chrono::{NaiveDate, TimeDelta};
use token_audit::history::{Exposed, Step, UseHistory};

use crate::{looked, minute, on};

const HIDDEN: &str = "The server reports only the latest use, so others may be hidden.";

/// Exposed from the thirtieth day on, as told after sixty days.
fn exposed(
    uses: &[chrono::DateTime<chrono::Utc>],
    looks: &[chrono::DateTime<chrono::Utc>],
) -> Exposed {
    let history = UseHistory::of(&looked(uses, looks), minute(60 * 24 * 60)).expect("a history");
    let day = |day: i64| minute(day * 24 * 60).date_naive();
    history.exposed(day(30), day(59), Step::Fine)
}

#[test]
fn what_fits_the_usual_pattern_is_told_from_what_does_not() {
    let looks = [on(0..60, 14, 0), on(0..60, 23, 50)].concat();
    let mut looks = looks;
    looks.sort_unstable();
    let table = [
        (on(0..60, 3, 1), 30, Some(0), "None breaks its usual pattern."),
        (
            [on(0..60, 3, 1), on([40], 16, 5)].concat(),
            31,
            Some(1),
            "1 doesn’t fit its usual pattern: 11 Apr 2026, 16:05 UTC.",
        ),
        (on([33], 8, 0), 1, None, "It has no usual pattern to compare with."),
    ];
    for (uses, seen, odd, said) in table {
        let told = exposed(&uses, &looks);
        assert_eq!(told.uses.len(), seen);
        assert_eq!(told.unusual.as_ref().map(Vec::len), odd);
        let words = told.words(Step::Fine);
        assert!(words.contains(&said.to_owned()), "{words:?}");
        assert_eq!(words.last().map(String::as_str), Some(HIDDEN));
    }
}

#[test]
fn a_stranger_who_uses_it_all_the_time_does_not_become_usual() {
    let mut looks = [on(0..60, 14, 0), on(0..60, 23, 50)].concat();
    looks.sort_unstable();
    let told = exposed(&[on(0..30, 3, 1), on(30..60, 16, 5)].concat(), &looks);
    assert_eq!((told.uses.len(), told.unusual.map(|it| it.len())), (30, Some(30)));
}

#[test]
fn days_before_the_history_are_unknown() {
    let looks = on(10..60, 14, 0);
    let uses = on(10..60, 3, 1);
    let history = UseHistory::of(&looked(&uses, &looks), minute(60 * 24 * 60)).expect("a history");
    let from = minute(0).date_naive() - TimeDelta::days(5);
    let told = history.exposed(from, minute(59 * 24 * 60).date_naive(), Step::Fine);
    assert_eq!(told.unknown, 15);
    assert!(told.words(Step::Fine).contains(&"Nothing is known about 15 of its days.".to_owned()));
    let none = history.exposed(NaiveDate::MIN, from, Step::Fine).words(Step::Fine);
    assert!(none.contains(&"No use was seen in that time.".to_owned()));
}
