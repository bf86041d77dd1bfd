//! What is typed or pasted at a terminal isn’t shown there.

use std::io::{self, IsTerminal as _};
#[cfg(unix)]
use std::sync::{Mutex, PoisonError};

#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::output;

/// How the terminal was, while it shows nothing.
#[cfg(unix)]
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// As long as this lives, the terminal doesn’t show what is typed.
pub struct Hidden(());

impl Hidden {
    /// Asks for it, if standard input is a terminal.
    pub fn asked(prompt: &str) -> Self {
        if io::stdin().is_terminal() {
            // First: whoever sees the prompt may be fast.
            hide();
            output::say(false, prompt);
        }
        Self(())
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        show_again();
    }
}

#[cfg(unix)]
fn hide() {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    let Ok(now) = tcgetattr(io::stdin()) else { return };
    let mut silent = now.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    if tcsetattr(io::stdin(), OptionalActions::Now, &silent).is_ok() {
        *before = Some(now);
    }
}

/// Lets the terminal be as it was.
#[cfg(unix)]
pub fn show_again() {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(before) = before {
        // Where there is no terminal anymore, nothing is to be shown.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
    }
}

#[cfg(not(unix))]
fn hide() {}

#[cfg(not(unix))]
pub fn show_again() {}
