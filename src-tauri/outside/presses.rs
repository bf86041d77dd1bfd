//! The key and button presses that reach the window. Script can fake events within the page, but none from the
//! window system.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tauri::WebviewWindow;

/// How long a press counts. Its effect follows at once, but a busy machine takes a while.
const COUNTS_FOR: Duration = Duration::from_secs(5);

/// A key that is held down repeats sooner than this. Its release can't be relied on, because a
/// window that opened meanwhile may have received it.
#[cfg(target_os = "linux")]
const REPEATS_WITHIN: Duration = Duration::from_millis(700);

/// When something happened last.
#[derive(Default)]
pub struct Last(Mutex<Option<Instant>>);

impl Last {
    /// Notes that it happens now.
    pub fn is_now(&self) {
        *self.lock() = Some(Instant::now());
    }

    /// Notes that it happens now, unless it did within that time. Returns when; `None` if it is too
    /// soon after the last time.
    pub fn claim(&self, time: Duration) -> Option<Instant> {
        let mut last = self.lock();
        if last.is_none_or(|at| at.elapsed() >= time) {
            *last = Some(Instant::now());
            return *last;
        }
        None
    }

    /// Takes back the claim of that moment, but not a later one.
    pub fn never_was(&self, claimed: Instant) {
        let mut last = self.lock();
        if *last == Some(claimed) {
            *last = None;
        }
    }

    /// Whether it last happened within this time.
    pub fn is_within(&self, time: Duration) -> bool {
        self.lock().is_some_and(|at| at.elapsed() < time)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The last press, until it is used for an action.
#[derive(Default)]
pub struct Presses(Last);

impl Presses {
    fn seen(&self, at: Instant) {
        *self.0.lock() = Some(at);
    }

    /// Whether there was a press a moment ago; each press counts once.
    pub fn take(&self) -> bool {
        self.take_at(Instant::now())
    }

    fn take_at(&self, now: Instant) -> bool {
        let last = self.0.lock().take();
        last.is_some_and(|at| now.duration_since(at) < COUNTS_FOR)
    }
}

/// Begins to note each press in the window.
#[cfg(target_os = "linux")]
pub fn watch(window: &WebviewWindow) -> tauri::Result<()> {
    use std::cell::Cell;
    use std::rc::Rc;

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
        let held = Rc::new(Cell::new(None));
        let let_go = Rc::clone(&held);
        view.connect_key_press_event(move |_, event| {
            let now = (event.hardware_keycode(), Instant::now());
            let before = held.replace(Some(now));
            let again = before.is_some_and(|(key, at)| key == now.0 && now.1 - at < REPEATS_WITHIN);
            if again || types(event) { Propagation::Proceed } else { key() }
        });
        view.connect_key_release_event(move |_, _| {
            let_go.set(None);
            Propagation::Proceed
        });
        view.connect_touch_event(move |_, _| touch());
        view.connect_button_press_event(move |_, _| button());
    })
}

/// Whether the key only types text or modifies others: such keys are pressed all the time.
#[cfg(target_os = "linux")]
fn types(event: &gtk::gdk::EventKey) -> bool {
    let writes = event.keyval().to_unicode().is_some_and(|it| !it.is_control());
    writes || event.is_modifier()
}

/// Other systems don't report presses in a way that Tauri passes on, so everything is asked there.
#[cfg(not(target_os = "linux"))]
pub fn watch(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_to_nothing_takes_nothing_later_with_it() {
        let last = Last::default();
        let slow = last.claim(COUNTS_FOR).expect("it is the first");
        assert_eq!(last.claim(COUNTS_FOR), None);
        let later = last.claim(Duration::ZERO).expect("it is free by then");
        last.never_was(slow);
        assert_eq!(last.claim(COUNTS_FOR), None, "the later one happened");
        last.never_was(later);
        assert!(last.claim(COUNTS_FOR).is_some());
    }

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
