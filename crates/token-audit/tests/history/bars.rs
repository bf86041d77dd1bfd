//! The days in a picture: as bars, and as letters.

use chrono::TimeDelta;
use token_audit::history::UseHistory;

use crate::{looked, on};

#[test]
fn days_become_bars_of_one_width() {
    let history = |days: i64| {
        let looks = on(0..days, 14, 0);
        UseHistory::of(&looked(&on(0..days, 3, 0), &looks), looks[looks.len() - 1]).unwrap()
    };
    let shape = |days| {
        let bars = history(days).bars(40);
        (bars.len(), bars[0].used, bars[0].to - bars[0].from)
    };
    assert_eq!(shape(1), (1, 1, TimeDelta::days(0)));
    assert_eq!(shape(40), (40, 1, TimeDelta::days(0)));
    assert_eq!(shape(41), (6, 7, TimeDelta::days(6)));
    assert_eq!(shape(281), (11, 28, TimeDelta::days(27)));
    let bars = history(2_000).bars(40);
    assert_eq!((bars.len(), bars[39].to), (40, history(2_000).first() + TimeDelta::days(1_999)));
}

#[test]
fn bars_become_letters() {
    let looks = on((0..20).chain(34..70), 14, 0);
    let letters = |days: &[i64]| {
        let seen = looked(&on(days.iter().copied(), 3, 0), &looks);
        UseHistory::of(&seen, looks[looks.len() - 1]).map(|history| history.letters(20))
    };
    let every_day: Vec<_> = (0..70).collect();
    assert_eq!(letters(&every_day).as_deref(), Some("444?144444"));
    assert_eq!(letters(&[0, 1, 7, 35, 36, 37, 38]).as_deref(), Some("21...3...."));
    assert_eq!(letters(&[]).as_deref(), Some(".........."));
}
