//! The outcome for each token, and that it agrees with what the server knows.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{FaultAnswer, Recurring};
use token_desk::{BulkRevokeOutcome, Code, Desk, Error, Event, RevokeRequest};

use super::{all, bench_of, is_the_truth, of, planned};
use crate::support::plans::run;
use crate::support::{Bench, alone, connect_to, entries, key, now, says, synced};

/// Somebody else revokes a token.
async fn revoked_elsewhere(bench: &Bench, id: &str) {
    let folder = tempfile::tempdir().unwrap();
    let other = Desk::open(folder.path(), now()).unwrap();
    connect_to(&other, &bench.sandbox).await;
    synced(&other).await;
    let plan = other.preview_revoke(&key(id), now()).unwrap();
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
        let [used, gone] = [&plan.tokens[3].key.id.0, &plan.tokens[7].key.id.0];
        let at: DateTime<Utc> = now() - TimeDelta::minutes(1);
        bench.sandbox.touch(used, at).unwrap();
        revoked_elsewhere(&bench, gone).await;
        let result = run(desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        let outcomes = of(&result);
        assert_eq!(outcomes[used], BulkRevokeOutcome::UsedSince(at));
        assert_eq!(outcomes[gone], BulkRevokeOutcome::AlreadyGone);
        let revoked = outcomes.values().filter(|it| **it == BulkRevokeOutcome::Revoked).count();
        assert_eq!((revoked, bench.sent("DELETE")), (18, 19));
        assert_eq!(desk.query(&all(), 0, 0, None, now()).total, 120 - 19, "the list is fresh");
        assert!(desk.status().connections[0].bulk_revokes.is_empty(), "nothing is left to do");
        let entries = entries(desk).await;
        let says = |text: &str| entries.iter().filter(|it| it.says() == text).count();
        assert_eq!(says("Bulk revoke started"), 1);
        assert_eq!(says("Skipped: used since"), 1);
        assert_eq!(desk.verify_journal().await.unwrap().broken, None);
    });
}

/// Every 10th request fails, and every 15th is answered with 404.
#[test]
fn what_a_failing_server_did_is_found_out() {
    alone(async {
        let bench = bench_of(80).await;
        let desk = &bench.desk;
        let plan = planned(desk, 40).await;
        let used = &plan.tokens[20].key.id.0;
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
        assert_eq!((outcomes.len(), &outcomes[used]), (40, &BulkRevokeOutcome::UsedSince(now())));
        let failed = outcomes.values().filter(|it| matches!(it, BulkRevokeOutcome::Failed(_)));
        let failed = failed.count();
        assert!((1..20).contains(&failed), "one failure stops nothing: {failed}");
        assert_eq!(bench.sent("POST"), 0);
    });
}

#[test]
fn tokens_in_use_take_the_typed_number_and_nothing_is_done_twice() {
    alone(async {
        let bench = bench_of(48).await;
        let desk = &bench.desk;
        let (total, own) = (desk.select_all(&all(), true, now()), 1);
        assert_eq!(total, 48);
        let plan = desk.plan_bulk_revoke(now()).await.unwrap();
        assert!((plan.tokens.len(), plan.needs_count, plan.own_left_out) == (48 - own, true, true));
        for typed in ["", "46", "4 7"] {
            let error = desk.run_bulk_revoke(plan.id, typed, now).await.unwrap_err();
            assert!(matches!(error, Error::CountMismatch { .. }), "{typed:?}: {error}");
        }
        assert_eq!(bench.sent("DELETE"), 0);
        desk.select_none();
        assert_eq!(desk.plan_bulk_revoke(now()).await.unwrap_err().code(), Code::Invalid);
        let plan = planned(desk, 2).await;
        assert!(!plan.needs_count, "stale ones take a plain confirmation");
        run(desk, &plan).await;
        let again = desk.run_bulk_revoke(plan.id, "", now).await.unwrap_err();
        assert!(matches!(again, Error::BulkRevokeGone), "{again}");
        assert_eq!(bench.sent("DELETE"), 2);
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
            if let Event::BulkRevoke(progress) = event
                && progress.done == 2
            {
                holds.lock().unwrap().execute_batch("BEGIN EXCLUSIVE").unwrap();
            }
        });
        let result = run(desk, &plan).await;
        is_the_truth(&result, &bench.sandbox);
        let outcomes = result.tokens.iter().map(|(_, outcome)| outcome);
        let revoked = outcomes.filter(|it| **it == BulkRevokeOutcome::Revoked).count();
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
