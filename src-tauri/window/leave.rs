//! Leaving while a new value waits is asked about first: nobody could get at that value again.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager, WebviewWindow, WindowEvent};
use token_desk::Desk;

use crate::outside::{self, Question};

/// Whether it is being asked: a window that is closed twice asks once.
static ASKS: AtomicBool = AtomicBool::new(false);

/// Asks before the window is closed.
pub fn follow(window: &WebviewWindow) {
    let of = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && value_waits(of.app_handle())
        {
            api.prevent_close();
            let window = of.clone();
            ask_first(of.app_handle(), move |_| {
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
    if value_waits(app) { ask_first(app, |app| app.exit(0)) } else { app.exit(0) }
}

/// Whether a value waits that was neither copied nor delivered.
fn value_waits(app: &AppHandle) -> bool {
    // There is no desk before the list was read.
    let Some(desk) = app.try_state::<Desk>() else { return false };
    desk.status().waiting.is_some_and(|waiting| desk.is_unheld(waiting.created.handle))
}

fn ask_first(app: &AppHandle, leave: impl FnOnce(&AppHandle) + Send + 'static) {
    let app = app.clone();
    if ASKS.swap(true, Ordering::AcqRel) {
        return;
    }
    tauri::async_runtime::spawn(async move {
        let agreed = outside::confirm_own(&app, Question::leave()).await;
        ASKS.store(false, Ordering::Release);
        if agreed {
            leave(&app);
        }
    });
}
