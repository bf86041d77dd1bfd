//! Servers whose clocks are apart: each token is judged as it is where its connection is alone.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use token_audit::{AsOf, Rule, ServerTime, View};

use super::super::{Builder, Inventory, Labels, Policies, Search};
use super::{inventory_of, now, query, sample, samples};
use crate::model::connection::ConnectionId;
use crate::model::time::clocks::{Clock, Clocks};

const CONNECTIONS: [ConnectionId; 2] = [ConnectionId(3), ConnectionId(4)];

fn ready(list: Arc<Inventory>, clocks: &Clocks) -> Search {
    let (policies, labels) = (Policies::default(), Labels::default());
    Search::new(list, policies, Vec::new(), labels, clocks.clone())
}

/// Everything that is said about each token, and about all of them.
fn said(search: &Search) -> Vec<String> {
    let terms = ["unused:>=1d", "unused:<31d", "expires:<=7d", "expires:past", "created:<2d"];
    let found =
        terms.map(|term| search.found(&query(term), &crate::list::language::parse(term).terms));
    let of = |at: u32| {
        let views = View::ALL.map(|view| search.judged.in_view(at, view));
        let rules = Rule::ALL.map(|rule| search.breaks(at, rule));
        let terms = found.each_ref().map(|found| found[at as usize]);
        format!(
            "{:?} {:?} {views:?} {rules:?} {terms:?}",
            search.list.id(at).0,
            search.judged.chip(at)
        )
    };
    search.list.indices().map(of).collect()
}

/// None, within what counts as alike, around the limits of what is believed, and absurd.
fn skew() -> impl Strategy<Value = TimeDelta> {
    let hours = prop_oneof![
        Just(0),
        -60..60i64,
        prop::sample::select(vec![-960, 960, 87_600, -17_520_000, 17_520_000]),
    ];
    (hours, -600..600i64).prop_map(|(hours, seconds)| TimeDelta::seconds(hours * 3_600 + seconds))
}

/// Lists that were read just now, earlier, or never.
fn read() -> impl Strategy<Value = Option<DateTime<Utc>>> {
    prop::option::of((0..200i64).prop_map(|days| now() - TimeDelta::days(days)))
}

fn clocks(
    of: impl IntoIterator<Item = (ConnectionId, (TimeDelta, Option<DateTime<Utc>>))>,
) -> Clocks {
    let clock = |(connection, (skew, read))| Clock { connection, skew, read, frozen: false };
    Clocks::new(now(), of.into_iter().map(clock))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn each_connection_is_judged_as_if_it_were_alone(
        all in prop::array::uniform2(samples()), skews in prop::array::uniform2((skew(), read())),
    ) {
        let lists: Vec<_> = CONNECTIONS
            .into_iter()
            .zip(&all)
            .map(|(id, samples)| (id, Arc::new(inventory_of(id, samples))))
            .collect();
        let together = ready(
            Arc::new(Builder::merged(&lists)), &clocks(CONNECTIONS.into_iter().zip(skews)),
        );
        let mut alone = Vec::new();
        for ((id, list), skew) in lists.into_iter().zip(skews) {
            alone.extend(said(&ready(list, &clocks([(id, skew)]))));
        }
        prop_assert_eq!(said(&together), alone);
    }

    #[test]
    fn a_list_that_stays_is_judged_by_clocks_as_they_are_now(
        samples in samples(), before in (skew(), read()), after in (skew(), read()),
    ) {
        let id = CONNECTIONS[0];
        let list = Arc::new(inventory_of(id, &samples));
        let [before, after] = [before, after].map(|it| clocks([(id, it)]));
        let mut search = ready(Arc::clone(&list), &before);
        search.refresh(after.clone());
        if !before.same_minute(&after) {
            prop_assert_eq!(said(&search), said(&ready(list, &after)));
        }
    }

    #[test]
    fn a_revoke_asks_for_what_either_clock_asks_for(sample in sample(), skew in skew()) {
        let id = CONNECTIONS[0];
        let as_of = AsOf { read: ServerTime(now()), frozen: false };
        let facts = inventory_of(id, std::slice::from_ref(&sample)).facts(0, as_of);
        let grade = |time| token_audit::revoke_grade(&facts, &sample.name, ServerTime(time));
        let asked = clocks([(id, (skew, None))]).revoke_grade(id, &facts, &sample.name);
        let there = now().checked_add_signed(skew).filter(|_| skew.abs() > TimeDelta::minutes(5));
        for time in [Some(now()), there].into_iter().flatten() {
            prop_assert!(asked >= grade(time));
            let used = facts.last_used.at().is_some_and(|used| time - used < TimeDelta::days(7));
            let alive = facts.expires.at().is_none_or(|expires| expires > time);
            let one_click = asked == token_audit::RevokeGrade::OneClick;
            prop_assert!(!one_click || facts.revoked || !used && !alive && !facts.unreadable());
        }
        let elsewhere = clocks([(CONNECTIONS[1], (skew, None))]);
        prop_assert_eq!(elsewhere.revoke_grade(id, &facts, &sample.name), grade(now()));
    }
}
