//! The journal: what was attempted and did not come to its end.

use chrono::Utc;
use tauri::State;
use token_desk::Desk;

use super::Answer;
use crate::views::LooseEndId;

/// The admin keeps the tokens of a loose end as they are.
#[tauri::command]
#[specta::specta]
pub async fn journal_keep(desk: State<'_, Desk>, id: LooseEndId) -> Answer<()> {
    Ok(desk.keep_loose_end(id.into(), Utc::now()).await?)
}
