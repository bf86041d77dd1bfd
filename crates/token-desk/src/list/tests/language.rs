//! The tokens that the terms of a search find.

use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::select;
use token_audit::{Date, Rule};

use super::super::{Builder, Labels, Policies, Search};
use super::{CONNECTION, Sample, inventory, inventory_of, now, query, sample_of, samples, search};
use crate::list::language::KEYS;
use crate::model::connection::ConnectionId;
use crate::model::time::clocks::Clocks;

fn found(search: &mut Search, text: &str) -> Vec<String> {
    let window = search.ask(&query(text), 0, usize::MAX, None);
    assert_eq!(window.problems, [], "{text}");
    window.rows.iter().map(|&index| search.list.id(index).0.to_owned()).collect()
}

/// Each token differs from the others in one thing.
fn different() -> Vec<Sample> {
    let days = |days: i64| Date::At(now() - TimeDelta::days(days));
    let base = |id: &str| Sample { created: days(5), ..sample_of(id) };
    vec![
        Sample { name: "Ærø CI\u{1F}x".into(), ..base("named") },
        Sample { project: Some(1), scopes: "translations:read a:b", ..base("ferries") },
        Sample { creator: Some("Mira Holt"), ..base("made") },
        Sample { last_used: days(100), created: days(400), ..base("unused") },
        Sample { last_used: days(2), created: days(400), expires: days(-10), ..base("used") },
        Sample { created: days(200), expires: days(1), ..base("ended") },
        Sample { created: Date::None, ..base("bare") },
    ]
}

#[test]
fn each_term_finds_what_it_says() {
    let mut search = search(&different());
    for (text, expected) in [
        ("name:ærø*", &["named"][..]),
        ("name:\"ÆRØ CI\u{1F}X\"", &["named"]),
        ("name:x", &["named"]),
        ("id:u", &["unused", "used"]),
        ("id:us*", &["used"]),
        ("project:ferries", &["ferries"]),
        ("-project:\"organization\"", &["ferries"]),
        ("scope:\"a:b\"", &["ferries"]),
        ("scope:*:read", &["ferries"]),
        ("scope:\"translations:read a:b\"", &[]),
        ("creator:\"mira holt\"", &["made"]),
        ("creator:mira id:made", &["made"]),
        ("in:prod -id:*d* name:bare", &["bare"]),
        ("in:stag", &[]),
        ("unused:>90d", &["ended", "unused"]),
        ("unused:>90d -unused:never", &["unused"]),
        ("unused:<7d", &["used"]),
        ("unused:never created:<1w", &["ferries", "made", "named"]),
        ("expires:<30d", &["used"]),
        ("expires:>1d", &["used"]),
        ("expires:past", &["ended"]),
        ("expires:none created:>1y", &["unused"]),
        ("is:expired", &["ended"]),
        ("is:stale", &["unused"]),
        ("is:recent", &["used"]),
        ("is:attention -is:stale", &["bare", "used"]),
        ("finding:expired-listed", &["ended"]),
        ("finding:long-lived expires:none", &["unused"]),
    ] {
        let mut ids = found(&mut search, text);
        ids.sort_unstable();
        assert_eq!(ids, expected, "{text}");
    }
}

/// No term about a date finds a token whose date cannot be read.
#[test]
fn a_date_that_cannot_be_read_is_found_as_that_alone() {
    let days = |days: i64| Date::At(now() - TimeDelta::days(days));
    let sound = |id: &str| Sample {
        created: days(400),
        expires: days(-400),
        last_used: days(2),
        ..sample_of(id)
    };
    let mut search = search(&[
        sound("sound"),
        Sample { created: Date::Unreadable, ..sound("made") },
        Sample { expires: Date::Unreadable, ..sound("ends") },
        Sample { last_used: Date::Unreadable, ..sound("used") },
        Sample { expires: days(100), last_used: days(95), ..sound("lives") },
    ]);
    for (text, expected) in [
        ("is:unreadable", &["ends", "made", "used"][..]),
        ("created:>0d", &["ends", "lives", "sound", "used"]),
        ("expires:>0d", &["made", "sound", "used"]),
        ("expires:none", &[]),
        ("expires:past", &[]),
        ("is:expired", &[]),
        ("unused:>0d", &["ends", "lives", "made", "sound"]),
        ("unused:never", &[]),
        ("is:no-use", &[]),
    ] {
        let mut ids = found(&mut search, text);
        ids.sort_unstable();
        assert_eq!(ids, expected, "{text}");
    }
}

#[test]
fn where_use_is_not_reported_nothing_is_called_unused() {
    let silent: Vec<_> =
        different().into_iter().map(|it| Sample { last_used: Date::None, ..it }).collect();
    let silent: Vec<_> =
        silent.into_iter().map(|it| Sample { last_used_reported: false, ..it }).collect();
    let mut search = search(&silent);
    for text in ["unused:never", "unused:>1d", "unused:<9y", "is:no-use", "is:stale"] {
        assert_eq!(found(&mut search, text), [""; 0], "{text}");
    }
    assert_eq!(found(&mut search, "is:not-reported").len(), silent.len() - 1, "one has expired");
}

#[test]
fn one_list_of_several_is_explain_unauthorized_by_the_connections_names() {
    let other = ConnectionId(9);
    let lists = [
        (CONNECTION, Arc::new(inventory(&[sample_of("a")]))),
        (other, Arc::new(inventory_of(other, &[sample_of("b")]))),
    ];
    let labels = vec![(CONNECTION, "Prod EU".to_owned()), (other, "Staging".to_owned())];
    let list = Builder::merged(&lists).into();
    let mut search =
        Search::new(list, Policies::default(), Vec::new(), Labels(labels), Clocks::alike(now()));
    assert_eq!(found(&mut search, "in:\"prod eu\""), ["a"]);
    assert_eq!(found(&mut search, "-in:prod*"), ["b"]);
}

#[test]
fn a_word_that_makes_no_sense_is_left_out() {
    let mut search = search(&different());
    let window = search.ask(&query("id:us* is:stael unused:"), 0, 9, None);
    assert_eq!((window.total, window.problems.len()), (1, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn terms_combine_as_sets_do(
        samples in samples(),
        one in term(),
        two in term(),
    ) {
        let mut search = search(&samples);
        let (a, b) = (found(&mut search, &one), found(&mut search, &two));
        let both: Vec<_> = a.iter().filter(|id| b.contains(id)).cloned().collect();
        prop_assert_eq!(found(&mut search, &format!("{one} {two}")), both);
        let all = found(&mut search, "");
        let others: Vec<_> = all.into_iter().filter(|id| !a.contains(id)).collect();
        prop_assert_eq!(found(&mut search, &format!("-{one}")), others);
    }
}

fn term() -> impl Strategy<Value = String> {
    let findings = Rule::ALL.iter().map(|rule| format!("finding:{}", rule.id()));
    let examples = KEYS.iter().flat_map(|entry| {
        let values = entry.values.iter().map(|(value, _)| format!("{}:{value}", entry.name));
        values.chain([entry.example.to_owned()])
    });
    let more = ["name:a*", "name:*İ*", "id:\"aa\"", "project:\"p-9\"", "creator:\"\"", "b"];
    select(findings.chain(examples).chain(more.map(str::to_owned)).collect::<Vec<_>>())
}
