//! The journal: what was done, and what didn't finish.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{ActFilter, ActivityQuery, ActivitySource, Desk};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{ActivityView, MOST_ACTS, ServerActivityView, UnresolvedId, VerifiedView};

/// The activity of this app, newest first.
#[tauri::command]
#[specta::specta]
pub async fn journal_show(
    desk: State<'_, Desk>,
    text: String,
    only: Option<ActFilter>,
    len: u32,
) -> Answer<ActivityView> {
    let query = ActivityQuery { text, only, len: len.min(MOST_ACTS) as usize };
    Ok(ActivityView::new(&desk.activity(query).await?, Utc::now()))
}

/// The servers' own logs, newest first.
#[tauri::command]
#[specta::specta]
pub async fn journal_server(desk: State<'_, Desk>, text: String) -> Answer<ServerActivityView> {
    let now = Utc::now();
    let activity = desk.server_activity(&text, now).await;
    Ok(ServerActivityView::new(activity, &desk.clocks(now), now))
}

/// The proposed path for an export of the activity.
#[tauri::command]
#[specta::specta]
pub async fn journal_export_path(app: AppHandle) -> Answer<String> {
    let day = Utc::now().format("%Y-%m-%d");
    Ok(outside::propose(&app, &format!("entri-token-activity-{day}.csv")))
}

/// Saves all matching activity for spreadsheets; returns the path of the new file.
#[tauri::command]
#[specta::specta]
pub async fn journal_export(
    app: AppHandle,
    desk: State<'_, Desk>,
    text: String,
    only: Option<ActFilter>,
    source: ActivitySource,
    path: String,
) -> Answer<String> {
    let request = outside::may_save(&app, path).await?;
    let query = ActivityQuery { text, only, len: usize::MAX };
    let file = desk.save_activity(query, source, request, Utc::now()).await?;
    Ok(outside::saved(&app, file))
}

/// Whether the journal is unaltered.
#[tauri::command]
#[specta::specta]
pub async fn journal_verify(desk: State<'_, Desk>) -> Answer<VerifiedView> {
    Ok(desk.verify_journal().await?.into())
}

/// Copies the seal of the last unaltered entry of the journal.
#[tauri::command]
#[specta::specta]
pub async fn journal_copy_seal(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.copy_seal().await?)
}

/// Keeps the tokens of an unresolved create, on the admin's request.
#[tauri::command]
#[specta::specta]
pub async fn journal_keep_unresolved(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: UnresolvedId,
) -> Answer<()> {
    outside::pressed(&app, Question::keep()).await?;
    Ok(desk.keep_unresolved(id.into(), Utc::now()).await?)
}
