//! Watching from the tray.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{Desk, Every};

use super::Answer;
use crate::views::WatchView;
use crate::watch::{self, Watcher};

/// Whether background checks run, how often, and their state.
#[tauri::command]
#[specta::specta]
pub async fn watch_show(desk: State<'_, Desk>, watcher: State<'_, Watcher>) -> Answer<WatchView> {
    Ok(WatchView::new(&desk.watch(), watcher.in_tray(), Utc::now()))
}

/// Turns background checks on, every 1 to 24 hours, or off.
#[tauri::command]
#[specta::specta]
pub async fn watch_change(
    app: AppHandle,
    desk: State<'_, Desk>,
    watcher: State<'_, Watcher>,
    hours: Option<u32>,
) -> Answer<WatchView> {
    desk.change_watch(hours.map(Every::hours), Utc::now()).await?;
    watch::follow(&app).await;
    Ok(WatchView::new(&desk.watch(), watcher.in_tray(), Utc::now()))
}
