//! How a bulk revoke goes about a server: what it asks for, and what it waits for.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use entri_sandbox::{FaultAnswer, Odd, StoredToken, Variant};
use token_desk::{BulkRevokeOutcome, BulkRevokeResult, Event, Waits};

use crate::support::proxy::Proxy;
use crate::support::{Bench, FIRST, alone, connect, key, now, sandbox, synced};

/// So many tokens of the organization's own that were never used.
fn quiet(bench: &Bench, count: usize) -> Vec<String> {
    let fits = |it: &StoredToken| it.project_id.is_none() && it.last_used.is_none() && !it.revoked;
    let tokens = bench.sandbox.truth().unwrap().into_iter().filter(fits);
    tokens.map(|token| token.id).take(count).collect()
}

async fn cleaned_up(bench: &Bench, ids: &[String]) -> BulkRevokeResult {
    bench.desk.select(ids.iter().map(|id| key(id)), true);
    let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
    assert_eq!(plan.tokens.len(), ids.len());
    bench.desk.run_bulk_revoke(plan.id, &ids.len().to_string(), now).await.unwrap()
}

fn count(result: &BulkRevokeResult, sought: &BulkRevokeOutcome) -> usize {
    result.tokens.iter().filter(|(_, outcome)| outcome == sought).count()
}

/// Subscribes to what the bulk revokes of this desk are waiting for.
fn waits(bench: &Bench, heard: impl Fn(Waits) + Send + Sync + 'static) -> Arc<Mutex<Vec<Waits>>> {
    let all = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&all);
    bench.desk.listen(move |event| {
        if let Event::BulkRevoke(progress) = event
            && let Some(waits) = progress.waits
        {
            kept.lock().unwrap().push(waits);
            heard(waits);
        }
    });
    all
}

/// Fails if it takes longer than it can.
async fn in_time<T>(act: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), act).await.unwrap()
}

fn throttled(seconds: u32) -> FaultAnswer {
    FaultAnswer::Answer {
        status: 429,
        content_type: "application/json",
        headers: vec![("retry-after", seconds.to_string())],
        body: "{}".to_owned(),
    }
}

/// On pages of 10 tokens: the list is read once, and then a page or two for each token.
#[test]
fn a_list_is_read_once_and_then_a_page_for_each_token() {
    alone(async {
        let bench = Bench::loaded_from(sandbox(1, 1_200).await).await;
        let mut odd = Odd::default();
        odd.pages.cap = Some(10);
        bench.sandbox.set_variant(Variant { odd, ..Variant::default() });
        let ids = quiet(&bench, 25);
        assert_eq!(ids.len(), 25);
        let before = bench.sandbox.requests().len();
        let own = bench.sandbox.truth().unwrap();
        let own = own.iter().filter(|it| it.project_id.is_none()).count();
        let result = cleaned_up(&bench, &ids).await;
        assert_eq!(count(&result, &BulkRevokeOutcome::Revoked), 25, "{result:?}");
        let sent = bench.sandbox.requests();
        let last = sent.iter().rposition(|it| it.method == "DELETE").unwrap();
        let pages = sent[before..last].iter().filter(|it| it.method == "GET").count();
        assert!(pages <= 2 * ids.len() + own.div_ceil(10) + 2, "{pages} of {own}");
        let truth = bench.sandbox.truth().unwrap();
        let living: HashSet<_> = truth.iter().filter(|it| !it.revoked).map(|it| &it.id).collect();
        assert!(ids.iter().all(|id| !living.contains(id)));
    });
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for_once_for_each_token() {
    alone(async {
        let bench = Bench::loaded().await;
        let ids = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let heard = waits(&bench, |_| ());
        // The first token is refused once, the second one twice.
        bench.fail("DELETE", "/tokens", false, throttled(1));
        bench.desk.select_none();
        let first = cleaned_up(&bench, &ids[..1]).await;
        assert_eq!(count(&first, &BulkRevokeOutcome::Revoked), 1, "{first:?}");
        (0..2).for_each(|_| bench.fail("DELETE", "/tokens", false, throttled(0)));
        let second = cleaned_up(&bench, &ids[1..]).await;
        assert!(matches!(second.tokens[0].1, BulkRevokeOutcome::Failed(_)), "{second:?}");
        let asked = [1, 0].map(|seconds| Waits::Asked(Duration::from_secs(seconds)));
        assert_eq!((&heard.lock().unwrap()[..], bench.sent("DELETE")), (&asked[..], 4));
    });
}

#[test]
fn a_wait_can_be_stopped() {
    alone(async {
        let bench = Bench::loaded().await;
        let ids = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let stopping = bench.desk.clone();
        waits(&bench, move |_| stopping.stop_bulk_revoke());
        bench.fail("DELETE", "/tokens", false, throttled(3_600));
        let result = cleaned_up(&bench, &ids).await;
        assert_eq!(count(&result, &BulkRevokeOutcome::NotReached), 2, "{result:?}");
        assert_eq!(bench.sent("DELETE"), 1);
        assert_eq!(bench.desk.status().connections[0].bulk_revokes[0].left.len(), 2);
    });
}

/// Whether the server is slow, or asks to wait: nothing of the tokens has to be known yet.
#[test]
fn the_reading_of_a_list_can_be_stopped() {
    alone(async {
        let bench = Bench::loaded().await;
        let ids = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let held = bench.sandbox.hold_next(&"GET".parse().unwrap(), "/tokens");
        let stopping = async {
            held.reached().await;
            bench.desk.stop_bulk_revoke();
        };
        let (result, ()) = tokio::join!(in_time(cleaned_up(&bench, &ids)), stopping);
        assert_eq!(count(&result, &BulkRevokeOutcome::NotReached), 2, "{result:?}");
        drop(held);

        bench.desk.select_none();
        bench.fail("GET", "/tokens", false, throttled(3_600));
        let asked = bench.sandbox.requests().len();
        let stopping = async {
            let asks =
                || bench.sandbox.requests()[asked..].iter().any(|it| it.path.contains("/tokens"));
            while !asks() {
                tokio::task::yield_now().await;
            }
            bench.desk.stop_bulk_revoke();
        };
        let (result, ()) = tokio::join!(in_time(cleaned_up(&bench, &ids)), stopping);
        assert_eq!(count(&result, &BulkRevokeOutcome::NotReached), 2, "{result:?}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

/// The outcomes are then known from the responses, and are reported as not compared.
#[test]
fn the_last_comparison_can_be_stopped() {
    alone(async {
        let bench = Bench::loaded().await;
        let ids = ["old-jenkins"].map(|name| bench.id_of(name));
        let delete = bench.sandbox.hold_next(&"DELETE".parse().unwrap(), "/tokens");
        let stopping = async {
            delete.reached().await;
            let held = bench.sandbox.hold_next(&"GET".parse().unwrap(), "/tokens");
            drop(delete);
            held.reached().await;
            bench.desk.stop_bulk_revoke();
            held
        };
        let (result, _held) = tokio::join!(in_time(cleaned_up(&bench, &ids)), stopping);
        assert_eq!(count(&result, &BulkRevokeOutcome::Revoked), 1, "{result:?}");
        assert!(!result.compared);
    });
}

/// As it is after a minute; it stays open, and goes on when the server is there again.
#[test]
fn a_server_that_cannot_be_reached_pauses_it() {
    alone(async {
        let bench = Bench::new().await;
        let proxy = Proxy::before(&bench.sandbox.ready().base_url).await;
        connect(&bench.desk, &proxy.url(), &bench.sandbox.ready().admin_token).await.unwrap();
        synced(&bench.desk).await;
        let ids = ["old-jenkins", "load-test", "figma-export"].map(|name| bench.id_of(name));
        bench.desk.wait_for_servers(Duration::ZERO);
        bench.desk.select(ids.iter().map(|id| key(id)), true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        proxy.lose_answers();
        let result = bench.desk.run_bulk_revoke(plan.id, "3", now).await.unwrap();
        assert!(result.stopped.as_ref().is_some_and(|why| why.contains("paused")), "{result:?}");
        assert!(!result.compared);
        assert_eq!(count(&result, &BulkRevokeOutcome::NotReached), 3, "{result:?}");
        proxy.find_answers();
        let [open] = &bench.desk.status().connections[0].bulk_revokes[..] else {
            panic!("it is open")
        };
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        let result = bench.desk.run_bulk_revoke(plan.id, "3", now).await.unwrap();
        assert_eq!(count(&result, &BulkRevokeOutcome::Revoked), 3, "{result:?}");
        assert_eq!(bench.sent("DELETE"), 3);
    });
}

#[test]
fn a_server_that_is_there_again_in_time_is_gone_on_with() {
    alone(async {
        let bench = Bench::new().await;
        let proxy = Arc::new(Proxy::before(&bench.sandbox.ready().base_url).await);
        connect(&bench.desk, &proxy.url(), &bench.sandbox.ready().admin_token).await.unwrap();
        synced(&bench.desk).await;
        let ids = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let again = Arc::clone(&proxy);
        let heard = waits(&bench, move |_| again.find_answers());
        proxy.lose_answers();
        let result = cleaned_up(&bench, &ids).await;
        assert_eq!(count(&result, &BulkRevokeOutcome::Revoked), 2, "{result:?}");
        assert_eq!((result.stopped, &heard.lock().unwrap()[..]), (None, &[Waits::Unreachable][..]));
    });
}
