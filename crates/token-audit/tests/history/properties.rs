//! Properties that hold for any uses and any looks.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use token_audit::history::{Day, Observation, Step, UseHistory};

use crate::{look, looked, minute};

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
