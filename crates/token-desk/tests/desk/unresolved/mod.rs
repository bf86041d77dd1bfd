//! Creates that didn’t finish: the app looks for the token, and shows it until somebody decides, even after a restart.

mod answers;
mod clocks;
mod delivery;
mod ends;
mod looks;
mod matches;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::FaultAnswer;
use token_desk::{CreateRequest, Desk, RevokeOutcome, RevokeRequest, Unresolved, UnresolvedKind};

use crate::support::{Bench, named, now};

/// When a create that is not there by then did not happen.
fn later() -> DateTime<Utc> {
    now() + TimeDelta::seconds(61)
}

fn loose(desk: &Desk) -> Vec<Unresolved> {
    desk.status().connections.into_iter().flat_map(|line| line.unresolved).collect()
}

fn the_only_one(desk: &Desk) -> Unresolved {
    let ends = loose(desk);
    let [end] = &ends[..] else { panic!("{ends:?}") };
    end.clone()
}

fn kinds(desk: &Desk) -> Vec<UnresolvedKind> {
    loose(desk).into_iter().map(|end| end.kind).collect()
}

/// Creates a token and loses the answer.
async fn lost(bench: &Bench, name: &str, with_effect: bool) {
    lost_as(bench, named(name), with_effect).await;
}

/// A desk that created a token and lost the answer.
async fn bench_that_lost(name: &str, with_effect: bool) -> Bench {
    let bench = Bench::loaded().await;
    lost(&bench, name, with_effect).await;
    bench
}

async fn lost_as(bench: &Bench, request: CreateRequest, with_effect: bool) {
    lose(bench, request, with_effect).await;
    bench.looked().await;
}

/// Without waiting for the look that follows.
async fn lose(bench: &Bench, request: CreateRequest, with_effect: bool) {
    let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
    bench.fail("POST", "/tokens", with_effect, answer);
    bench.desk.create(request, now()).await.unwrap_err();
}

/// The network fails along with the response: neither the create nor the check for it gets through.
async fn lost_with_the_network(bench: &Bench, name: &str, now: DateTime<Utc>) {
    let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
    bench.fail("POST", "/tokens", true, answer);
    bench.answer("GET", "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", 403, "{}");
    bench.desk.create(named(name), now).await.unwrap_err();
    bench.looked().await;
}

async fn revoke(desk: &Desk, end: &Unresolved) -> RevokeOutcome {
    let key = end.tokens.first().expect("a token");
    let seen = desk.preview_revoke(key, now()).unwrap().seen;
    let request = RevokeRequest { key: key.clone(), seen, typed: None };
    desk.revoke(request, now()).await.unwrap().outcome
}

/// Waits until the app itself has found the token of a lost create.
async fn found(desk: &Desk) {
    let found = async {
        while kinds(desk) != [UnresolvedKind::ValueLost] {
            tokio::task::yield_now().await;
        }
    };
    let within = tokio::time::timeout(Duration::from_secs(60), found).await;
    assert!(within.is_ok(), "{:?}", loose(desk));
}
