//! Revoking many tokens: planned, confirmed, done, resumed.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{ConnectionId, Desk, PlanId};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{CleanupId, CleanupPlanView, CleanupResultView, KeyView, QueryRequest};

/// Freezes a plan for the tokens that match, or for those that are selected if nothing is asked.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_plan(
    desk: State<'_, Desk>,
    of: Option<QueryRequest>,
) -> Answer<CleanupPlanView> {
    let now = Utc::now();
    let plan = match of {
        Some(request) => desk.plan_cleanup_of((&request).into(), now).await?,
        None => desk.plan_cleanup(now).await?,
    };
    Ok(CleanupPlanView::new(plan, &desk.clocks(now)))
}

/// Freezes what is left of a bulk revoke.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_go_on(
    desk: State<'_, Desk>,
    connection: u32,
    number: u32,
) -> Answer<CleanupPlanView> {
    let now = Utc::now();
    let plan = desk.go_on_with_cleanup(ConnectionId(connection), number.into(), now).await?;
    Ok(CleanupPlanView::new(plan, &desk.clocks(now)))
}

/// Puts a token into a plan that waits for its confirmation, or takes it out.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_tick(
    desk: State<'_, Desk>,
    plan: u32,
    key: KeyView,
    goes: bool,
) -> Answer<CleanupPlanView> {
    let plan = desk.tick(PlanId(plan), &key.into(), goes)?;
    Ok(CleanupPlanView::new(plan, &desk.clocks(Utc::now())))
}

/// Does what was planned; answers when it has ended.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_run(
    app: AppHandle,
    desk: State<'_, Desk>,
    plan: u32,
    typed: String,
) -> Answer<CleanupResultView> {
    let plan = PlanId(plan);
    let planned = desk.plan_to_confirm(plan, &typed)?;
    outside::confirm(&app, Question::clean_up(&planned)).await?;
    let result = desk.run_cleanup(plan, &typed, Utc::now).await?;
    Ok(CleanupResultView::new(result, &desk.clocks(Utc::now())))
}

/// Ends the bulk revoke that runs, before its next token.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_stop(desk: State<'_, Desk>) -> Answer<()> {
    desk.stop_cleanup();
    Ok(())
}

/// Waits for the end of the bulk revoke that runs, or gives what came of the last one; `None` if that
/// was seen, or it came to nothing.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_follow(desk: State<'_, Desk>) -> Answer<Option<CleanupResultView>> {
    let result = desk.follow_cleanup().await;
    Ok(result.map(|result| CleanupResultView::new(result, &desk.clocks(Utc::now()))))
}

/// Copies what came of the last bulk revoke, a line for each token.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_copy_result(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.copy_cleanup_result().await?)
}

/// What came of the last bulk revoke was seen.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_seen(desk: State<'_, Desk>) -> Answer<()> {
    desk.cleanup_seen();
    Ok(())
}

/// Writes a plan down, to be resumed in 24 hours. The answer names what can be called off.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_schedule(
    desk: State<'_, Desk>,
    plan: u32,
    typed: String,
) -> Answer<Vec<CleanupId>> {
    let scheduled = desk.schedule_cleanup(PlanId(plan), &typed, Utc::now()).await?;
    Ok(scheduled.cleanups.into_iter().map(CleanupId::from).collect())
}

/// Leaves what is left of a bulk revoke as it is.
#[tauri::command]
#[specta::specta]
pub async fn cleanups_leave(desk: State<'_, Desk>, connection: u32, number: u32) -> Answer<()> {
    Ok(desk.leave_cleanup(ConnectionId(connection), number.into(), Utc::now()).await?)
}
