//! Many tokens revoked at once: what the plan says, what the server does meanwhile, what is left.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{FaultAnswer, Recurring, Sandbox};
use token_audit::View;
use token_desk::{
    Chip, CleanupOutcome, CleanupPlan, CleanupResult, Code, Desk, Error, Event, Query,
    RevokeRequest, Shown, TokenKey,
};
use tokio::sync::Notify;

use crate::support::gate::Gate;
use crate::support::plans::run;
use crate::support::{
    Bench, FIRST, alone, connect, connect_to, entries, key, now, rows, sandbox, says, synced,
};

fn all() -> Query {
    Query { descending: false, ..Query::default() }
}

/// The first so many tokens, those that were quiet the longest first.
fn quiet(desk: &Desk, count: usize) -> Vec<TokenKey> {
    let rows = (0..).step_by(60).take(count.div_ceil(60));
    let rows = rows.flat_map(|top| desk.query(&all(), top, 60, None, now()).rows);
    rows.take(count).map(|row| row.key).collect()
}

async fn bench_of(tokens: u32) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path(), now()).unwrap();
    let bench = Bench { sandbox: sandbox(1, tokens).await, folder, desk };
    bench.connect().await.unwrap();
    synced(&bench.desk).await;
    bench
}

async fn planned(desk: &Desk, count: usize) -> CleanupPlan {
    desk.select(quiet(desk, count), true);
    desk.plan_cleanup(now()).await.unwrap()
}

fn of(result: &CleanupResult) -> HashMap<String, CleanupOutcome> {
    result.tokens.iter().map(|(token, it)| (token.key.id.clone(), it.clone())).collect()
}

/// What the result says of each token is what the server knows of it.
fn is_the_truth(result: &CleanupResult, sandbox: &Sandbox) {
    let truth = sandbox.truth().unwrap();
    for (token, outcome) in &result.tokens {
        let revoked = truth.iter().find(|it| it.id == token.key.id).is_none_or(|it| it.revoked);
        let gone = matches!(outcome, CleanupOutcome::Revoked | CleanupOutcome::AlreadyGone);
        assert_eq!(gone, revoked, "{}: {outcome:?}", token.name);
    }
}

/// Somebody else revokes a token.
async fn revoked_elsewhere(bench: &Bench, id: &str) {
    let folder = tempfile::tempdir().unwrap();
    let other = Desk::open(folder.path(), now()).unwrap();
    connect_to(&other, &bench.sandbox).await;
    synced(&other).await;
    let plan = other.plan_revoke(&key(id), now()).unwrap();
    let request = RevokeRequest {
        key: key(id),
        seen: plan.seen,
        typed: Some(plan.to_type.text().to_owned()),
    };
    other.revoke(request, now()).await.unwrap();
}

#[test]
fn each_token_is_looked_at_again_and_the_used_one_is_left() {
    alone(async {
        let bench = bench_of(120).await;
        let desk = &bench.desk;
        let plan = planned(desk, 20).await;
        assert!(plan.tokens.is_sorted_by_key(|token| token.last_used));
        let [used, gone] = [&plan.tokens[3].key.id, &plan.tokens[7].key.id];
        let at: DateTime<Utc> = now() - TimeDelta::minutes(1);
        bench.sandbox.touch(used, at).unwrap();
        revoked_elsewhere(&bench, gone).await;
        let result = run(desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        let outcomes = of(&result);
        assert_eq!(outcomes[used], CleanupOutcome::UsedSince(at));
        assert_eq!(outcomes[gone], CleanupOutcome::AlreadyGone);
        let revoked = outcomes.values().filter(|it| **it == CleanupOutcome::Revoked).count();
        assert_eq!((revoked, bench.sent("DELETE")), (18, 19));
        assert_eq!(desk.query(&all(), 0, 0, None, now()).total, 120 - 19, "the list is fresh");
        assert!(desk.status().connections[0].cleanups.is_empty(), "nothing is left to do");
        let entries = entries(desk).await;
        let says = |text: &str| entries.iter().filter(|it| it.says() == text).count();
        assert_eq!(says("Bulk revoke started"), 1);
        assert_eq!(says("Skipped: used since"), 1);
        assert_eq!(desk.verify_journal().await.unwrap().broken, None);
    });
}

/// Every 10th request fails, every 15th says that there is no such thing.
#[test]
fn what_a_failing_server_did_is_found_out() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 40).await;
        let used = &plan.tokens[20].key.id;
        bench.sandbox.touch(used, now()).unwrap();
        let fault = |every, status, with_effect| Recurring {
            every,
            with_effect,
            answer: FaultAnswer::status(status, "application/json", "{}"),
        };
        // Of the failures every other one happens after the server did as it was asked.
        let faults = vec![fault(15, 404, false), fault(20, 500, true), fault(10, 500, false)];
        bench.sandbox.fail_every(faults);
        let result = run(desk, &plan).await;
        bench.sandbox.fail_every(Vec::new());
        is_the_truth(&result, &bench.sandbox);
        let outcomes = of(&result);
        assert_eq!((outcomes.len(), &outcomes[used]), (40, &CleanupOutcome::UsedSince(now())));
        let failed = outcomes.values().filter(|it| matches!(it, CleanupOutcome::Failed(_)));
        let failed = failed.count();
        assert!((1..20).contains(&failed), "one failure stops nothing: {failed}");
        assert_eq!(bench.sent("POST"), 0);
    });
}

#[test]
fn what_matches_is_planned_and_the_selection_stays() {
    alone(async {
        let bench = bench_of(48).await;
        let desk = &bench.desk;
        let own = rows(desk).into_iter().find(|row| row.chip == Chip::ThisApp).unwrap().key;
        let chosen = rows(desk).into_iter().find(|row| row.chip != Chip::Stale).unwrap().key;
        desk.select([chosen.clone(), own], true);
        let stale = Query { view: View::Stale, ..all() };
        let plan = desk.plan_cleanup_of(stale.clone(), now()).await.unwrap();
        let shown = desk.query(&stale, 0, 100, None, now()).rows;
        let planned = plan.tokens.iter().chain(&plan.kept).map(|it| &it.key.id);
        assert!(shown.iter().all(|row| planned.clone().any(|id| *id == row.key.id)), "{plan:?}");
        assert_eq!((planned.count(), desk.selection().tokens), (shown.len(), 2));
        let typo = Query { text: "is:nonsense".to_owned(), ..all() };
        assert!(desk.plan_cleanup_of(typo, now()).await.is_err(), "nothing is meant by it");
    });
}

#[test]
fn tokens_in_use_take_the_typed_number_and_nothing_is_done_twice() {
    alone(async {
        let bench = bench_of(48).await;
        let desk = &bench.desk;
        let (total, own) = (desk.select_all(&all(), true, now()), 1);
        assert_eq!(total, 48);
        let plan = desk.plan_cleanup(now()).await.unwrap();
        assert!((plan.tokens.len(), plan.typed, plan.own_left_out) == (48 - own, true, true));
        for typed in ["", "46", "4 7"] {
            let error = desk.run_cleanup(plan.id, typed, now).await.unwrap_err();
            assert!(matches!(error, Error::CountMismatch { .. }), "{typed:?}: {error}");
        }
        assert_eq!(bench.sent("DELETE"), 0);
        desk.select_none();
        assert_eq!(desk.plan_cleanup(now()).await.unwrap_err().code(), Code::Invalid);
        let plan = planned(desk, 2).await;
        assert!(!plan.typed, "stale ones take a plain confirmation");
        run(desk, &plan).await;
        let again = desk.run_cleanup(plan.id, "", now).await.unwrap_err();
        assert!(matches!(again, Error::CleanupGone), "{again}");
        assert_eq!(bench.sent("DELETE"), 2);
    });
}

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
fn of_too_many_to_be_read_at_once_the_quietest_are_planned_and_the_rest_stays_selected() {
    alone(async {
        let bench = bench_of(1_003).await;
        let desk = &bench.desk;
        assert_eq!(desk.select_all(&all(), true, now()), 1_003);
        let error = desk.questions(Vec::new()).await.unwrap_err().to_string();
        assert!(error.contains("1000 at most"), "{error}");
        let plan = desk.plan_cleanup(now()).await.unwrap();
        assert_eq!((plan.tokens.len(), plan.more, plan.own_left_out), (1_000, 3, false));
        let last = plan.tokens.last().unwrap().last_used;
        desk.schedule_cleanup(plan.id, "1000", now()).await.unwrap();
        let rest = desk.plan_cleanup(now()).await.unwrap();
        assert_eq!((rest.tokens.len(), rest.more, rest.own_left_out), (2, 0, true));
        assert!(rest.tokens.iter().all(|token| token.last_used >= last));
        // The app's own is selected no more, since no plan will ever take it.
        assert_eq!(desk.select([], true), 2);
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

/// A page may be closed or begin anew meanwhile.
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

        // It is no run: what is left can be gone on with, and another one takes its place.
        let [left] = &*status.connections[0].cleanups else { panic!("one is left") };
        let plan = desk.go_on_with_cleanup(left.connection, left.number, now()).await.unwrap();
        let result = run(desk, &plan).await;
        assert_eq!(desk.follow_cleanup().await, Some(result));
        desk.cleanup_seen();
        assert_eq!((desk.status().cleanup, desk.follow_cleanup().await), (None, None));
    });
}

/// Only a result can be marked as seen, never a clean-up that still runs.
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

#[test]
fn what_leaves_the_list_is_no_longer_selected() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let other = connect_to(desk, &sandbox(2, 48).await).await;
        desk.show(Shown::All, now()).await.unwrap();
        assert_eq!(desk.select_all(&Query::default(), true, now()), 96);
        // Somebody else revokes one.
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = Desk::open(folder.path(), now()).unwrap();
        connect_to(&elsewhere, &bench.sandbox).await;
        let key = key(&bench.id_of("old-jenkins"));
        let plan = elsewhere.plan_revoke(&key, now()).unwrap();
        let request =
            RevokeRequest { key, seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) };
        elsewhere.revoke(request, now()).await.unwrap();
        synced(desk).await;
        let selected = || desk.query(&Query::default(), 0, 0, None, now()).selected;
        assert_eq!(selected(), 95);
        desk.disconnect(other, true, now()).await.unwrap();
        assert_eq!(selected(), 47);
    });
}

#[test]
fn rows_are_selected_by_their_places_and_one_is_toggled() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let shown = || desk.query(&all(), 0, usize::MAX, None, now()).rows;
        let keys: Vec<_> = shown().into_iter().map(|row| row.key).collect();
        let chosen = || shown().iter().map(|row| row.selected).collect::<Vec<_>>();
        let is_chosen = |range: std::ops::Range<usize>| {
            (0..keys.len()).map(|at| range.contains(&at)).collect::<Vec<_>>()
        };
        assert_eq!(desk.select_rows(&all(), 3..7, None, now()), 4);
        assert_eq!(chosen(), is_chosen(3..7));
        desk.toggle(keys[6].clone());
        assert_eq!((chosen(), desk.selection().tokens), (is_chosen(3..6), 3));
        desk.toggle(keys[6].clone());
        assert_eq!(chosen(), is_chosen(3..7));
        // The page still showed the list as it was before two rows came in above.
        desk.select_none();
        desk.select_rows(&all(), 3..5, Some(&keys[5]), now());
        assert_eq!(chosen(), is_chosen(5..7));
        assert_eq!(desk.select_rows(&all(), 47..90, None, now()), 3, "no row is beyond the last");
        desk.select_rows(&all(), 3..usize::MAX, Some(&keys[0]), now());
        assert_eq!(desk.selection().tokens, 48 - 3 + 3);
    });
}

#[test]
fn nothing_is_selected_by_a_search_that_is_not_understood() {
    alone(async {
        let bench = Bench::loaded().await;
        let select = |text: &str| {
            bench.desk.select_all(&Query { text: text.to_owned(), ..all() }, true, now())
        };
        assert_eq!(select("is:retired gitlab"), 0);
        assert_eq!(select("gitlab"), 2);
    });
}

#[test]
fn a_journal_that_breaks_stops_it_and_hides_nothing() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 6).await;
        let path = bench.folder.path().join("journal.db");
        let other = Arc::new(Mutex::new(rusqlite::Connection::open(path).unwrap()));
        let holds = Arc::clone(&other);
        // Somebody else holds the file from the third token on.
        desk.listen(move |event| {
            if let Event::Cleanup(progress) = event
                && progress.done == 2
            {
                holds.lock().unwrap().execute_batch("BEGIN EXCLUSIVE").unwrap();
            }
        });
        let result = run(desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        let outcomes = result.tokens.iter().map(|(_, outcome)| outcome);
        let revoked = outcomes.filter(|it| **it == CleanupOutcome::Revoked).count();
        assert_eq!((revoked, bench.sent("DELETE")), (3, 3));
        assert!(result.stopped.is_some_and(|why| why.contains("locked")));
        let problems = desk.status().problems;
        let [said] = &problems[..] else { panic!("{problems:?}") };
        assert!(said.message.contains("was revoked, but the journal"), "{said:?}");
        other.lock().unwrap().execute_batch("ROLLBACK").unwrap();
        desk.keep_journal().await.unwrap();
        assert!(desk.status().problems.is_empty());
        let written = says(desk).await.iter().filter(|it| **it == "Revoked").count();
        assert_eq!(written, 3, "{:?}", says(desk).await);
        let next = planned(desk, 2).await;
        assert_ne!(next.id, plan.id, "another can be planned: {next:?}");
    });
}
