//! What thinning the history removes and keeps.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use token_audit::Date;
use token_audit::history::{Day, Observation, UseHistory};

use super::{begin, hours, list, record};
use crate::model::connection::Connection;
use crate::storage::history::{Book, month};

const YEARS: i64 = 3 * 365;

/// A history of a token that was used at some hours, with snapshots at others.
fn book(uses: &[i64], looks: &[i64]) -> (Book, Connection) {
    let (book, connection) = (Book::in_memory().unwrap(), Connection::sample());
    for &look in looks {
        let last = uses.iter().copied().filter(|hour| *hour <= look).max().map(hours);
        record(&book, &connection, &list(&connection, [("t-1", last)]), hours(look));
    }
    (book, connection)
}

fn at_hour(days: std::ops::Range<i64>, hour: i64) -> Vec<i64> {
    days.map(|day| day * 24 + hour).collect()
}

fn looks(book: &Book, connection: &Connection) -> Vec<Observation> {
    book.sightings(connection, &[&"t-1".into()], begin()).unwrap().pop().unwrap().unwrap().all
}

/// The observation that was known at that time.
fn known_at(looks: &[Observation], at: DateTime<Utc>) -> Option<Observation> {
    looks.iter().rfind(|look| look.at <= at).copied()
}

#[test]
fn years_read_as_if_looked_at_once_a_week_and_the_last_year_day_by_day() {
    let (book, connection) = book(&at_hour(0..YEARS, 3), &at_hour(0..YEARS, 14));
    let now = hours(YEARS * 24);
    book.thin(&connection, now, || Ok(vec![])).unwrap();
    let looks = looks(&book, &connection);
    let old = looks.iter().filter(|look| look.at < now - TimeDelta::days(435)).count();
    assert!((90..135).contains(&old), "{old}: a week each, and the ends of months");
    let young = looks.iter().filter(|look| look.at > now - TimeDelta::days(400)).count();
    assert_eq!(young, 400, "every day");
    let first = looks[0];
    assert!(first.at < begin() + TimeDelta::days(7));
    assert_eq!(first.last_used, Some(first.at - TimeDelta::hours(11)));
    let before = looks.len();
    book.thin(&connection, now, || panic!("nothing is due")).unwrap();
    assert_eq!(super::thin::looks(&book, &connection).len(), before);
}

#[test]
fn the_first_look_the_last_use_and_that_it_vanished_are_kept() {
    let (book, connection) = book(&[5, 3 * 24 + 7], &at_hour(0..60, 14));
    let gone = list(&connection, [("", Date::None); 0]);
    record(&book, &connection, &gone, hours(60 * 24));
    let later = hours(YEARS * 24);
    record(&book, &connection, &gone, later);
    book.thin(&connection, later, || Ok(vec![])).unwrap();
    let token: (i64, i64, i64) = book
        .lock()
        .query_row("SELECT first_seen, last_used, vanished FROM token", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    let seconds = |hour: i64| hours(hour).timestamp();
    assert_eq!(token, (seconds(14), seconds(3 * 24 + 7), seconds(60 * 24)));
    let last = looks(&book, &connection).pop().unwrap();
    assert_eq!(last.last_used, Some(hours(3 * 24 + 7)));
    assert!(last.at < hours(60 * 24));
}

#[test]
fn what_a_decision_rests_on_is_kept() {
    let (book, connection) = book(&at_hour(0..200, 3), &at_hour(0..200, 14));
    let before = looks(&book, &connection);
    // Wednesday at noon: the snapshot before it is Tuesday's.
    let decided = hours(9 * 24 + 12);
    book.thin(&connection, hours(YEARS * 24), || Ok(vec![decided])).unwrap();
    let after = looks(&book, &connection);
    assert!(after.len() < before.len() / 4);
    let known = known_at(&after, decided).unwrap();
    assert_eq!(Some(known), known_at(&before, decided));
    assert_eq!(known.at, hours(8 * 24 + 14));
}

#[test]
fn thinning_goes_on_after_a_clock_that_ran_ahead() {
    let (book, connection) = book(&at_hour(0..YEARS, 3), &at_hour(0..YEARS, 14));
    let ahead = month(begin() + TimeDelta::days(4 * YEARS));
    book.lock().execute("UPDATE place SET thinned_to = ?1", [ahead]).unwrap();
    let before = looks(&book, &connection).len();
    let now = hours(YEARS * 24);
    book.put_right(&connection, now).unwrap();
    // Everything due by now was already thinned by the clock that ran ahead.
    book.thin(&connection, now, || panic!("nothing is due")).unwrap();
    book.thin(&connection, now + TimeDelta::days(365), || Ok(vec![])).unwrap();
    let left = looks(&book, &connection).len();
    assert!(left + 250 < before, "{left} of {before}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The remaining history is true, and the basis of each decision is unchanged.
    #[test]
    fn thinning_invents_nothing(
        mut uses in proptest::collection::vec(0..24 * 90i64, 0..60),
        mut at in proptest::collection::btree_set(0..24 * 90i64, 1..60),
        decided in 0..24 * 90i64,
    ) {
        uses.sort_unstable();
        let at: Vec<_> = std::mem::take(&mut at).into_iter().collect();
        let (book, connection) = book(&uses, &at);
        let before = looks(&book, &connection);
        book.thin(&connection, hours(YEARS * 24), || Ok(vec![hours(decided)])).unwrap();
        let after = looks(&book, &connection);
        for look in &after {
            prop_assert!(before.contains(look), "{look:?} was not seen");
        }
        prop_assert_eq!(known_at(&after, hours(decided)), known_at(&before, hours(decided)));
        prop_assert_eq!(after.last(), before.last());
        let until = hours(24 * 90);
        let used = |looks: &[Observation]| {
            let history = UseHistory::of(looks, until).unwrap();
            history.days().iter().filter(|day| **day == Day::Used).count()
        };
        prop_assert!(used(&after) <= used(&before));
    }
}
