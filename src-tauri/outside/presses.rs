//! The presses of keys and buttons that reach the window. Script in a page can make up events for the page,
//! but none that the window system brings.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::WebviewWindow;

/// How long a press counts. What follows a press comes at once; a machine that is busy takes its time.
const COUNTS_FOR: Duration = Duration::from_secs(5);

/// The last press, until something was done for it.
#[derive(Default)]
pub struct Presses(Mutex<Option<Instant>>);

impl Presses {
    fn seen(&self, at: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// Whether there was one a moment ago; it counts once.
    pub fn take(&self) -> bool {
        self.take_at(Instant::now())
    }

    fn take_at(&self, now: Instant) -> bool {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        last.is_some_and(|at| now.duration_since(at) < COUNTS_FOR)
    }
}

/// Notes each press in the window from now on.
#[cfg(target_os = "linux")]
pub fn watch(window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::glib::Propagation;
    use gtk::prelude::WidgetExt as _;
    use tauri::Manager as _;

    let app = window.clone();
    window.with_webview(move |view| {
        let view = view.inner();
        let note = move || {
            if let Some(outside) = app.try_state::<super::Outside>() {
                outside.presses.seen(Instant::now());
            }
            Propagation::Proceed
        };
        let (key, touch, button) = (note.clone(), note.clone(), note);
        view.connect_key_press_event(move |_, _| key());
        view.connect_touch_event(move |_, _| touch());
        view.connect_button_press_event(move |_, _| button());
    })
}

/// Other systems do not tell in a way that Tauri passes on, so everything is asked there.
#[cfg(not(target_os = "linux"))]
pub fn watch(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_counts_once_and_not_for_long() {
        let (presses, now) = (Presses::default(), Instant::now());
        assert!(!presses.take_at(now), "none was seen");
        presses.seen(now);
        assert!(presses.take_at(now + COUNTS_FOR / 2));
        assert!(!presses.take_at(now + COUNTS_FOR / 2), "it was used");
        presses.seen(now);
        assert!(!presses.take_at(now + COUNTS_FOR), "it is too old");
        assert!(!presses.take_at(now), "and gone");
    }
}
