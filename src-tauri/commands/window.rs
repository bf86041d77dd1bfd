//! What the page reports about itself, and what it asks of the desktop.

use chrono::Utc;
use serde::Deserialize;
use specta::Type;
use tauri::{AppHandle, Manager as _, State};
use token_desk::Desk;

use super::Answer;
use crate::layout::Layout;
use crate::outside::{self, Choose, Chosen};
use crate::start::Start;
use crate::views::LayoutView;

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FilePurpose {
    /// An existing file is read.
    Open,
    /// A file is written, new or over an existing one.
    Save,
    /// A folder is read.
    Folder,
}

/// Called once the first rows are on screen, to do everything that can wait until then.
#[tauri::command]
#[specta::specta]
pub async fn window_painted(desk: State<'_, Desk>, start: State<'_, Start>) -> Answer<()> {
    tracing::info!(milliseconds = start.running_for().as_millis(), "first rows painted");
    let desk = Desk::clone(&desk);
    tauri::async_runtime::spawn_blocking(move || desk.warm(Utc::now()));
    Ok(())
}

/// Lets a person choose a file in the system's own window, which begins at `path`; returns the
/// path, or `None` if the window was closed. Saving to a path chosen this way asks nothing more,
/// once.
#[tauri::command]
#[specta::specta]
pub async fn window_choose_file(
    app: AppHandle,
    purpose: FilePurpose,
    path: String,
) -> Answer<Option<String>> {
    let what = match purpose {
        FilePurpose::Open => Chosen::File,
        FilePurpose::Save => Chosen::NewFile,
        FilePurpose::Folder => Chosen::Folder,
    };
    let choose = Choose::beginning_at(&path, what);
    outside::choose_file(&app, choose).await
}

/// Shows a file that the app saved in the system's file manager. `file` is the name the app gave
/// it.
#[tauri::command]
#[specta::specta]
pub async fn window_show_file(app: AppHandle, file: String) -> Answer<()> {
    outside::show_file(&app, &file).await
}

/// Opens the guide that came with the app, in the browser.
#[tauri::command]
#[specta::specta]
pub async fn window_open_guide(app: AppHandle) -> Answer<()> {
    outside::open_guide(&app).await
}

/// Stores the layout of the page for the next start. It answers once the layout is written, so that the page can
/// send one after the other.
#[tauri::command]
#[specta::specta]
pub async fn window_keep_layout(app: AppHandle, layout: LayoutView) -> Answer<()> {
    // A disk that hangs must not block anything else.
    let written = tauri::async_runtime::spawn_blocking(move || app.state::<Layout>().keep(layout));
    // Fails only where the app ends or panicked: the layout is then the earlier one.
    written.await.ok();
    Ok(())
}
