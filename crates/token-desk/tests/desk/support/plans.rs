//! Bulk revokes, from the selection to the confirmation.

use token_desk::{BulkRevokePlan, BulkRevokeResult, Desk};

use super::{Bench, key, now};

/// The plan to revoke these tokens of the first connection, and no others.
pub async fn planned(bench: &Bench, ids: &[String]) -> BulkRevokePlan {
    bench.desk.select_none();
    bench.desk.select(ids.iter().map(|id| key(id)), true);
    bench.desk.plan_bulk_revoke(now()).await.unwrap()
}

/// Confirms a plan with the number of its tokens.
pub async fn run(desk: &Desk, plan: &BulkRevokePlan) -> BulkRevokeResult {
    let count = plan.tokens.len().to_string();
    desk.run_bulk_revoke(plan.id, &count, now).await.unwrap()
}
