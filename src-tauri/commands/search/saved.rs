//! Commands for saved searches.

use chrono::Utc;
use tauri::State;
use token_desk::{Desk, SavedViewId};

use crate::error::Answer;
use crate::views::{SavedView, SavedViewRequest};

/// Every saved search, with how many of the tokens shown match it.
#[tauri::command]
#[specta::specta]
pub async fn saved_list(desk: State<'_, Desk>) -> Answer<Vec<SavedView>> {
    let views = desk.saved_views(Utc::now()).await?;
    Ok(views.into_iter().map(SavedView::from).collect())
}

/// Saves a search, or restores a deleted one; returns its number.
#[tauri::command]
#[specta::specta]
pub async fn saved_save(desk: State<'_, Desk>, request: SavedViewRequest) -> Answer<u32> {
    let (id, query) = (request.id.map(SavedViewId), (&request).into());
    let SavedViewId(id) = desk.save_view(id, &request.name, query).await?;
    Ok(id)
}

/// Renames a saved search.
#[tauri::command]
#[specta::specta]
pub async fn saved_rename(desk: State<'_, Desk>, id: u32, name: String) -> Answer<()> {
    Ok(desk.rename_view(SavedViewId(id), &name).await?)
}

/// Deletes a saved search. It can be restored with `saved_save`.
#[tauri::command]
#[specta::specta]
pub async fn saved_delete(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    Ok(desk.delete_view(SavedViewId(id)).await?)
}
