//! What is taken for the last use by others, compared with stories drawn at random: jobs that use a token, and tests by
//! the app, each after a list was loaded.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use token_audit::{Date, OwnUse, by_others};

const BEGIN: i64 = 1_795_788_000;
/// How far off the times of a test are.
const OFF: i64 = 2;

/// Uses by others, and tests by the app, each with the time until its answer. All in seconds.
#[derive(Debug, Clone)]
struct Story {
    grain: i64,
    jobs: Vec<i64>,
    tests: Vec<(i64, i64)>,
    looked: i64,
}

impl Story {
    /// What a list shows at that time.
    fn shows(&self, at: i64) -> Date {
        let tests = self.tests.iter().map(|(asked, _)| asked);
        let last = self.jobs.iter().chain(tests).filter(|used| **used < at).max();
        last.map_or(Date::None, |used| Date::At(time(self.told(*used))))
    }

    fn told(&self, used: i64) -> i64 {
        used - used.rem_euclid(self.grain)
    }

    /// What the app wrote down until then.
    fn own(&self, until: i64) -> Vec<OwnUse> {
        let mut own: Vec<OwnUse> = Vec::new();
        for &(asked, took) in self.tests.iter().filter(|(asked, _)| *asked < until) {
            let before = by_others(self.shows(asked), &own);
            let (from, until) = (time(asked - OFF - self.grain), time(asked + took + OFF));
            own.push(OwnUse { from, until, before });
        }
        own
    }
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(BEGIN + seconds, 0).expect("a time")
}

fn stories() -> impl Strategy<Value = Story> {
    let grain = prop_oneof![Just(1), Just(60), Just(3_600)];
    let jobs = prop::collection::vec(0..400_000i64, 0..8);
    let tests = prop::collection::btree_map(0..400_000i64, 0..5i64, 0..5);
    (grain, jobs, tests, 0..420_000i64).prop_map(|(grain, jobs, tests, looked)| Story {
        grain,
        jobs,
        tests: tests.into_iter().collect(),
        looked,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_apps_own_calls_are_left_out_and_no_other_use_is(story in stories()) {
        let (shown, own) = (story.shows(story.looked), story.own(story.looked));
        let others = by_others(shown, &own);
        prop_assert!(others <= shown);
        let told: Vec<_> = story.jobs.iter().filter(|used| **used < story.looked)
            .map(|used| time(story.told(*used))).collect();
        let apart = told.iter().filter(|used| own.iter().all(|call| !(call.from..=call.until).contains(used)));
        // A use that lies where none of the calls is counts.
        prop_assert!(others >= apart.max().map_or(Date::None, |used| Date::At(*used)));
        // What is left is a use by somebody, or none.
        prop_assert!(others.at().is_none_or(|used| told.contains(&used)), "{others:?}");
    }

    #[test]
    fn it_comes_to_an_end_whatever_was_written_down(
        used in any::<i32>(),
        own in prop::collection::vec((any::<i32>(), any::<i32>(), prop::option::of(any::<i32>())), 0..6),
    ) {
        let at = |seconds: i32| time(i64::from(seconds));
        let own: Vec<_> = own.into_iter().map(|(from, until, before)| OwnUse {
            from: at(from), until: at(until), before: before.map(at).into(),
        }).collect();
        let shown = Date::At(at(used));
        prop_assert!(by_others(shown, &own) <= shown);
    }
}

#[test]
fn a_date_is_explained_by_a_call_within_its_step() {
    let call = OwnUse { from: time(1_000), until: time(1_001), before: Date::None };
    let step = TimeDelta::seconds(60);
    let explained = |at| call.explains(time(at), step);
    assert_eq!([937, 938, 1_003, 1_004].map(explained), [false, true, true, false]);
    let ends = OwnUse { from: DateTime::<Utc>::MIN_UTC, until: DateTime::<Utc>::MAX_UTC, ..call };
    assert!(ends.explains(time(0), TimeDelta::MAX));
}
