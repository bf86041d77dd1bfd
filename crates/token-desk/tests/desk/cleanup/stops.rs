//! Bulk revokes that stop, wait for their day, or go on without their window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use entri_sandbox::{FaultAnswer, Recurring};
use token_desk::{CleanupOutcome, CleanupResult, Desk, Error, Event, Query};
use tokio::sync::Notify;

use super::{bench_of, is_the_truth, planned};
use crate::support::gate::Gate;
use crate::support::plans::run;
use crate::support::{FIRST, alone, connect, now, synced};

#[test]
fn a_refused_sign_in_stops_it_and_the_rest_can_be_gone_on_with() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 12).await;
        let refused = FaultAnswer::status(401, "application/json", r#"{"message":"no"}"#);
        bench.sandbox.fail_every(vec![Recurring { every: 9, with_effect: false, answer: refused }]);
        let result = run(desk, &plan).await;
        bench.sandbox.fail_every(Vec::new());
        assert!(result.stopped.is_some());
        is_the_truth(&result, &bench.sandbox);
        let not_reached = |result: &CleanupResult| {
            result.tokens.iter().filter(|(_, it)| *it == CleanupOutcome::NotReached).count()
        };
        let left = not_reached(&result);
        assert!((1..12).contains(&left), "{left}");
        // As at the next start.
        let desk = bench.reopened();
        connect(&desk, &bench.sandbox.ready().base_url, &bench.sandbox.ready().admin_token)
            .await
            .unwrap();
        synced(&desk).await;
        let [open] = &desk.status().connections[0].cleanups[..] else { panic!("one is open") };
        assert_eq!((open.total, open.left.len()), (12, left));
        let plan = desk.go_on_with_cleanup(FIRST, open.number, now()).await.unwrap();
        let result = run(&desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        assert_eq!((result.stopped, result.tokens.len()), (None, left));
        assert!(desk.status().connections[0].cleanups.is_empty());
    });
}

#[test]
fn one_for_tomorrow_waits_and_can_be_called_off() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 3).await;
        let scheduled = desk.schedule_cleanup(plan.id, "3", now()).await.unwrap();
        let due = scheduled.due;
        assert_eq!(due, now() + TimeDelta::hours(24));
        let marked = |desk: &Desk| {
            let rows = desk.query(&Query::default(), 0, 80, None, now()).rows;
            let marked = rows.into_iter().filter(|row| row.due == Some(due)).map(|row| row.key);
            marked.collect::<std::collections::HashSet<_>>()
        };
        assert_eq!(marked(desk), plan.tokens.iter().map(|token| token.key.clone()).collect());
        let desk = &bench.reopened();
        let [open] = &desk.status().connections[0].cleanups[..] else { panic!("one is open") };
        assert_eq!(scheduled.cleanups, [(FIRST, open.number)], "what can be called off");
        assert_eq!((open.due, open.left.len()), (Some(due), 3));
        assert_eq!(open.left, plan.tokens, "with the evidence it was confirmed with");
        desk.leave_cleanup(FIRST, open.number, now()).await.unwrap();
        assert!(desk.status().connections[0].cleanups.is_empty());
        assert!(marked(desk).is_empty());
        let gone = desk.go_on_with_cleanup(FIRST, open.number, now()).await.unwrap_err();
        assert!(matches!(gone, Error::CleanupGone), "{gone}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

#[test]
fn it_stops_before_the_next_request_to_revoke() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 10).await;
        let stopping = desk.clone();
        let heard = move |event| {
            if let Event::Cleanup(progress) = event
                && progress.done == 4
            {
                assert_eq!(progress.total, 10);
                stopping.stop_cleanup();
            }
        };
        desk.listen(heard);
        let result = run(desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        let reached = result.tokens.iter().filter(|(_, it)| *it != CleanupOutcome::NotReached);
        assert_eq!((reached.count(), result.tokens.len(), result.stopped), (4, 10, None));
        assert_eq!(desk.status().connections[0].cleanups[0].left.len(), 6);
    });
}

/// A page may be closed or begin again meanwhile.
#[test]
fn one_that_runs_is_shown_to_whoever_comes_and_is_none_that_was_left() {
    alone(async {
        let bench = bench_of(80).await;
        let gate = Gate::before(&bench.sandbox.ready().base_url).await;
        let desk = &bench.desk;
        desk.disconnect(FIRST, true, now()).await.unwrap();
        let key = &bench.sandbox.ready().admin_token;
        let connection = connect(desk, &gate.url(), key).await.unwrap().id;
        synced(desk).await;
        let (gate, held) = (Arc::new(gate), Arc::new(Notify::new()));
        let (listening, shutting, holds) = (desk.clone(), gate.clone(), held.clone());
        desk.listen(move |event| match event {
            Event::Cleanup(progress) if progress.done != 1 => {}
            Event::Cleanup(progress) if progress.total == 4 => listening.stop_cleanup(),
            Event::Cleanup(_) => {
                shutting.shut();
                holds.notify_one();
            }
            _ => {}
        });
        run(desk, &planned(desk, 4).await).await;
        let left = desk.status().connections[0].cleanups[0].clone();
        let plan = desk.go_on_with_cleanup(connection, left.number, now()).await.unwrap();
        let begun = desk.clone();
        let begun = tokio::spawn(async move { run(&begun, &plan).await });
        held.notified().await;

        let status = desk.status();
        let running = status.cleanup.unwrap();
        assert_eq!((running.progress.done, running.progress.total), (1, 3));
        assert_eq!(running.connections, [connection]);
        assert_eq!(status.connections[0].cleanups, [], "it is none to go on with");
        let leaving = desk.leave_cleanup(connection, left.number, now()).await;
        assert!(matches!(leaving, Err(Error::CleanupRuns)), "{leaving:?}");
        let going_on = desk.go_on_with_cleanup(connection, left.number, now()).await;
        assert!(matches!(going_on, Err(Error::CleanupRuns)), "{going_on:?}");

        let ending = async {
            gate.open();
            begun.await.unwrap()
        };
        let (followed, result) = tokio::join!(desk.follow_cleanup(), ending);
        assert_eq!(followed, Some(result.clone()));
        is_the_truth(&result, &bench.sandbox);
    });
}

/// Whoever began it may be gone by then.
#[test]
fn what_came_of_one_waits_until_somebody_has_seen_it() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let stopping = desk.clone();
        desk.listen(move |event| match event {
            Event::Cleanup(progress) if progress.done == 2 => stopping.stop_cleanup(),
            _ => {}
        });
        let result = run(desk, &planned(desk, 5).await).await;
        let status = desk.status();
        assert_eq!(status.cleanup.map(|it| it.progress.total), Some(5));
        assert_eq!(desk.follow_cleanup().await.as_ref(), Some(&result));
        assert_eq!(desk.follow_cleanup().await, Some(result), "however often it is asked for");

        // It is no run: what is left can be resumed, and another one takes its place.
        let [left] = &*status.connections[0].cleanups else { panic!("one is left") };
        let plan = desk.go_on_with_cleanup(left.connection, left.number, now()).await.unwrap();
        let result = run(desk, &plan).await;
        assert_eq!(desk.follow_cleanup().await, Some(result));
        desk.cleanup_seen();
        assert_eq!((desk.status().cleanup, desk.follow_cleanup().await), (None, None));
    });
}

/// Only a result can be marked as seen, never a bulk revoke that still runs.
#[test]
fn one_that_runs_is_not_forgotten() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let (seeing, running) = (desk.clone(), Arc::new(AtomicBool::new(false)));
        let runs = running.clone();
        desk.listen(move |event| match event {
            Event::Cleanup(progress) if progress.done == 1 => {
                seeing.cleanup_seen();
                runs.store(seeing.status().cleanup.is_some(), Ordering::Relaxed);
            }
            _ => {}
        });
        run(desk, &planned(desk, 3).await).await;
        assert!(running.load(Ordering::Relaxed));
    });
}
