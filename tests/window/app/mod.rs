//! The real app in its real window, driven through `WebDriver`.

mod driver;
mod input;
mod picture;
mod waits;
mod walk;

use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desktop::{Desktop, until};
use driver::{end, free_ports, tauri_driver};
pub use picture::picture_file;

const PATIENCE: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_millis(30);

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

    /// What a field holds.
    pub async fn value(&self, css: &str) -> String {
        let value = self.find(css).await.value().await.expect("it is a field");
        value.unwrap_or_default()
    }

    /// What an element shows.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await;
        let script = format!("return document.querySelector('{css}').innerText.trim()");
        self.eval(&script).await.as_str().unwrap_or_default().to_owned()
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
}

impl Drop for App {
    fn drop(&mut self) {
        end(&mut self.driver);
    }
}
