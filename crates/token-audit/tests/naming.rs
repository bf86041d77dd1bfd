//! A name that is said to be certain or likely is right, on servers drawn at random: they round dates down, skip uses
//! that follow each other closely, and show them late, and other tokens are in use meanwhile.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use token_audit::Date;
use token_audit::naming::{Fit, Naming, Test, Uses, by_preview, by_use};

const NOW: i64 = 1_795_788_000;

/// How a server keeps last uses. All in seconds.
#[derive(Debug, Clone)]
struct Server {
    grain: i64,
    throttle: i64,
    lag: i64,
}

/// A list, and a test of the value of one of its tokens.
#[derive(Debug, Clone)]
struct Story {
    server: Server,
    /// The uses of each token by others, as seconds before and after the test.
    uses: Vec<Vec<i64>>,
    /// The token whose value was found.
    truth: usize,
    /// The token that the app signs in with, if the list shows which one that is.
    own: Option<usize>,
    /// Whether the app knows the server's step and lag, and how much too high it puts them.
    known: Option<(i64, i64)>,
    /// How long the app waits before it loads the list again.
    waits: i64,
    complete: bool,
}

impl Server {
    /// What the list shows at that moment.
    fn shows(&self, uses: &[i64], at: i64) -> Option<i64> {
        let mut written: Option<i64> = None;
        for used in uses.iter().copied().filter(|used| used + self.lag <= at) {
            if written.is_none_or(|last| used - last >= self.throttle) {
                written = Some(used);
            }
        }
        written.map(|it| it.div_euclid(self.grain) * self.grain)
    }

    fn step(&self) -> i64 {
        self.grain + self.throttle
    }
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(NOW + seconds, 0).unwrap()
}

impl Story {
    fn naming(&self) -> Naming {
        let (asked, answered) = (0, 2);
        let listed = answered + self.waits;
        let of = |(at, uses): (usize, &Vec<i64>)| {
            let own = self.own == Some(at);
            let mut all: Vec<i64> = uses.iter().map(|it| NOW + it).collect();
            if at == self.truth {
                all.push(NOW + 1);
            }
            if own {
                // Both lists are loaded with it.
                all.extend([NOW - 4, NOW + listed - 1]);
            }
            all.sort_unstable();
            let shown = |at: i64| {
                let shown = self.server.shows(&all, NOW + at);
                shown.map_or(Date::None, |it| Date::At(DateTime::from_timestamp(it, 0).unwrap()))
            };
            Uses { before: shown(-3), after: shown(listed), own }
        };
        let uses: Vec<_> = self.uses.iter().enumerate().map(of).collect();
        let known = |of: fn(&Server) -> i64, more: fn((i64, i64)) -> i64| {
            self.known.map(|it| TimeDelta::seconds(of(&self.server) + more(it)))
        };
        let test = Test {
            asked: time(asked),
            answered: time(answered),
            step: known(Server::step, |it| it.0),
            lag: known(|it| it.lag, |it| it.1),
            listed: time(listed),
            complete: self.complete,
        };
        by_use(&uses, &test)
    }
}

fn servers() -> impl Strategy<Value = Server> {
    let grain = prop_oneof![4 => Just(1), 1 => Just(60), 1 => Just(3_600), 1 => 1..90_000_i64];
    let throttle = prop_oneof![4 => Just(0), 1 => Just(60), 1 => 1..4_000_i64];
    let lag = prop_oneof![4 => Just(0), 2 => 1..10_i64, 1 => 1..3_600_i64];
    (grain, throttle, lag).prop_map(|(grain, throttle, lag)| Server { grain, throttle, lag })
}

fn stories() -> impl Strategy<Value = Story> {
    let token = prop_oneof![
        6 => prop::collection::vec(-200_000..-3_000_i64, 0..5),
        2 => prop::collection::vec(-4_000..20_i64, 0..6),
        1 => prop::collection::vec(-10..10_i64, 1..8),
    ];
    let token = token.prop_map(|mut uses: Vec<i64>| {
        uses.sort_unstable();
        uses
    });
    (servers(), prop::collection::vec(token, 2..40)).prop_flat_map(|(server, uses)| {
        let tokens = uses.len();
        let known = prop::option::of((0..5_i64, 0..5_i64));
        let waits = prop_oneof![Just(0_i64), 1..20_i64, 3_600..4_000_i64];
        (0..tokens, prop::option::of(0..tokens), known, waits, prop::bool::weighted(0.9)).prop_map(
            move |(truth, own, known, waits, complete)| Story {
                server: server.clone(),
                uses: uses.clone(),
                truth,
                own: own.filter(|it| *it != truth),
                known,
                waits,
                complete,
            },
        )
    })
}

#[test]
fn no_name_that_is_certain_or_likely_is_wrong() {
    let config = Config { failure_persistence: None, ..Config::with_cases(5_000) };
    let mut runner = TestRunner::new(config);
    let counts = std::cell::RefCell::new([0; 4]);
    runner
        .run(&stories(), |story| {
            let naming = story.naming();
            let kind = match &naming {
                Naming::Certain(at) | Naming::Likely(at) => {
                    prop_assert_eq!(*at, story.truth);
                    prop_assert!(story.complete);
                    usize::from(matches!(naming, Naming::Likely(_)))
                }
                Naming::OneOf(_) => 2,
                Naming::Nobody => 3,
            };
            counts.borrow_mut()[kind] += 1;
            Ok(())
        })
        .unwrap();
    // Otherwise the test would hold for an app that names nobody.
    let counts = counts.into_inner();
    assert!(counts.iter().all(|count| *count >= 100), "{counts:?}");
}

fn test(step: i64, waits: i64) -> Test {
    Test {
        asked: time(0),
        answered: time(2),
        step: Some(TimeDelta::seconds(step)),
        lag: Some(TimeDelta::seconds(2)),
        listed: time(2 + waits),
        complete: true,
    }
}

fn used(before: i64, after: i64) -> Uses {
    Uses { before: Date::At(time(before)), after: Date::At(time(after)), own: false }
}

#[test]
fn the_step_decides_how_sure_it_is() {
    let quiet = used(-90_000, -90_000);
    let moved = used(-80_000, 1);
    assert_eq!(by_use(&[quiet, moved], &test(1, 3)), Naming::Certain(1));
    assert_eq!(by_use(&[quiet, moved], &test(60, 3)), Naming::Likely(1));
    // Within the step, another one may have been used before, so that this use isn't recorded.
    let lately = used(-30, -30);
    assert_eq!(by_use(&[lately, moved], &test(60, 3)), Naming::OneOf(vec![0, 1]));
    assert_eq!(by_use(&[lately, moved], &test(1, 3)), Naming::Certain(1));
}

#[test]
fn a_use_that_may_not_be_shown_yet_names_nobody_for_sure() {
    let moved = used(-80_000, 1);
    assert_eq!(by_use(&[moved], &test(1, 1)), Naming::OneOf(vec![0]));
    assert_eq!(by_use(&[used(-9, -9)], &test(1, 1)), Naming::Nobody);
}

#[test]
fn a_token_whose_use_cannot_be_read_is_never_ruled_out() {
    let unreadable = Uses { before: Date::None, after: Date::Unreadable, own: false };
    let moved = used(-80_000, 1);
    assert_eq!(by_use(&[unreadable, moved], &test(1, 3)), Naming::OneOf(vec![0, 1]));
    assert_eq!(by_use(&[unreadable], &test(1, 3)), Naming::OneOf(vec![0]));
}

#[test]
fn what_the_server_shows_of_each_value_names_one_if_all_others_differ() {
    use Fit::{Differs, Open, Strong, Weak};
    assert_eq!(by_preview(&[Differs, Strong, Differs], true), Naming::Likely(1));
    assert_eq!(by_preview(&[Differs, Strong, Differs], false), Naming::OneOf(vec![1]));
    assert_eq!(by_preview(&[Open, Strong, Differs], true), Naming::OneOf(vec![1]));
    assert_eq!(by_preview(&[Differs, Weak], true), Naming::OneOf(vec![1]));
    assert_eq!(by_preview(&[Strong, Differs, Strong], true), Naming::OneOf(vec![0, 2]));
    assert_eq!(by_preview(&[Differs, Open], true), Naming::Nobody);
    assert_eq!(by_preview(&[], true), Naming::Nobody);
}
