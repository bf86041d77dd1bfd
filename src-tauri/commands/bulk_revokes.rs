//! Revoking many tokens: planned, confirmed, done, resumed.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{ConnectionId, Desk, PlanId};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{BulkRevokeId, BulkRevokePlanView, BulkRevokeResultView, KeyView, QueryRequest};

/// Freezes a plan for the tokens that match a query, or for the selected ones if there is no query.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_plan(
    desk: State<'_, Desk>,
    of: Option<QueryRequest>,
) -> Answer<BulkRevokePlanView> {
    let now = Utc::now();
    let plan = match of {
        Some(request) => desk.plan_bulk_revoke_of((&request).into(), now).await?,
        None => desk.plan_bulk_revoke(now).await?,
    };
    Ok(BulkRevokePlanView::new(plan, &desk.clocks(now)))
}

/// Freezes a plan for the remaining tokens of a bulk revoke.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_go_on(
    desk: State<'_, Desk>,
    connection: u32,
    number: u32,
) -> Answer<BulkRevokePlanView> {
    let now = Utc::now();
    let plan = desk.go_on_with_bulk_revoke(ConnectionId(connection), number.into(), now).await?;
    Ok(BulkRevokePlanView::new(plan, &desk.clocks(now)))
}

/// Adds a token to a plan that isn't confirmed yet, or removes it.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_tick(
    desk: State<'_, Desk>,
    plan: u32,
    key: KeyView,
    goes: bool,
) -> Answer<BulkRevokePlanView> {
    let plan = desk.tick(PlanId(plan), &key.into(), goes)?;
    Ok(BulkRevokePlanView::new(plan, &desk.clocks(Utc::now())))
}

/// Carries out a plan; returns its result once it has ended.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_run(
    app: AppHandle,
    desk: State<'_, Desk>,
    plan: u32,
    typed: String,
) -> Answer<BulkRevokeResultView> {
    let plan = PlanId(plan);
    let planned = desk.plan_to_confirm(plan, &typed)?;
    outside::confirm(&app, Question::bulk_revoke(&planned)).await?;
    let result = desk.run_bulk_revoke(plan, &typed, Utc::now).await?;
    Ok(BulkRevokeResultView::new(result, &desk.clocks(Utc::now())))
}

/// Stops the running bulk revoke before its next token.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_stop(desk: State<'_, Desk>) -> Answer<()> {
    desk.stop_bulk_revoke();
    Ok(())
}

/// Waits for the end of the running bulk revoke, or returns the result of the last one; `None` if
/// that has been seen or there is none.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_follow(desk: State<'_, Desk>) -> Answer<Option<BulkRevokeResultView>> {
    let result = desk.follow_bulk_revoke().await;
    Ok(result.map(|result| BulkRevokeResultView::new(result, &desk.clocks(Utc::now()))))
}

/// Copies the result of the last bulk revoke, one line per token.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_copy_result(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.copy_bulk_revoke_result().await?)
}

/// Notes that the result of the last bulk revoke has been seen.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_seen(desk: State<'_, Desk>) -> Answer<()> {
    desk.bulk_revoke_seen();
    Ok(())
}

/// Records a plan, to be resumed in 24 hours. Returns the id by which it can be canceled.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_schedule(
    desk: State<'_, Desk>,
    plan: u32,
    typed: String,
) -> Answer<Vec<BulkRevokeId>> {
    let scheduled = desk.schedule_bulk_revoke(PlanId(plan), &typed, Utc::now()).await?;
    Ok(scheduled.bulk_revokes.into_iter().map(BulkRevokeId::from).collect())
}

/// Ends a bulk revoke without revoking its remaining tokens.
#[tauri::command]
#[specta::specta]
pub async fn bulk_revokes_leave(desk: State<'_, Desk>, connection: u32, number: u32) -> Answer<()> {
    Ok(desk.leave_bulk_revoke(ConnectionId(connection), number.into(), Utc::now()).await?)
}
