//! Questions about the value of a new token.

use token_desk::AtStake;

use super::Question;

impl Question {
    /// Before a program gets a value.
    #[must_use]
    pub fn run(line: &str) -> Self {
        let text = "It receives the new token’s value through stdin, and can do anything you can.";
        Self::new("Run this program?", text, "Run").about(line)
    }

    /// Before a value is shown.
    #[must_use]
    pub fn reveal() -> Self {
        let text = "Anyone who sees your screen can read the token’s value, and it stays in the page’s memory.";
        Self::new("Show the value?", text, "Show")
    }

    /// Before a value is copied, which is cleared after so many seconds.
    #[must_use]
    pub fn copy(seconds: u16) -> Self {
        let cleared = match seconds {
            0 => "stays there until you quit".to_owned(),
            seconds => format!("is cleared after {seconds} seconds"),
        };
        let text = format!("Any program can read the clipboard. The token’s value {cleared}.");
        Self::new("Copy the value?", &text, "Copy")
    }

    /// Before wiping a value that was neither copied nor delivered.
    #[must_use]
    pub fn close(name: &str) -> Self {
        let text = "Its value can’t be shown again. The token stays active, and you won’t be asked about it again.";
        Self::new("Close without copying?", text, "Close without copying").about(name)
    }

    /// Before the window or the app is closed while values would be lost.
    #[must_use]
    pub fn leave(AtStake { values, of_sandbox, creates, on_clipboard }: &AtStake) -> Self {
        let names: Vec<_> = values.iter().map(String::as_str).collect();
        let lost = match names.len() {
            0 => "",
            1 => {
                "This token’s value hasn’t been copied and can’t be shown again. Cancel to go back and copy it. "
            }
            _ => {
                "These tokens’ values haven’t been copied and can’t be shown again. Cancel to go back and copy them. "
            }
        };
        let coming = match creates {
            0 => "",
            1 => "A token is still being created, and its value will be lost. ",
            _ => "Tokens are still being created, and their values will be lost. ",
        };
        let cleared = match (on_clipboard, names.is_empty()) {
            (false, _) => "",
            (true, true) => {
                "The token value you copied is still on the clipboard, and quitting clears it. Cancel if you haven’t pasted it yet. "
            }
            (true, false) => {
                "Another value you copied is still on the clipboard, and quitting clears it. "
            }
        };
        let stays = stays(names.len(), *of_sandbox, *creates);
        let (title, yes) = match (names.is_empty(), creates) {
            (false, _) => ("Close without copying?", "Close without copying"),
            (true, 0) => ("Clear the clipboard and quit?", "Clear and quit"),
            (true, _) => ("Close before the token is created?", "Close"),
        };
        let asked = Self::new(title, &format!("{lost}{coming}{cleared}{stays}"), yes);
        if names.is_empty() { asked } else { asked.about_lines(&names) }
    }
}

/// What becomes of the tokens.
fn stays(values: usize, of_sandbox: usize, creates: usize) -> &'static str {
    match values - of_sandbox + creates {
        0 if values > 0 => "No real token is lost: the sandbox and its tokens end with the app.",
        0 => "The token stays active.",
        1 if of_sandbox == 0 => {
            "The token stays active. You’ll be asked about it the next time you open Entri Tokens."
        }
        _ if of_sandbox == 0 => {
            "The tokens stay active. You’ll be asked about them the next time you open Entri Tokens."
        }
        _ => {
            "Those of the sandbox end with the app. You’ll be asked about the others the next time you open Entri Tokens."
        }
    }
}
