//! Which thresholds a token passes between two checks, and when.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use token_audit::{AsOf, Date, Policy, Rule, Rules, ServerTime, Threshold, TokenFacts};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_528_920, 0).expect("a time")
}

fn days(days: i64) -> TimeDelta {
    TimeDelta::days(days)
}

fn used(ago: TimeDelta) -> TokenFacts {
    TokenFacts {
        created: Date::At(now() - days(1000)),
        expires: Date::None,
        last_used: Date::At(now() - ago),
        last_used_reported: true,
        revoked: false,
        own: false,
        as_of: AsOf { read: ServerTime(DateTime::<Utc>::MAX_UTC), frozen: false },
    }
}

fn expiring(left: TimeDelta) -> TokenFacts {
    TokenFacts { expires: Date::At(now() + left), ..used(days(1)) }
}

fn passed(facts: &TokenFacts) -> Vec<Threshold> {
    Threshold::passed(&Policy::default(), facts, Rules::default(), ServerTime(now())).collect()
}

#[test]
fn use_is_told_from_the_limit_on() {
    let second = TimeDelta::seconds(1);
    assert_eq!(passed(&used(days(90) - second)), []);
    assert_eq!(passed(&used(days(90))), [Threshold::Stale]);
    let never =
        |age| TokenFacts { created: Date::At(now() - age), last_used: Date::None, ..used(age) };
    assert_eq!(passed(&never(days(30) - second)), []);
    assert_eq!(passed(&never(days(30))), [Threshold::NeverUsed]);
    assert_eq!(passed(&TokenFacts { last_used_reported: false, ..never(days(30)) }), []);
}

#[test]
fn an_expiry_is_told_at_each_notice() {
    let hour = TimeDelta::hours(1);
    for (left, within) in [
        (days(30), 30),
        (days(14) + hour, 30),
        (days(14), 14),
        (days(7) + hour, 14),
        (days(7), 7),
        (days(1) + hour, 7),
        (days(1), 1),
        (hour, 1),
    ] {
        assert_eq!(passed(&expiring(left)), [Threshold::ExpiresWithin(within)], "{left}");
    }
    assert_eq!(passed(&expiring(days(30) + hour)), []);
    assert_eq!(passed(&expiring(-hour)), [], "what has expired is no longer told");
}

#[test]
fn the_policy_moves_the_first_notice() {
    let first = |expiring_soon_days, left| {
        let policy = Policy { expiring_soon_days, ..Policy::default() };
        Threshold::passed(&policy, &expiring(days(left)), Rules::default(), ServerTime(now()))
            .next()
    };
    assert_eq!(first(60, 59), Some(Threshold::ExpiresWithin(60)));
    assert_eq!(first(60, 30), Some(Threshold::ExpiresWithin(30)));
    assert_eq!(first(10, 11), None);
    assert_eq!(first(10, 10), Some(Threshold::ExpiresWithin(10)));
    assert_eq!(first(10, 6), Some(Threshold::ExpiresWithin(7)));
}

#[test]
fn both_can_be_passed_and_what_is_decided_is_not_told() {
    let facts = TokenFacts { expires: Date::At(now() + days(3)), ..used(days(200)) };
    assert_eq!(passed(&facts), [Threshold::ExpiresWithin(7), Threshold::Stale]);
    let decided = Rules::of([Rule::Stale]);
    let open = Threshold::passed(&Policy::default(), &facts, decided, ServerTime(now()));
    assert_eq!(open.collect::<Vec<_>>(), [Threshold::ExpiresWithin(7)]);
    for gone in
        [TokenFacts { revoked: true, ..facts }, TokenFacts { expires: Date::At(now()), ..facts }]
    {
        assert_eq!(passed(&gone), []);
    }
}

proptest! {
    /// The nearer an expiry, the smaller the notice; and as long as it is soon, there is one.
    #[test]
    fn notices_come_in_order(first in 1u16..=365, left in 1i64..400 * 86_400, later in 0i64..86_400) {
        let policy = Policy { expiring_soon_days: first, ..Policy::default() };
        let notice = |left| {
            let facts = expiring(TimeDelta::seconds(left));
            Threshold::passed(&policy, &facts, Rules::default(), ServerTime(now())).next()
        };
        let within = |it: Option<Threshold>| match it {
            Some(Threshold::ExpiresWithin(days)) => days,
            None => u16::MAX,
            other => panic!("{other:?}"),
        };
        let (before, after) = (within(notice(left)), within(notice((left - later).max(1))));
        prop_assert!(after <= before);
        prop_assert_eq!(before == u16::MAX, left > i64::from(first) * 86_400);
        prop_assert!(before == u16::MAX || left <= i64::from(before) * 86_400);
    }
}
