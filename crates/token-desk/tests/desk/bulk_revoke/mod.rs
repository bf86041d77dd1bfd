//! Bulk revokes: what the plan says, what the server does meanwhile, and what is left.

mod ends;
mod pace;
mod plans;
mod results;
mod stops;

use std::collections::HashMap;

use entri_sandbox::Sandbox;
use token_desk::{BulkRevokeOutcome, BulkRevokePlan, BulkRevokeResult, Desk, Query, TokenKey};

use crate::support::{Bench, now, sandbox, synced};

fn all() -> Query {
    Query { descending: false, ..Query::default() }
}

/// The first this many tokens, those that were quiet the longest first.
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

async fn planned(desk: &Desk, count: usize) -> BulkRevokePlan {
    desk.select(quiet(desk, count), true);
    desk.plan_bulk_revoke(now()).await.unwrap()
}

fn of(result: &BulkRevokeResult) -> HashMap<String, BulkRevokeOutcome> {
    result.tokens.iter().map(|(token, it)| (token.key.id.0.clone(), it.clone())).collect()
}

/// The result for each token agrees with what the server knows about it.
fn is_the_truth(result: &BulkRevokeResult, sandbox: &Sandbox) {
    let truth = sandbox.truth().unwrap();
    for (token, outcome) in &result.tokens {
        let revoked = truth.iter().find(|it| it.id == token.key.id.0).is_none_or(|it| it.revoked);
        let gone = matches!(outcome, BulkRevokeOutcome::Revoked | BulkRevokeOutcome::AlreadyGone);
        assert_eq!(gone, revoked, "{}: {outcome:?}", token.name);
    }
}
