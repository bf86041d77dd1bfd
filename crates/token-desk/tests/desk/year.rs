//! The audit of a year of use, compared with what was planted in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use entri_sandbox::{Config, Flaw, Sandbox};
use token_audit::{Policy, Rule};

use crate::support::{Bench, FIRST, alone, by_rule, now};

/// A token's id and the id of a rule.
type Pairs = BTreeSet<(String, &'static str)>;

async fn year(seed: u64) -> Bench {
    let config = Config {
        tokens: 200,
        seed,
        history: Some(TimeDelta::days(365)),
        clock: Arc::new(now),
        ..Config::default()
    };
    Bench::loaded_from(Sandbox::start(config).await.unwrap()).await
}

fn rule(flaw: Flaw) -> Rule {
    match flaw {
        Flaw::Stale => Rule::Stale,
        Flaw::NeverUsed => Rule::NeverUsed,
        Flaw::Expiring => Rule::ExpiringSoon,
        Flaw::Expired => Rule::ExpiredListed,
        Flaw::NoExpiry => Rule::NoExpiry,
        Flaw::RotationDue => Rule::RotationAge,
        Flaw::LongLived => Rule::LongLived,
        Flaw::DuplicateName => Rule::DuplicateName,
        Flaw::NoScopes => Rule::NoScopes,
        Flaw::CreatorGone => Rule::CreatorGone,
        Flaw::CreatorDemoted => Rule::CreatorDemoted,
    }
}

fn planted(bench: &Bench) -> Pairs {
    bench.sandbox.planted().iter().map(|(id, flaw)| (id.clone(), rule(*flaw).id())).collect()
}

/// The findings by every rule, including those for which nothing is planted.
fn found(bench: &Bench) -> Pairs {
    let of = |rule: Rule| {
        let rows = bench.desk.query(&by_rule(rule), 0, 200, None, now()).rows;
        rows.into_iter().map(move |row| (row.key.id.0, rule.id()))
    };
    Rule::ALL.into_iter().flat_map(of).collect()
}

/// How many of the found are planted, and how many of the planted are found.
fn precision_and_recall(found: &Pairs, planted: &Pairs) -> (f64, f64) {
    let count = |pairs: &Pairs| f64::from(u32::try_from(pairs.len()).unwrap());
    let both = count(&(found & planted));
    (both / count(found), both / count(planted))
}

#[test]
fn every_planted_flaw_is_found_and_nothing_else() {
    alone(async {
        let (mut all_found, mut all_planted) = (Pairs::new(), Pairs::new());
        for seed in 1..=5 {
            let bench = year(seed).await;
            let of_seed = |(id, rule): (String, &'static str)| (format!("{seed} {id}"), rule);
            all_found.extend(found(&bench).into_iter().map(of_seed));
            all_planted.extend(planted(&bench).into_iter().map(of_seed));
        }
        let (precision, recall) = precision_and_recall(&all_found, &all_planted);
        let n = all_planted.len();
        println!("precision {precision:.3} recall {recall:.3} (n = {n}, of 5 × 200 tokens)");
        for rule in Rule::ALL.map(Rule::id) {
            let of = |pairs: &Pairs| pairs.iter().filter(|(_, broken)| *broken == rule).count();
            println!("{:4} planted {:4} found  {rule}", of(&all_planted), of(&all_found));
        }
        assert_eq!(&all_found - &all_planted, Pairs::new(), "found, but not planted");
        assert_eq!(&all_planted - &all_found, Pairs::new(), "planted, but not found");
        assert!(precision >= 1.0 && recall >= 1.0 && n > 500, "{n}");
    });
}

/// The comparison can fail: a limit that is off by a day is seen, on either side of it.
#[test]
fn a_limit_that_is_off_by_a_day_is_seen() {
    alone(async {
        let bench = year(1).await;
        let planted = planted(&bench);
        let day_less = Policy { stale_days: 89, ..Policy::default() };
        let day_more = Policy { stale_days: 91, ..Policy::default() };
        for (policy, flawless) in [
            (Policy::default(), (true, true)),
            (day_less, (false, true)),
            (day_more, (true, false)),
            (Policy { never_used_grace_days: 29, ..Policy::default() }, (false, true)),
            (Policy { never_used_grace_days: 31, ..Policy::default() }, (true, false)),
            (Policy { expiring_soon_days: 31, ..Policy::default() }, (false, true)),
            (Policy { expiring_soon_days: 29, ..Policy::default() }, (true, false)),
        ] {
            bench.desk.change_policy(FIRST, policy, now()).await.unwrap();
            let (precision, recall) = precision_and_recall(&found(&bench), &planted);
            assert_eq!((precision >= 1.0, recall >= 1.0), flawless, "{policy:?}");
        }
    });
}
