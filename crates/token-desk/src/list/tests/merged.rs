//! Several lists taken together: each token stays what it was in its own.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{Builder, Inventory};
use super::{CONNECTION, PROJECTS, Sample, inventory_of, sample_of, samples};
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;

fn lists(all: &[Vec<Sample>]) -> Vec<(ConnectionId, Arc<Inventory>)> {
    let connections = (3..).map(ConnectionId);
    connections.zip(all).map(|(id, samples)| (id, Arc::new(inventory_of(id, samples)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_token_is_there_as_it_was_in_its_own_list(all in vec(samples(), 0..4)) {
        let lists = lists(&all);
        let merged = Builder::merged(&lists);
        prop_assert_eq!(merged.len(), all.iter().map(Vec::len).sum::<usize>());
        let mut indices = merged.indices();
        for (connection, list) in &lists {
            for at in list.indices() {
                let index = indices.next().unwrap();
                prop_assert_eq!(merged.connection(index), *connection);
                prop_assert_eq!(merged.record(index), list.record(at));
                prop_assert_eq!(merged.project(index), list.project(at));
                let key = TokenKey { connection: *connection, id: list.id(at).into_owned() };
                prop_assert_eq!(merged.find(&key), Some(index));
            }
        }
        let reported = lists.iter().any(|(_, list)| list.last_used_reported());
        prop_assert_eq!(merged.last_used_reported(), reported);
    }

    /// Each server makes up its own ids: those of one connection mean nothing in another.
    #[test]
    fn a_token_is_found_in_its_own_connection_only(all in vec(samples(), 1..4)) {
        let merged = Builder::merged(&lists(&all));
        for (position, samples) in all.iter().enumerate() {
            for connection in (2..9).map(ConnectionId) {
                for sample in samples {
                    let key = TokenKey { connection, id: sample.id.as_str().into() };
                    let at = (connection.0 as usize).wrapping_sub(3);
                    let there = all.get(at).is_some_and(|it| it.iter().any(|it| it.id == key.id.0));
                    prop_assert_eq!(merged.find(&key).is_some(), there, "{} {:?}", position, key);
                }
            }
        }
    }
}

/// Two organizations may have a project under one id.
#[test]
fn a_project_is_that_of_the_tokens_own_connection() {
    let [mut one, mut other] = ["t-1", "t-2"].map(sample_of);
    (one.project, other.project) = (Some(0), Some(0));
    let first = Arc::new(inventory_of(ConnectionId(1), &[one]));
    let mut builder = Builder::new(
        ConnectionId(2),
        &[super::Project { id: PROJECTS[0].0.into(), name: "Another".to_owned(), archived: true }],
    );
    builder.push(&other.record());
    let second = Arc::new(builder.finish());
    let merged = Builder::merged(&[(ConnectionId(1), first), (ConnectionId(2), second)]);
    let names: Vec<_> = merged.indices().map(|at| &*merged.project(at).unwrap().name).collect();
    assert_eq!(names, [PROJECTS[0].1, "Another"]);
}

/// A place in a column is a number of 32 bits: a token is left out and counted before one is wrong.
#[test]
fn no_text_is_ever_cut_in_the_wrong_place() {
    let names = ["Ⱥ".repeat(30), "a".repeat(40), "b".repeat(9), "c".repeat(200), String::new()];
    let samples = (0..20).map(|at| Sample {
        name: names[at % names.len()].clone(),
        ..sample_of(&format!("t-{at}"))
    });
    let samples: Vec<_> = samples.collect();
    for last in 0..1_500 {
        let mut builder = Builder::new(CONNECTION, &[]);
        builder.last = last;
        for sample in &samples {
            builder.push(&sample.record());
        }
        let list = builder.finish();
        assert_eq!(list.len() + list.left_out(), samples.len(), "{last}");
        assert!(list.text.len().max(list.haystack.len()) <= last as usize + 1, "{last}");
        for record in list.records() {
            let sample = samples.iter().find(|sample| sample.id == record.id.0).unwrap();
            assert_eq!(record.name, sample.name, "{last}");
        }
    }
}
