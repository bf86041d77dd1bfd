//! What the page tells of itself, and what it asks of the desktop.

use serde::Deserialize;
use specta::Type;
use tauri::{AppHandle, Manager as _, State};
use token_desk::Desk;

use super::Answer;
use crate::layout::Layout;
use crate::outside::{self, Choose};
use crate::start::Start;
use crate::views::LayoutView;

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FilePurpose {
    /// It is there, and is read.
    Open,
    /// It is written.
    Save,
}

/// The first rows are on screen: what can wait until then is done now.
#[tauri::command]
#[specta::specta]
pub async fn window_painted(desk: State<'_, Desk>, start: State<'_, Start>) -> Answer<()> {
    tracing::info!(milliseconds = start.running_for().as_millis(), "first rows painted");
    let desk = Desk::clone(&desk);
    tauri::async_runtime::spawn_blocking(move || desk.warm());
    Ok(())
}

/// Has a file chosen in the system's own window, which begins at a path; its path, or `None` if the window
/// was closed. Saving to a path that was chosen so asks nothing more, once.
#[tauri::command]
#[specta::specta]
pub async fn window_choose_file(
    app: AppHandle,
    purpose: FilePurpose,
    path: String,
) -> Answer<Option<String>> {
    let choose = Choose::beginning_at(&path, matches!(purpose, FilePurpose::Save));
    outside::choose_file(&app, choose).await
}

/// Shows a file that the app saved in the system's file manager, by what the app called it.
#[tauri::command]
#[specta::specta]
pub async fn window_show_file(app: AppHandle, file: String) -> Answer<()> {
    outside::show_file(&app, &file).await
}

/// Keeps how the page is laid out for the next start.
#[tauri::command]
#[specta::specta]
pub async fn window_keep_layout(app: AppHandle, layout: LayoutView) -> Answer<()> {
    // A disk that hangs holds up nothing else.
    tauri::async_runtime::spawn_blocking(move || app.state::<Layout>().keep(layout));
    Ok(())
}
