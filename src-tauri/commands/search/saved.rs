//! Saved views.

use chrono::Utc;
use tauri::State;
use token_desk::{Desk, SavedViewId};

use crate::error::Answer;
use crate::views::{SavedView, SavedViewRequest};

/// All of them, with what they find in what is shown.
#[tauri::command]
#[specta::specta]
pub async fn saved_list(desk: State<'_, Desk>) -> Answer<Vec<SavedView>> {
    let views = desk.saved_views(Utc::now()).await?;
    Ok(views.into_iter().map(SavedView::from).collect())
}

/// Saves a view, or brings back one that was deleted; returns its number.
#[tauri::command]
#[specta::specta]
pub async fn saved_save(desk: State<'_, Desk>, request: SavedViewRequest) -> Answer<u32> {
    let (id, query) = (request.id.map(SavedViewId), (&request).into());
    let SavedViewId(id) = desk.save_view(id, &request.name, query).await?;
    Ok(id)
}

/// Renames one.
#[tauri::command]
#[specta::specta]
pub async fn saved_rename(desk: State<'_, Desk>, id: u32, name: String) -> Answer<()> {
    Ok(desk.rename_view(SavedViewId(id), &name).await?)
}

/// Forgets one.
#[tauri::command]
#[specta::specta]
pub async fn saved_delete(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    Ok(desk.delete_view(SavedViewId(id)).await?)
}
