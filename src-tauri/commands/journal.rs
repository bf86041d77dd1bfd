//! The journal: what was done, and what did not come to its end.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{ActivityQuery, DeedFilter, Desk};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{
    ActivityView, DeedFilterName, LooseEndId, MOST_DEEDS, ServerActivityView, VerifiedView,
};

/// What was done, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn journal_show(
    desk: State<'_, Desk>,
    text: String,
    only: Option<DeedFilterName>,
    len: u32,
) -> Answer<ActivityView> {
    let only = only.map(DeedFilter::from);
    let query = ActivityQuery { text, only, len: len.min(MOST_DEEDS) as usize };
    Ok(ActivityView::new(&desk.activity(query).await?, Utc::now()))
}

/// What the servers' own logs say, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn journal_server(desk: State<'_, Desk>, text: String) -> Answer<ServerActivityView> {
    let now = Utc::now();
    let activity = desk.server_activity(&text, now).await;
    Ok(ServerActivityView::new(activity, &desk.clocks(now), now))
}

/// Whether the journal is as it was written.
#[tauri::command]
#[specta::specta]
pub async fn journal_verify(desk: State<'_, Desk>) -> Answer<VerifiedView> {
    Ok(desk.verify_journal().await?.into())
}

/// The admin keeps the tokens of a loose end as they are.
#[tauri::command]
#[specta::specta]
pub async fn journal_keep(app: AppHandle, desk: State<'_, Desk>, id: LooseEndId) -> Answer<()> {
    outside::pressed(&app, Question::keep()).await?;
    Ok(desk.keep_loose_end(id.into(), Utc::now()).await?)
}
