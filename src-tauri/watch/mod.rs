//! Watching while the window may be closed: the checks as they come due, what they find as a
//! notification of the desktop, and the icon in its tray.
//!
//! With the icon there the app stays when its window is closed; without one it ends, so that it never
//! runs unseen.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod notification;
#[cfg(target_os = "linux")]
mod tray;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::Utc;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use token_desk::{Desk, WatchNews};
use tokio::time::sleep;

use crate::process::at_login;
use crate::views::WatchOpenedView;
use crate::window;
#[cfg(not(target_os = "linux"))]
use elsewhere::{Notifier, Tray};
#[cfg(target_os = "linux")]
use notification::Notifier;
#[cfg(target_os = "linux")]
use tray::Tray;

/// How often the shell looks whether a check is due.
const TICK: Duration = Duration::from_secs(60);

/// The shell's part of background checks: the schedule, notifications and the tray icon.
#[derive(Default)]
pub struct Watcher {
    notifier: Notifier,
    tray: Mutex<Option<Tray>>,
    /// The news that somebody clicked on, until the page shows its tokens.
    opened: Mutex<Option<WatchNews>>,
}

impl Watcher {
    /// Whether the app is visible without its window.
    #[must_use]
    pub fn in_tray(&self) -> bool {
        lock(&self.tray).as_ref().is_some_and(Tray::is_shown)
    }

    /// The news to be shown, if there are any.
    #[must_use]
    pub fn take_opened(&self) -> Option<WatchNews> {
        lock(&self.opened).take()
    }
}

/// Runs the checks that are due, as long as the app runs.
pub async fn run(app: AppHandle) {
    loop {
        follow(&app).await;
        match app.state::<Desk>().check_due(Utc::now()).await {
            Ok(Some(news)) => tell(&app, news).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the watch cannot go on"),
        }
        sleep(TICK).await;
    }
}

/// Shows the icon while background checks are on. If the desktop's tray starts late, it is tried
/// again.
pub async fn follow(app: &AppHandle) {
    let watcher = app.state::<Watcher>();
    if app.state::<Desk>().watch().every.is_none() {
        lock(&watcher.tray).take();
        // It is there for the checks alone.
        if at_login::is_on().is_some()
            && let Err(error) = at_login::set(false)
        {
            tracing::warn!(%error, "the app still starts at a sign-in");
        }
        return;
    }
    if lock(&watcher.tray).is_none() {
        match Tray::show(app).await {
            Ok(tray) => *lock(&watcher.tray) = Some(tray),
            Err(error) => tracing::info!(%error, "no tray"),
        }
    }
}

/// Runs a check that somebody requested in the tray's menu.
async fn check_now(app: &AppHandle) {
    match app.state::<Desk>().check_now(Utc::now()).await {
        Ok(news) => tell(app, news).await,
        Err(error) => tracing::warn!(%error, "nothing could be checked"),
    }
}

/// Turns background checks off, from the tray's menu. Without the icon and without a window nobody
/// would see the app, so it ends then.
async fn turn_off(app: &AppHandle) {
    if let Err(error) = app.state::<Desk>().change_watch(None, Utc::now()).await {
        tracing::warn!(%error, "the watch goes on");
    }
    follow(app).await;
    if app.webview_windows().is_empty() && !app.state::<Watcher>().in_tray() {
        app.exit(0);
    }
}

/// A notification that the desktop didn't accept is sent again later: it counts as reported once it is shown.
async fn tell(app: &AppHandle, news: WatchNews) {
    if let Err(error) = app.state::<Watcher>().notifier.tell(app, news.clone()).await {
        tracing::warn!(%error, "the desktop shows no notification");
    } else if let Err(error) = app.state::<Desk>().mark_told(&news).await {
        tracing::warn!(%error, "what was told is told again");
    }
}

/// Handles a click on a notification: the window shows its tokens next. An open page is told; a new
/// one begins with them.
fn open(app: &AppHandle, news: WatchNews) {
    *lock(&app.state::<Watcher>().opened) = Some(news);
    window::show(app);
    if let Err(error) = WatchOpenedView.emit(app) {
        tracing::warn!(%error, "the page could not be told");
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
