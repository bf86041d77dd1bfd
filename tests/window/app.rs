//! The real app in its real window, driven through WebDriver.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desktop::{Desktop, until};

const PATIENCE: Duration = Duration::from_secs(15);
const EVERY: Duration = Duration::from_millis(30);

pub struct App {
    pub page: WebDriver,
    driver: Child,
}

impl App {
    /// Opens the app on a desktop.
    pub async fn open(desktop: &Desktop, arguments: &[&str]) -> Self {
        let [port, native] = free_ports();
        let driver = desktop
            .command(tauri_driver())
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("ENTRI_TOKENS_LOG", std::env::var("ENTRI_TOKENS_LOG").unwrap_or_default())
            .stdout(Stdio::null())
            .spawn()
            .expect("tauri-driver runs; ./x setup installs it");
        for port in [port, native] {
            until("the driver listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        }
        let mut wanted = Capabilities::new();
        wanted
            .set("tauri:options", json!({"application": env!("CARGO_BIN_EXE_entri-tokens"), "args": arguments}))
            .and_then(|()| wanted.set("browserName", "wry"))
            .expect("capabilities");
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .expect("the app opens a window");
        Self { page, driver }
    }

    /// Closes the window as a person would, and waits until the app is gone.
    pub async fn close(mut self) {
        let _ = self.page.clone().quit().await;
        end(&mut self.driver);
    }

    /// The element, as soon as it is there.
    pub async fn find(&self, css: &str) -> WebElement {
        self.page
            .query(By::Css(css))
            .wait(PATIENCE, EVERY)
            .first()
            .await
            .unwrap_or_else(|_| panic!("no {css} in the page"))
    }

    /// The button (or other element) with exactly this text.
    pub async fn named(&self, tag: &str, text: &str) -> WebElement {
        let path = format!("//{tag}[normalize-space()='{text}' and not(@inert)]");
        self.page
            .query(By::XPath(path))
            .and_displayed()
            .wait(PATIENCE, EVERY)
            .first()
            .await
            .unwrap_or_else(|_| panic!("no {tag} named {text}"))
    }

    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    pub async fn press(&self, text: &str) {
        self.named("button", text).await.click().await.unwrap_or_else(|error| panic!("{text}: {error}"));
    }

    pub async fn type_into(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Keys to whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        let focused = self.page.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("keys arrive");
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.eval(script).await != Value::Bool(true) {
            assert!(tokio::time::Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
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

    /// Saves a picture of the window under `tests/screenshots/`.
    pub async fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let png = self.page.screenshot_as_png().await.expect("a picture");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("the picture is saved");
    }
}

impl Drop for App {
    fn drop(&mut self) {
        end(&mut self.driver);
    }
}

/// With SIGTERM the driver ends its browser too.
fn end(driver: &mut Child) {
    if driver.try_wait().is_ok_and(|status| status.is_none()) {
        let _ = std::process::Command::new("kill").arg(driver.id().to_string()).status();
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
