//! Tokens looked up together come out as each of them does alone.

use std::sync::Arc;

use entri_api::TokenId;
use proptest::collection::vec;
use proptest::prelude::*;
use token_audit::{AsOf, Lifecycle, Policy, ServerTime};

use super::super::{Inventory, Policies, Troubled, subjects};
use super::{Sample, inventory, inventory_of, key, now, samples, text};
use crate::model::connection::{ConnectionId, Environment};
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;

/// Two of the same environment, and one of another.
const ENVIRONMENTS: [(u32, Environment); 3] =
    [(3, Environment::Production), (4, Environment::Staging), (5, Environment::Production)];

fn lists(all: &[Vec<Sample>]) -> Vec<(ConnectionId, Arc<Inventory>)> {
    let named = all.iter().zip(ENVIRONMENTS.map(|(id, _)| ConnectionId(id)));
    named.map(|(samples, id)| (id, Arc::new(inventory_of(id, samples)))).collect()
}

/// How many tokens of this name work.
fn working(list: &Inventory, name: &str) -> usize {
    let works = |at: &u32| {
        let verdict = token_audit::Verdict::of(
            &Policy::default(),
            &list.facts(*at, AsOf { read: ServerTime(now()), frozen: false }),
            ServerTime(now()),
        );
        list.name(*at) == name && verdict.lifecycle == Lifecycle::Active
    };
    list.indices().filter(works).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn ids_are_found_together_as_alone(samples in samples(), others in vec(text(0), 0..4)) {
        let list = inventory(&samples);
        let ids: Vec<_> = samples.iter().map(|it| &*it.id).chain(others.iter().map(|it| &**it)).collect();
        let found = list.find_all(ids.iter().map(|id| TokenId(*id)));
        for id in ids {
            prop_assert_eq!(found.get(&TokenId(id)).copied(), list.find(&key(id)), "{}", id);
        }
    }

    /// Tokens that aren't shown are compared with their own list and with the lists shown.
    #[test]
    fn names_are_compared_together_as_alone(
        all in vec(samples(), 3),
        shown in vec(any::<bool>(), 3),
    ) {
        let policy = |(id, environment)| {
            (ConnectionId(id), Policy::default(), environment, Troubled::default())
        };
        let policies = Policies(ENVIRONMENTS.map(policy).into());
        let (lists, clocks) = (lists(&all), Clocks::alike(now()));
        let tokens: Vec<_> =
            lists.iter().flat_map(|(_, list)| list.indices().map(|at| (&**list, at))).collect();
        let others: Vec<_> =
            lists.iter().zip(shown).filter(|(_, shown)| *shown).map(|(it, _)| it.clone()).collect();
        let together = subjects(&tokens, &others, &policies, &clocks);
        prop_assert_eq!(together.len(), tokens.len());
        for ((list, at), subject) in tokens.into_iter().zip(together) {
            let (name, here) = (list.name(at), list.connection(at));
            let apart = |id| policies.environment(id) != policies.environment(here);
            let elsewhere = others.iter().any(|(id, it)| apart(*id) && working(it, name) > 0);
            let as_of = AsOf { read: ServerTime(now()), frozen: false };
            prop_assert_eq!(subject.facts, list.facts(at, as_of));
            prop_assert_eq!(subject.scopes_listed, !list.record(at).scopes.is_empty());
            prop_assert_eq!(subject.name_shared, working(list, name) > 1);
            prop_assert_eq!(subject.name_in_other_environment, elsewhere);
        }
    }
}

/// Where the server lists two tokens with one id, the first one is meant.
#[test]
fn of_two_with_one_id_the_first_is_found() {
    let mut twice = ["t-1", "t-1"].map(super::sample_of);
    twice[1].name = "another".to_owned();
    let list = inventory(&twice);
    let TokenKey { id, .. } = key("t-1");
    assert_eq!(list.find_all([id.borrowed()]).get(&id.borrowed()), Some(&0));
}
