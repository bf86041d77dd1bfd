//! The audit of a whole list agrees with the verdict on each token.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use proptest::sample::select;
use token_audit::{
    AsOf, Counts, Date, Exposure, MOST_STALE_DAYS, Policy, Replacing, Rule, Rules, ServerTime,
    Standing, Subject, Summary, TokenFacts, View, findings, judge,
};

const NOW: ServerTime = ServerTime(DateTime::from_timestamp(1_795_528_920, 0).expect("a time"));

prop_compose! {
    fn ago()(known in 0..5, hours in -24 * 40..24 * 800_i64) -> Date {
        match known {
            0 => Date::Unreadable,
            1 => Date::None,
            _ => Date::At(NOW.0 - TimeDelta::hours(hours)),
        }
    }
}

const STANDINGS: [Standing; 5] = [
    Standing::Manages,
    Standing::Demoted,
    Standing::Gone,
    Standing::Unknown,
    Standing::NotCompared,
];

prop_compose! {
    fn any_subject()(
        created in ago(), expires in ago(), last_used in ago(), last_used_reported: bool,
        revoked: bool, own: bool, frozen: bool, scopes_listed: bool, name_shared: bool,
        name_in_other_environment: bool, creator in select(STANDINGS.to_vec()), read_days_ago in 0..400i64,
        exposure in select(vec![Exposure::Unseen, Exposure::Found]),
        replacing in select(vec![Replacing::Fine, Replacing::Stuck]),
    ) -> Subject {
        let read = ServerTime(NOW.0 - TimeDelta::days(read_days_ago));
        let as_of = AsOf { read, frozen };
        let facts =
            TokenFacts { created, expires, last_used, last_used_reported, revoked, own, as_of };
        Subject {
            facts,
            exposure,
            replacing,
            scopes_listed,
            name_shared,
            name_in_other_environment,
            creator,
        }
    }
}

fn summed(policy: &Policy, subjects: &[Subject]) -> (Summary, Counts) {
    let (mut summary, mut counts) = (Summary::default(), Counts::default());
    for subject in subjects {
        let (verdict, broken) = judge(policy, subject, NOW);
        counts.add(verdict, Rules::default());
        summary.add(&subject.facts, verdict, broken, NOW);
    }
    (summary, counts)
}

proptest! {
    #[test]
    fn a_rule_counts_the_tokens_it_is_said_of(
        subjects in proptest::collection::vec(any_subject(), 0..60),
    ) {
        let policy = Policy::default();
        let (summary, _) = summed(&policy, &subjects);
        for rule in Rule::ALL {
            let said = |subject: &&Subject| {
                findings(&policy, subject, NOW).iter().any(|finding| finding.rule == rule)
            };
            let count = subjects.iter().filter(said).count();
            prop_assert_eq!(summary.broken(rule) as usize, count, "{:?}", rule);
        }
    }

    #[test]
    fn the_curve_tells_what_each_limit_would_flag(
        subjects in proptest::collection::vec(any_subject(), 0..60),
        stale_days in 1..=MOST_STALE_DAYS,
    ) {
        let policy = Policy { stale_days, ..Policy::default() };
        let (_, counts) = summed(&policy, &subjects);
        // Drawn under another policy: the curve does not depend on the limit in force.
        let (summary, _) = summed(&Policy::default(), &subjects);
        let curve = summary.what_if();
        prop_assert_eq!(curve.len(), usize::from(MOST_STALE_DAYS));
        prop_assert_eq!(curve[usize::from(stale_days) - 1], counts.of(View::Stale));
        prop_assert!(curve.is_sorted_by(|shorter, longer| shorter >= longer));
    }

    #[test]
    fn each_token_that_works_is_in_one_bar(
        subjects in proptest::collection::vec(any_subject(), 0..60),
    ) {
        let (summary, _) = summed(&Policy::default(), &subjects);
        let bars = summary.last_used;
        let sum = bars.within_30 + bars.within_90 + bars.within_180 + bars.longer + bars.none
            + bars.too_young + bars.unknown;
        let works = |subject: &&Subject| {
            let facts = subject.facts;
            let over = facts.expires.at().is_some_and(|expires| expires <= NOW.0);
            !facts.revoked && (!over || facts.used_after_expiry())
        };
        prop_assert_eq!(sum as usize, subjects.iter().filter(works).count());
    }
}
