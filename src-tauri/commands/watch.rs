//! Watching from the tray.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{Desk, Error, Every};

use super::Answer;
use crate::error::{ErrorCode, ErrorView};
use crate::process::at_login;
use crate::views::WatchView;
use crate::watch::{self, Watcher};

/// Whether background checks run, how often, and their state.
#[tauri::command]
#[specta::specta]
pub async fn watch_show(desk: State<'_, Desk>, watcher: State<'_, Watcher>) -> Answer<WatchView> {
    Ok(view(&desk, &watcher))
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
    Ok(view(&desk, &watcher))
}

/// Has the app start when somebody signs in to this computer, which it does for its background checks alone.
#[tauri::command]
#[specta::specta]
pub async fn watch_at_login(
    desk: State<'_, Desk>,
    watcher: State<'_, Watcher>,
    on: bool,
) -> Answer<WatchView> {
    if on && desk.watch().every.is_none() {
        return Err(Error::Form("Turn on background checks first.".to_owned()).into());
    }
    at_login::set(on).map_err(|error| ErrorView {
        code: ErrorCode::Internal,
        message: format!("Couldn’t change that ({error})."),
    })?;
    Ok(view(&desk, &watcher))
}

fn view(desk: &Desk, watcher: &Watcher) -> WatchView {
    WatchView::new(&desk.watch(), watcher.in_tray(), at_login::is_on(), Utc::now())
}
