//! What a person types and answers in windows outside the page.

use std::time::{Duration, Instant};

use super::{Desktop, until};

impl Desktop {
    /// Types into the app's own window of this title, and ends it with Enter.
    pub fn enter(&self, title: &str, text: &str) {
        self.type_there(title, text);
        self.press_until_gone(title, "Return");
    }

    /// Types into the app's own window with this title, replacing its text; an empty text leaves it
    /// as it is.
    pub fn type_there(&self, title: &str, text: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        if !text.is_empty() {
            self.xdotool(&["key", "ctrl+a"]);
            self.xdotool(&["type", "--delay", "2", text]);
        }
    }

    /// Pastes into the app's own window of this title.
    pub fn paste_into(&self, title: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        self.xdotool(&["key", "ctrl+v"]);
    }

    /// Says yes to the question of this title.
    pub fn say_yes(&self, title: &str, yes: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        let letter = yes[..1].to_lowercase();
        self.press_until_gone(title, &format!("alt+{letter}"));
    }

    /// Cancels the question of this title.
    pub fn say_no(&self, title: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        self.press_until_gone(title, "Escape");
    }

    /// A window accepts no yes in its first second, so the key is pressed again until it closes.
    fn press_until_gone(&self, title: &str, key: &str) {
        let mut pressed: Option<Instant> = None;
        until(&format!("{title}: {key} answers it"), || {
            let is_there = self.has_window(title);
            if is_there && pressed.is_none_or(|at| at.elapsed() > Duration::from_millis(1500)) {
                self.xdotool(&["key", key]);
                pressed = Some(Instant::now());
            }
            !is_there
        });
    }

    fn asked(&self, title: &str) -> String {
        until(&format!("the app asks: {title}"), || self.has_window(title));
        self.window(title).expect("it is there")
    }

    /// Types as a person would: into the field of the sandbox's sign-in page that has the focus, and
    /// after a Tab into the next one.
    pub fn type_into(&self, title: &str, first: &str, second: &str) {
        let window = self.window(title).expect("the window is there");
        // Not by a click: the web view may handle that only after the first keys. Once it has the
        // focus it paints a ring, which differs from a page that is still being painted.
        let before = self.settled(&window);
        self.xdotool(&["windowfocus", "--sync", &window]);
        until("a field shows that it has the focus", || self.pixels(&window) != before);
        self.xdotool(&["type", "--delay", "20", first]);
        self.xdotool(&["key", "Tab"]);
        self.xdotool(&["type", "--delay", "20", second]);
        self.xdotool(&["key", "Return"]);
    }
}
