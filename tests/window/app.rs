//! The real app in its real window, driven through `WebDriver`.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::desktop::{Desktop, until};

const PATIENCE: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_millis(30);
const STANDS_STILL: &str = "
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    await frame();
    await frame();";

pub struct App {
    pub page: WebDriver,
    driver: Child,
    display: String,
}

impl App {
    /// Opens the app on a desktop.
    pub async fn open(desktop: &Desktop, arguments: &[&str]) -> Self {
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let [port, native] = free_ports();
        // One that was closed may take a moment to end, and a second one would give way to it.
        until("no app runs here", || !desktop.has_app());
        let driver = desktop
            .command(tauri_driver())
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("ENTRI_TOKENS_LOG", "trace")
            .stdout(Stdio::null())
            .stderr(desktop.log())
            .process_group(0)
            .spawn()
            .expect("tauri-driver runs; ./x setup installs it");
        for port in [port, native] {
            until("the driver listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        }
        let mut wanted = Capabilities::new();
        wanted
            .set(
                "tauri:options",
                json!({"application": env!("CARGO_BIN_EXE_entri-tokens"), "args": arguments}),
            )
            .and_then(|()| wanted.set("browserName", "wry"))
            .expect("capabilities");
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .expect("the app opens a window");
        Self { page, driver, display: desktop.display().to_owned() }
    }

    /// Presses keys that do nothing, as a person's hand presses something before each thing that is done.
    /// The driver's clicks and keys come to the page alone, and the shell goes by the presses it sees itself.
    pub fn touch(&self) {
        const WINDOW: &str = "^Entri Tokens$";
        let mut press = std::process::Command::new("xdotool");
        press.env("DISPLAY", &self.display).args(["search", "--onlyvisible", "--name", WINDOW]);
        press.args(["windowfocus", "--sync", "key", "--window", "0", "Pause", "Print"]);
        // The app may have no window now.
        let _ = press.stderr(Stdio::null()).status();
    }

    /// Closes the window as a person would, and waits until the app is gone.
    pub async fn close(mut self) {
        let _ = self.page.clone().quit().await;
        end(&mut self.driver);
    }

    /// The process that the app's are children of.
    pub fn root(&self) -> u32 {
        self.driver.id()
    }

    /// The element, as soon as it is there.
    pub async fn find(&self, css: &str) -> WebElement {
        self.page
            .query(By::Css(css))
            .wait(PATIENCE, EVERY)
            .first()
            .await
            .unwrap_or_else(|error| panic!("no {css} in the page: {error}"))
    }

    /// The button (or other element) with exactly this text.
    pub async fn named(&self, tag: &str, text: &str) -> WebElement {
        // What lies behind an open dialog cannot be reached.
        let path = format!(
            "(//dialog)[last()]//{tag}[normalize-space()='{text}'] \
             | //{tag}[normalize-space()='{text}' and not(//dialog)]"
        );
        let found =
            self.page.query(By::XPath(path)).and_displayed().wait(PATIENCE, EVERY).first().await;
        let Ok(element) = found else {
            panic!("no {tag} named {text} in:\n{}", self.text("body").await)
        };
        element
    }

    pub async fn click(&self, css: &str) {
        self.click_it(css, async || self.find(css).await).await;
    }

    /// Clicks the button with exactly this text.
    pub async fn press(&self, text: &str) {
        self.click_it(text, async || self.named("button", text).await).await;
    }

    /// Looks again where the page drew that part again between the look and the click.
    async fn click_it(&self, what: &str, find: impl AsyncFn() -> WebElement) {
        self.touch();
        while let Err(error) = find().await.click().await {
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

    /// What a field holds.
    pub async fn value(&self, css: &str) -> String {
        let value = self.find(css).await.value().await.expect("it is a field");
        value.unwrap_or_default()
    }

    /// Waits until a copy has left the clipboard, which takes 30 seconds.
    pub async fn waits_for_the_clipboard(&self, says: &str) {
        let script = format!("return document.body.innerText.includes({})", json!(says));
        self.within(Duration::from_secs(40), says, &script).await;
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

    /// What an element shows.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await;
        let script = format!("return document.querySelector('{css}').innerText.trim()");
        self.eval(&script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the element with this label, or this text, has the focus.
    pub async fn has_focus(&self, name: &str) {
        let script = format!(
            "const it = document.activeElement;
             const name = it.getAttribute('aria-label') ?? it.labels?.[0]?.innerText ?? it.innerText;
             return name.trim() === {}",
            json!(name)
        );
        self.until(&format!("{name} has the focus"), &script).await;
    }

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

    /// Types in the field with this label once it has the focus, in place of what it holds.
    pub async fn type_over(&self, field: &str, text: &str) {
        self.has_focus(field).await;
        self.press_key(Key::Control + "a").await;
        self.press_key(text).await;
    }

    /// Waits until the whole list was loaded.
    pub async fn synced(&self) {
        let script = "return document.querySelector('.status-bar')?.innerText.includes('Updated ')
            && document.querySelector('.list').ariaBusy === 'false'
            && document.querySelector('.main > .banner') === null";
        self.until("the list is loaded", script).await;
    }

    /// Waits until the keyboard is on the row with this name.
    pub async fn on_row(&self, name: &str) {
        let script = format!(
            "return document.querySelector('.row.active bdi')?.innerText === {}",
            json!(name)
        );
        self.until(&format!("the keyboard is on {name}"), &script).await;
    }

    /// Waits until nothing on the page matches.
    pub async fn gone(&self, css: &str) {
        self.until(css, &format!("return document.querySelector('{css}') === null")).await;
    }

    /// Whether a text is anywhere in the document: in its markup, a field, or a title.
    pub async fn holds(&self, text: &str) -> bool {
        let script = format!(
            "const fields = [...document.querySelectorAll('input')].map(({{ value }}) => value);
             return [document.documentElement.outerHTML, document.title, location.href, ...fields]
               .some((place) => place.includes({}))",
            json!(text)
        );
        self.eval(&script).await == Value::Bool(true)
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) {
        self.within(PATIENCE, what, script).await;
    }

    async fn within(&self, patience: Duration, what: &str, script: &str) {
        let deadline = Instant::now() + patience;
        while self.eval(script).await != Value::Bool(true) {
            if Instant::now() > deadline {
                let focus =
                    self.eval("return document.activeElement.outerHTML.slice(0, 300)").await;
                let page = self.text("body").await;
                panic!("{what}: not within {patience:?}; {focus} has the focus of\n{page}");
            }
            tokio::time::sleep(EVERY).await;
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

    pub async fn eval(&self, script: &str) -> Value {
        let answer = self.page.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// What a script returns that waits for something. It is searched for again and again: the driver,
    /// left to wait, loses one answer in some thousands.
    pub async fn awaited(&self, script: &str) -> Value {
        let keep = "(value) => (window.awaited = [value ?? null]),
            (error) => (window.awaited = [{ error: String(error) }])";
        let script = format!("window.awaited = null; (async () => {{ {script} }})().then({keep})");
        self.eval(&script).await;
        self.until("the page answers", "return window.awaited !== null").await;
        self.eval("return window.awaited[0]").await
    }

    /// Gives the page this size.
    pub async fn resize(&self, width: u32, height: u32) {
        self.page.set_window_rect(0, 0, width, height).await.expect("the window takes a size");
        let script = format!("return innerWidth === {width} && innerHeight === {height}");
        self.until("the page has its size", &script).await;
    }

    /// Asserts that the page scrolls in neither direction, and that a dialog can be seen whole.
    pub async fn nothing_sticks_out(&self) {
        let script = "const { scrollWidth, scrollHeight } = document.documentElement;
            const dialog = document.querySelector('dialog')?.getBoundingClientRect();
            return scrollWidth <= innerWidth && scrollHeight <= innerHeight
              && (dialog === undefined || (dialog.left >= 0 && dialog.top >= 0
                && dialog.right <= innerWidth && dialog.bottom <= innerHeight))";
        self.until("nothing sticks out", script).await;
    }

    /// Waits until no animation runs, and what came last has been painted.
    pub async fn stands_still(&self) {
        self.awaited(STANDS_STILL).await;
    }

    /// Saves a picture of the window under `tests/screenshots/`, once it stands still.
    pub async fn picture(&self, name: &str) {
        self.stands_still().await;
        // Taking one makes the web view paint what it had put off; the next one shows it.
        self.page.screenshot_as_png().await.expect("a picture");
        let png = self.page.screenshot_as_png().await.expect("a picture");
        std::fs::write(picture_file(name), png).expect("the picture is saved");
    }
}

impl Drop for App {
    fn drop(&mut self) {
        end(&mut self.driver);
    }
}

/// Where a picture is saved.
pub fn picture_file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder.join(format!("{name}.png"))
}

fn is_modifier(key: char) -> bool {
    [Key::Control, Key::Shift, Key::Alt].into_iter().any(|modifier| key == char::from(modifier))
}

fn is_stale(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}

/// The driver, its browser and the app: an app whose driver ends while it closes would stay.
fn end(driver: &mut Child) {
    if driver.try_wait().is_ok_and(|status| status.is_none()) {
        let group = format!("-{}", driver.id());
        let _ = std::process::Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = driver.wait();
    }
}

fn tauri_driver() -> PathBuf {
    let tools = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/tauri-driver");
    if tools.exists() { tools } else { PathBuf::from("tauri-driver") }
}

fn free_ports() -> [u16; 2] {
    // Both are held until both are known, so that they differ.
    let held = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    held.each_ref().map(|listener| listener.local_addr().expect("its address").port())
}
