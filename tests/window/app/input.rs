//! Clicks and keys, as they come from a person at the window.

use std::process::Command;

use serde_json::json;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use super::{App, EVERY, PATIENCE};
use crate::desktop::until;

impl App {
    pub async fn click(&self, css: &str) {
        self.click_it(css, async || self.find(css).await).await;
    }

    /// Clicks the button with exactly this text.
    pub async fn press(&self, text: &str) {
        self.click_it(text, async || self.named("button", text).await).await;
    }

    /// Looks again where the page drew that part again between the look and the click. The press comes
    /// last, since it counts for seconds only.
    async fn click_it(&self, what: &str, find: impl AsyncFn() -> WebElement) {
        loop {
            let element = find().await;
            self.touch();
            let Err(error) = element.click().await else { return };
            assert!(is_stale(&error), "{what}: {error}");
        }
    }

    /// Clicks a summary card.
    pub async fn press_card(&self, name: &str) {
        let path = format!("//*[@class='summary']/button[contains(., '{name}')]");
        let card = self.page.query(By::XPath(path)).wait(PATIENCE, EVERY).first().await;
        card.expect("the card is there").click().await.expect("it takes a click");
    }

    pub async fn press_create(&self) {
        self.click(".head .button.primary").await;
        self.find("#create-name").await;
    }

    /// Types into a field in place of what it holds.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.focus().await.unwrap_or_else(|error| panic!("{css}: {error}"));
        self.press_key(Key::Control + "a").await;
        self.press_key(Key::Delete).await;
        if !text.is_empty() {
            self.press_key(text).await;
        }
    }

    /// Puts a text into a field at once, as a paste does: for one that takes too long to type.
    pub async fn set_value(&self, css: &str, text: &str) {
        let script = format!(
            "const field = document.querySelector('{css}');
             field.value = {};
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
            json!(text)
        );
        self.eval(&script).await;
    }

    /// Keys to whatever has the focus when they come, as from a keyboard; a modifier is held until
    /// the last one.
    pub async fn press_key(&self, keys: impl Into<TypingData>) {
        let keys = keys.into().as_vec();
        if keys.iter().any(|&key| key == char::from(Key::Enter) || key == char::from(Key::Delete)) {
            self.touch();
        }
        let mut keyboard = self.page.action_chain();
        let mut held = Vec::new();
        for key in keys {
            keyboard = keyboard.key_down(key);
            if is_modifier(key) {
                held.push(key);
            } else {
                keyboard = keyboard.key_up(key);
            }
        }
        for key in held {
            keyboard = keyboard.key_up(key);
        }
        keyboard.perform().await.expect("the keys are taken");
    }

    /// Types in the field with this label once it has the focus, in place of what it holds.
    pub async fn type_over(&self, field: &str, text: &str) {
        self.has_focus(field).await;
        self.press_key(Key::Control + "a").await;
        self.press_key(text).await;
    }

    /// Presses keys that do nothing, as a person's hand presses something before each thing that is done.
    /// The driver's clicks and keys come to the page alone, and the shell goes by the presses it sees itself.
    pub fn touch(&self) {
        const WINDOW: &str = "^Entri Tokens$";
        let mut press = Command::new("xdotool");
        press.env("DISPLAY", &self.display).args(["search", "--onlyvisible", "--name", WINDOW]);
        press.args(["windowfocus", "--sync", "key", "--window", "0", "Pause", "Print"]);
        // The app may have no window now. A search that meets a window on its way out ends there.
        until("a press", || {
            let output = press.output().expect("xdotool runs; ./x setup installs it");
            !String::from_utf8_lossy(&output.stderr).contains("X Error")
        });
    }
}

fn is_modifier(key: char) -> bool {
    [Key::Control, Key::Shift, Key::Alt].into_iter().any(|modifier| key == char::from(modifier))
}

fn is_stale(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}
