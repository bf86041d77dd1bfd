//! Leaving while a value would be lost is asked about first: nobody could get at it again. A revoke that isn't sent yet
//! is stopped at once.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager, WebviewWindow, WindowEvent};
use token_desk::{AtStake, Desk};

use crate::outside::{self, Question};

/// Whether somebody is leaving: a window that is closed twice asks once.
static LEAVES: AtomicBool = AtomicBool::new(false);

/// Whether the app goes on without its window.
pub struct GoesOn(pub fn(&AppHandle) -> bool);

/// Asks before the window is closed.
pub fn follow(window: &WebviewWindow) {
    let of = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            outside::stop_revoke(of.app_handle());
            let window = of.clone();
            leave(of.app_handle(), close_would_lose, move |_| {
                if let Err(error) = window.destroy() {
                    tracing::warn!(%error, "the window stays open");
                }
            });
        }
    });
}

/// Ends the app, as soon as nothing is lost by that or the person agrees.
#[cfg(target_os = "linux")]
pub fn quit(app: &AppHandle) {
    outside::stop_revoke(app);
    leave(app, quit_would_lose, |app| app.exit(0));
}

/// What was put on the clipboard stays there as long as the app goes on.
fn close_would_lose(app: &AppHandle) -> AtStake {
    let stake = quit_would_lose(app);
    let goes_on = app.try_state::<GoesOn>().is_some_and(|it| it.0(app));
    AtStake { on_clipboard: stake.on_clipboard && !goes_on, ..stake }
}

/// There is no desk before the list was read.
fn quit_would_lose(app: &AppHandle) -> AtStake {
    app.try_state::<Desk>().map(|desk| desk.at_stake()).unwrap_or_default()
}

/// Not on the main thread: the clipboard may belong to the page, which answers there.
fn leave(
    app: &AppHandle,
    would_lose: fn(&AppHandle) -> AtStake,
    leave: impl FnOnce(&AppHandle) + Send + 'static,
) {
    let app = app.clone();
    if LEAVES.swap(true, Ordering::AcqRel) {
        return;
    }
    tauri::async_runtime::spawn(async move {
        let asked = app.clone();
        let stake = tauri::async_runtime::spawn_blocking(move || would_lose(&asked)).await;
        let stake = stake.unwrap_or_default();
        let agreed =
            stake.is_nothing() || outside::confirm_own(&app, Question::leave(&stake)).await;
        LEAVES.store(false, Ordering::Release);
        if agreed {
            leave(&app);
        }
    });
}
