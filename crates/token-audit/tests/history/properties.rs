//! Properties that hold for any uses and any looks.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use token_audit::history::{Day, Observation, Step, UseHistory};

use crate::{look, looked, minute, on};

/// Two months of uses and looks, in minutes.
fn minutes() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(0..60 * 24 * 60i64, 0..60).prop_map(|mut all| {
        all.sort_unstable();
        all
    })
}

proptest! {
    /// A day shown as used was; on a day shown as quiet there was no use before the last snapshot
    /// of that day, and none at all if there was no snapshot. Nothing is claimed about the others.
    #[test]
    fn what_is_said_of_a_day_is_true(uses in minutes(), looks in minutes()) {
        let times = |all: &[i64]| all.iter().map(|&it| minute(it)).collect::<Vec<_>>();
        let (uses, looks) = (times(&uses), times(&looks));
        let until = minute(60 * 24 * 60);
        let Some(history) = UseHistory::of(&looked(&uses, &looks), until) else {
            prop_assert!(looks.is_empty());
            return Ok(());
        };
        prop_assert_eq!(history.first(), looks[0].date_naive());
        for (at, day) in history.days().iter().enumerate() {
            let date = history.first() + TimeDelta::days(i64::try_from(at).unwrap());
            let of_day = |times: &[DateTime<Utc>]| -> Vec<DateTime<Utc>> {
                times.iter().copied().filter(|time| time.date_naive() == date).collect()
            };
            let (used, seen) = (of_day(&uses), of_day(&looks));
            let until = seen.last();
            match day {
                Day::Used => prop_assert!(!used.is_empty(), "{date}"),
                Day::Quiet => {
                    let before = |time: &&DateTime<Utc>| until.is_none_or(|until| *time <= until);
                    prop_assert_eq!(used.iter().find(before), None, "{}", date);
                }
                Day::Unknown => prop_assert!(seen.is_empty(), "{date}"),
            }
        }
        let bars = history.bars(20);
        let sum: usize = bars.iter().map(|bar| usize::from(bar.used)).sum();
        prop_assert_eq!(sum, history.days().iter().filter(|day| **day == Day::Used).count());
        let _ = history.words(Step::Fine);
        for day in 1..60 {
            let revoked = minute(day * 24 * 60 + 12 * 60);
            let Some(rehearsal) = history.rehearse(revoked) else { continue };
            let failed = uses.iter().filter(|at| **at > revoked).collect::<BTreeSet<_>>().len();
            prop_assert!(rehearsal.failed <= failed, "{} of {}", rehearsal.failed, failed);
            let all: usize = rehearsal.hours.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(all, rehearsal.failed);
            let _ = rehearsal.words(Step::Fine);
        }
    }

    /// The same if this computer's clock dates the snapshots, and how far it is off is unknown.
    #[test]
    fn what_is_said_of_a_day_is_true_by_an_unknown_clock(
        uses in minutes(),
        looks in minutes(),
        off in -48 * 60..=48 * 60i64,
    ) {
        let times = |all: &[i64]| all.iter().map(|&it| minute(it)).collect::<Vec<_>>();
        let (uses, looks, off) = (times(&uses), times(&looks), TimeDelta::minutes(off));
        let here = |it: Observation| Observation {
            at: it.at + off,
            slack: TimeDelta::days(2),
            last_used: it.last_used,
        };
        let observed: Vec<_> = looked(&uses, &looks).into_iter().map(here).collect();
        let until = minute(60 * 24 * 60) + off;
        let Some(history) = UseHistory::of(&observed, until) else { return Ok(()) };
        for (at, day) in history.days().iter().enumerate() {
            let date = history.first() + TimeDelta::days(i64::try_from(at).unwrap());
            let of_day = |times: &[DateTime<Utc>]| -> Vec<DateTime<Utc>> {
                times.iter().copied().filter(|time| time.date_naive() == date).collect()
            };
            let (used, seen) = (of_day(&uses), of_day(&looks));
            let before = |time: &&DateTime<Utc>| seen.last().is_none_or(|last| *time <= last);
            match day {
                Day::Used => prop_assert!(!used.is_empty(), "{date}"),
                Day::Quiet => prop_assert_eq!(used.iter().find(before), None, "{}", date),
                Day::Unknown => {}
            }
        }
    }

    /// Whatever a server and a clock say.
    #[test]
    fn any_looks_are_told_of(
        looks in proptest::collection::vec((any::<i64>(), proptest::option::of(any::<i64>())), 0..20),
        until: i64,
    ) {
        let time = |seconds: i64| {
            let seconds = seconds.clamp(
                DateTime::<Utc>::MIN_UTC.timestamp(),
                DateTime::<Utc>::MAX_UTC.timestamp(),
            );
            DateTime::from_timestamp(seconds, 0).unwrap()
        };
        let looks: Vec<_> = looks
            .into_iter()
            .map(|(at, used)| look(time(at), used.map(time)))
            .collect();
        let history = UseHistory::of(&looks, time(until));
        let taken = looks.iter().any(|look| look.at <= time(until));
        prop_assert_eq!(history.is_some(), taken);
        let true_ones: Vec<_> =
            looks.iter().copied().filter(|look| look.at <= time(until)).collect();
        let only = UseHistory::of(&true_ones, time(until));
        prop_assert_eq!(&history, &only, "what lies ahead says nothing");
        if let Some(history) = history {
            prop_assert!(history.first() >= NaiveDate::MIN);
            prop_assert!(history.bars(40).len() <= 40);
            prop_assert!(!history.words(Step::Fine).is_empty());
        }
    }
}

/// Weeks of uses on these days of the week, counted from Monday, and one more use this many days after the last.
fn rhythms() -> impl Strategy<Value = (Vec<i64>, i64)> {
    let days = prop_oneof![
        Just((0..7).collect::<Vec<i64>>()),
        Just((0..5).collect()),
        (0..7i64).prop_map(|day| vec![day]),
    ];
    (days, 6..30i64, 0..6i64).prop_map(|(days, weeks, after)| {
        let mut uses: Vec<_> =
            (0..weeks).flat_map(|week| days.iter().map(move |day| week * 7 + day)).collect();
        let last = uses[uses.len() - 1];
        uses.push(last + after);
        (uses, last + after)
    })
}

proptest! {
    /// A rhythm ends on one of its own days, and the day that is said is that of the last use.
    #[test]
    fn what_is_said_of_the_end_of_a_rhythm_fits_its_days((days, last) in rhythms()) {
        let looks = on(0..last + 60, 23, 0);
        let seen = looked(&on(days, 8, 0), &looks);
        let history = UseHistory::of(&seen, looks[looks.len() - 1]).unwrap();
        let said = history.rhythm_words(Step::Fine);
        let date = minute(last * 24 * 60).date_naive();
        prop_assert!(said.contains(&date.format("%-d %B").to_string()), "{}", said);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        prop_assert!(!(weekend && said.starts_with("Weekdays") && said.contains(" until ")), "{}", said);
        if let Some((weekly, _)) = said.split_once(" until ") {
            let day = date.format("%A").to_string();
            let its = weekly.strip_prefix("Weekly on ").is_none_or(|it| it.starts_with(&day));
            prop_assert!(its, "{}", said);
        }
    }
}
