//! A server that sends endlessly, or nothing at all: the load ends, what was known stays, and the
//! reason is reported.

use std::time::Duration;

use entri_sandbox::{Held, Method};
use token_desk::{Phase, Query, Summary};
use tokio::task::JoinHandle;

use crate::support::{Bench, FIRST, alone, connections, ids, now, synced};

const PROJECT: &str = "/projects/6660aa11/tokens";
const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

/// A running load: the server has built the organization's page, and holds it back.
async fn held(bench: &Bench) -> (Held, JoinHandle<Summary>) {
    let held = bench.sandbox.hold_next(&Method::GET, ORGANIZATION);
    let desk = bench.desk.clone();
    let load = tokio::spawn(async move { synced(&desk).await });
    held.reached().await;
    (held, load)
}

fn messages(summary: &Summary) -> String {
    summary.problems.iter().map(|problem| &*problem.message).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_load_can_be_stopped_and_begun_again() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        bench.sandbox.add_token("fresh").unwrap();
        let (held, load) = held(&bench).await;
        bench.desk.stop_sync();
        let summary = load.await.unwrap();
        assert_eq!((summary.phase, summary.complete), (Phase::Idle, true), "the list of before");
        assert!(messages(&summary).starts_with("Stopped. The list wasn’t reloaded"), "{summary:?}");
        assert_eq!(ids(&bench.desk), before);
        held.given_up().await;

        let summary = synced(&bench.desk).await;
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
        assert_eq!(ids(&bench.desk).len(), before.len() + 1);
        bench.desk.stop_sync();
        assert_eq!(bench.desk.status().summary().problems, [], "nothing went on");
    });
}

#[test]
fn a_connection_is_left_while_its_load_hangs() {
    alone(async {
        let bench = Bench::loaded().await;
        let (held, load) = held(&bench).await;
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        held.given_up().await;
        load.await.unwrap();
        assert_eq!((connections(&bench.desk), ids(&bench.desk).len()), (vec![], 0));
    });
}

#[test]
fn a_load_ends_in_time_with_what_came_and_what_was_known() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk).len();
        bench.list(PROJECT, r#"[{"_id":"t-new","name":"new"}]"#);
        bench.desk.load_within(Duration::from_secs(2));
        let (held, load) = held(&bench).await;
        let summary = load.await.unwrap();
        assert!(!summary.complete, "{summary:?}");
        let expected = "Loading the tokens of the organization took too long.";
        assert!(messages(&summary).contains(expected), "{summary:?}");
        assert!(ids(&bench.desk).contains(&"t-new".to_owned()), "what came is shown");
        let in_project = bench.sandbox.truth().unwrap();
        let in_project =
            in_project.iter().filter(|it| it.project_id.as_deref() == Some("6660aa11"));
        assert_eq!(ids(&bench.desk).len(), before - in_project.count() + 1, "the rest is known");
        drop(held);
        let report = bench.desk.status().connections[0].problems().count();
        assert_eq!(report, 1);
    });
}

#[test]
fn a_list_that_is_too_large_pushes_nothing_out_that_is_known() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        let entry = |id: usize| format!(r#"{{"_id":"x-{id}","name":"x","projectId":"p-{id}"}}"#);
        let flood: Vec<_> = (0..20_001).map(entry).collect();
        let flood = format!("[{}]", flood.join(","));
        bench.list(ORGANIZATION, &flood);
        let summary = synced(&bench.desk).await;
        let expected = "The list of tokens of the organization is too large";
        assert!(!summary.complete && messages(&summary).contains(expected), "{summary:?}");
        assert_eq!(ids(&bench.desk), before);
        assert_eq!(bench.desk.status().connections[0].projects.len(), 3);
        let reopened = bench.reopened();
        assert!(messages(&reopened.status().summary()).contains(expected), "after a start, too");

        let whole = synced(&bench.desk).await;
        assert_eq!((whole.complete, whole.problems), (true, vec![]));
    });
}

/// Where nothing is known yet, the beginning of a flood is more than nothing.
#[test]
fn of_a_first_list_that_is_too_large_the_beginning_is_shown() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let entry = |id: usize| format!(r#"{{"_id":"x-{id}","name":"x","projectId":"p-{id}"}}"#);
        let flood: Vec<_> = (0..20_001).map(entry).collect();
        bench.list(ORGANIZATION, &format!("[{}]", flood.join(",")));
        let summary = synced(&bench.desk).await;
        assert!(!summary.complete, "{summary:?}");
        let listing = bench.desk.query(&Query::default(), 0, 1, None, now());
        assert!((19_000..=20_100).contains(&listing.total), "{}", listing.total);
        assert!(bench.desk.status().connections[0].projects.len() <= 20_000);
    });
}
