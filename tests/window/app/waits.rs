//! Waits for what the page shows.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{App, EVERY, PATIENCE};

const STANDS_STILL: &str = "
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    await frame();
    await frame();";

/// What a failure is told by comes first: the whole page may be cut where it is read.
const HAS_FOCUS: &str = "
    const it = document.activeElement;
    return `${it.cloneNode().outerHTML.slice(0, 300)} = ${it.value?.length > 60 ? '…' : it.value}`";
const ON_TOP: &str = "
    const shown = document.querySelectorAll('dialog[open], .details, [role=alert], .toolbar [role=status]');
    return [...shown].map(({ innerText }) => innerText).join('\\n--\\n')";

impl App {
    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) {
        self.within(PATIENCE, what, script).await;
    }

    async fn within(&self, patience: Duration, what: &str, script: &str) {
        let deadline = Instant::now() + patience;
        while !self.is_so(script).await {
            if Instant::now() > deadline {
                let focus = self.eval(HAS_FOCUS).await;
                let on_top = self.eval(ON_TOP).await;
                let page = self.text("body").await;
                panic!(
                    "{what}: not within {patience:?}; the focus is on {focus}, and on top is\n{}\nof\n{page}",
                    on_top.as_str().unwrap_or_default()
                );
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Whether a script says so. It says nothing in a page that is replaced by another one meanwhile, and the driver
    /// may fail to read what it says.
    async fn is_so(&self, script: &str) -> bool {
        match self.page.execute(script, Vec::new()).await {
            Ok(answer) => *answer.json() == Value::Bool(true),
            Err(error) => {
                let said = error.to_string();
                let passes = ["no such frame", "Could not parse script result"];
                assert!(passes.iter().any(|it| said.contains(it)), "{script}: {said}");
                false
            }
        }
    }

    /// Waits until the text is somewhere on the page.
    pub async fn says(&self, text: &str) {
        let text = json!(text);
        self.until(
            &format!("the page says {text}"),
            &format!("return document.body.innerText.includes({text})"),
        )
        .await;
    }

    /// Waits until nothing on the page matches.
    pub async fn gone(&self, css: &str) {
        self.until(css, &format!("return document.querySelector('{css}') === null")).await;
    }

    /// Waits until the element with this label, or this text, has the focus.
    pub async fn has_focus(&self, name: &str) {
        let script = format!(
            "const it = document.activeElement;
             const by = document.getElementById(it.getAttribute('aria-labelledby'))?.innerText;
             const name = it.getAttribute('aria-label') ?? by ?? it.labels?.[0]?.innerText
                 ?? it.innerText;
             return name.trim() === {}",
            json!(name)
        );
        self.until(&format!("{name} has the focus"), &script).await;
    }

    /// Waits until the keyboard is on the row with this name.
    pub async fn on_row(&self, name: &str) {
        let script = format!(
            "return document.querySelector('.row.active bdi')?.innerText === {}",
            json!(name)
        );
        self.until(&format!("the keyboard is on {name}"), &script).await;
    }

    /// Waits until the whole list was loaded.
    pub async fn synced(&self) {
        let script = "return document.querySelector('.status-bar')?.innerText.includes('Updated ')
            && document.querySelector('.list').ariaBusy === 'false'
            && document.querySelector('.head .banner') === null";
        self.until("the list is loaded", script).await;
    }

    /// Waits until no animation runs, and what came last has been painted.
    pub async fn stands_still(&self) {
        self.awaited(STANDS_STILL).await;
    }

    /// Waits until a copy has left the clipboard, which takes 30 seconds.
    pub async fn waits_for_the_clipboard(&self, says: &str) {
        let script = format!("return document.body.innerText.includes({})", json!(says));
        self.within(Duration::from_secs(40), says, &script).await;
    }
}
