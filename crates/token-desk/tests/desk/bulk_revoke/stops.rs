//! Bulk revokes that stop, wait for their day, or go on without their window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use entri_sandbox::{FaultAnswer, Recurring};
use token_desk::{BulkRevokeOutcome, BulkRevokeResult, Desk, Error, Event, Query};
use tokio::sync::Notify;

use super::{bench_of, is_the_truth, planned};
use crate::support::plans::run;
use crate::support::proxy::Proxy;
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
        let not_reached = |result: &BulkRevokeResult| {
            result.tokens.iter().filter(|(_, it)| *it == BulkRevokeOutcome::NotReached).count()
        };
        let left = not_reached(&result);
        assert!((1..12).contains(&left), "{left}");
        // As at the next start.
        let desk = bench.reopened();
        connect(&desk, &bench.sandbox.ready().base_url, &bench.sandbox.ready().admin_token)
            .await
            .unwrap();
        synced(&desk).await;
        let [open] = &desk.status().connections[0].bulk_revokes[..] else { panic!("one is open") };
        assert_eq!((open.total, open.left.len()), (12, left));
        let plan = desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        let result = run(&desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        assert_eq!((result.stopped, result.tokens.len()), (None, left));
        assert!(desk.status().connections[0].bulk_revokes.is_empty());
    });
}

#[test]
fn one_for_tomorrow_waits_and_can_be_called_off() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 3).await;
        let scheduled = desk.schedule_bulk_revoke(plan.id, "3", now()).await.unwrap();
        let due = scheduled.due;
        assert_eq!(due, now() + TimeDelta::hours(24));
        let marked = |desk: &Desk| {
            let rows = desk.query(&Query::default(), 0, 80, None, now()).rows;
            let marked = rows.into_iter().filter(|row| row.due == Some(due)).map(|row| row.key);
            marked.collect::<std::collections::HashSet<_>>()
        };
        assert_eq!(marked(desk), plan.tokens.iter().map(|token| token.key.clone()).collect());
        let desk = &bench.reopened();
        let [open] = &desk.status().connections[0].bulk_revokes[..] else { panic!("one is open") };
        assert_eq!(scheduled.bulk_revokes, [(FIRST, open.number)], "what can be called off");
        assert_eq!((open.due, open.left.len()), (Some(due), 3));
        assert_eq!(open.left, plan.tokens, "with the evidence it was confirmed with");
        desk.leave_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        assert!(desk.status().connections[0].bulk_revokes.is_empty());
        assert!(marked(desk).is_empty());
        let gone = desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap_err();
        assert!(matches!(gone, Error::BulkRevokeGone), "{gone}");
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
            if let Event::BulkRevoke(progress) = event
                && progress.done == 4
            {
                assert_eq!(progress.total, 10);
                stopping.stop_bulk_revoke();
            }
        };
        desk.listen(heard);
        let result = run(desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        let reached = result.tokens.iter().filter(|(_, it)| *it != BulkRevokeOutcome::NotReached);
        assert_eq!((reached.count(), result.tokens.len(), result.stopped), (4, 10, None));
        assert_eq!(desk.status().connections[0].bulk_revokes[0].left.len(), 6);
    });
}

/// Stops a bulk revoke of four tokens after its first one, and holds the one that goes on with it there.
fn hold_the_second(desk: &Desk, proxy: &Arc<Proxy>, held: &Arc<Notify>) {
    let (listening, shutting, holds) = (desk.clone(), proxy.clone(), held.clone());
    desk.listen(move |event| match event {
        Event::BulkRevoke(progress) if progress.done != 1 => {}
        Event::BulkRevoke(progress) if progress.total == 4 => listening.stop_bulk_revoke(),
        Event::BulkRevoke(_) => {
            shutting.shut();
            holds.notify_one();
        }
        _ => {}
    });
}

/// A page may be closed or begin again meanwhile.
#[test]
fn one_that_runs_is_shown_to_whoever_comes_and_is_none_that_was_left() {
    alone(async {
        let bench = bench_of(80).await;
        let proxy = Proxy::before(&bench.sandbox.ready().base_url).await;
        let desk = &bench.desk;
        desk.disconnect(FIRST, true, now()).await.unwrap();
        let key = &bench.sandbox.ready().admin_token;
        let connection = connect(desk, &proxy.url(), key).await.unwrap().id;
        synced(desk).await;
        let (proxy, held) = (Arc::new(proxy), Arc::new(Notify::new()));
        hold_the_second(desk, &proxy, &held);
        run(desk, &planned(desk, 4).await).await;
        let left = desk.status().connections[0].bulk_revokes[0].clone();
        let plan = desk.go_on_with_bulk_revoke(connection, left.number, now()).await.unwrap();
        let begun = desk.clone();
        let begun = tokio::spawn(async move { run(&begun, &plan).await });
        held.notified().await;

        let status = desk.status();
        let running = status.bulk_revoke.unwrap();
        assert_eq!((running.progress.done, running.progress.total), (1, 3));
        assert_eq!(running.connections, [connection]);
        assert_eq!(status.connections[0].bulk_revokes, [], "it is none to go on with");
        let leaving = desk.leave_bulk_revoke(connection, left.number, now()).await;
        assert!(matches!(leaving, Err(Error::BulkRevokeRuns)), "{leaving:?}");
        let going_on = desk.go_on_with_bulk_revoke(connection, left.number, now()).await;
        assert!(matches!(going_on, Err(Error::BulkRevokeRuns)), "{going_on:?}");

        let ending = async {
            proxy.open();
            begun.await.unwrap()
        };
        let (followed, result) = tokio::join!(desk.follow_bulk_revoke(), ending);
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
            Event::BulkRevoke(progress) if progress.done == 2 => stopping.stop_bulk_revoke(),
            _ => {}
        });
        let result = run(desk, &planned(desk, 5).await).await;
        let status = desk.status();
        assert_eq!(status.bulk_revoke.map(|it| it.progress.total), Some(5));
        assert_eq!(desk.follow_bulk_revoke().await.as_ref(), Some(&result));
        assert_eq!(desk.follow_bulk_revoke().await, Some(result), "however often it is asked for");

        // It isn't running anymore: its remaining tokens can be resumed, and another one can start.
        let [left] = &*status.connections[0].bulk_revokes else { panic!("one is left") };
        let plan = desk.go_on_with_bulk_revoke(left.connection, left.number, now()).await.unwrap();
        let result = run(desk, &plan).await;
        assert_eq!(desk.follow_bulk_revoke().await, Some(result));
        desk.bulk_revoke_seen();
        assert_eq!((desk.status().bulk_revoke, desk.follow_bulk_revoke().await), (None, None));
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
            Event::BulkRevoke(progress) if progress.done == 1 => {
                seeing.bulk_revoke_seen();
                runs.store(seeing.status().bulk_revoke.is_some(), Ordering::Relaxed);
            }
            _ => {}
        });
        run(desk, &planned(desk, 3).await).await;
        assert!(running.load(Ordering::Relaxed));
    });
}
