//! Ways through the window by the keyboard alone.

use serde_json::json;
use thirtyfour::prelude::*;

use super::App;

impl App {
    /// Goes on with the Tab key until that is there; a number beside a name is no part of it.
    pub async fn walk_to(&self, name: &str) {
        let here = format!(
            "const it = document.activeElement;
             const name = it.getAttribute('aria-label') ?? it.innerText.split('\\n')[0];
             return name.trim() === {}",
            json!(name)
        );
        self.walk_until(name, &here).await;
    }

    /// Goes on with the Tab key until the list's rows are there; its screen has the same name.
    pub async fn walk_to_list(&self) {
        self.find("[role=grid]").await;
        self.walk_until("the list", "return document.activeElement.role === 'grid'").await;
    }

    async fn walk_until(&self, what: &str, here: &str) {
        for _ in 0..60 {
            if self.eval(here).await == true {
                return;
            }
            self.walk_on().await;
        }
        panic!("Tab never comes to {what}");
    }

    /// Goes on by the Tab key, and by the arrow keys through the sidebar, which is one tab stop.
    async fn walk_on(&self) {
        let before_its_end = "const buttons = [...document.querySelectorAll('.sidebar button')]
                .filter((button) => button.closest('[popover]') === null);
            const at = buttons.indexOf(document.activeElement);
            return at >= 0 && at < buttons.length - 1";
        if self.eval(before_its_end).await == true {
            return self.press_key(Key::Down).await;
        }
        self.press_key(Key::Tab).await;
        let below_its_begin = "const it = document.activeElement;
            return it.closest('.sidebar') !== null && !it.matches('.connection')";
        while self.eval(below_its_begin).await == true {
            self.press_key(Key::Up).await;
        }
    }

    /// Walks to a button and presses it.
    pub async fn walk_and_press(&self, name: &str) {
        self.walk_to(name).await;
        self.press_key(Key::Enter).await;
    }
}
