//! Signing in on the server's own page, in a window of its own: for Google, GitHub and single
//! sign-on, whose callback leads back to a browser (contract §3).
//!
//! The window has no capability and keeps nothing on disk. It is closed as soon as it holds a
//! session cookie of the server, and its store is gone with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use token_desk::{BaseUrl, Error, Secret};
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::page_end;

/// What the windows' names begin with; no capability mentions them.
const LABEL: &str = "sign-in";
/// The end of a session cookie's name, whatever its prefix (contract §3).
const SESSION_COOKIE: &str = "session_token";
/// How often the window is asked for its cookies: it does not tell by itself.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The cookies of a session, once somebody has signed in; `None` when the window was closed before.
pub async fn session_cookies(app: &AppHandle, address: &str) -> Result<Option<Secret>, Error> {
    let base_url = BaseUrl::parse(address)?;
    let failed = |error: tauri::Error| Error::SignInWindow(error.to_string());
    let url =
        Url::parse(base_url.as_str()).map_err(|error| Error::SignInWindow(error.to_string()))?;
    let window = open(app, url.clone()).map_err(failed)?;
    page_end::close(&window).map_err(failed)?;
    let closed = Arc::new(Notify::new());
    let tell = Arc::clone(&closed);
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            tell.notify_one();
        }
    });
    let found = loop {
        // The wait for the window's end is the pause between two looks.
        if timeout(LOOK_EVERY, closed.notified()).await.is_ok() {
            return Ok(None);
        }
        if let Some(cookies) = cookies(&window, &url) {
            break cookies;
        }
    };
    window.destroy().map_err(failed)?;
    Ok(Some(found))
}

/// Opens a window in place of one that is still there: the page that asked for that one is gone.
fn open(app: &AppHandle, url: Url) -> tauri::Result<WebviewWindow> {
    static OPENED: AtomicU32 = AtomicU32::new(0);
    for (label, window) in app.webview_windows() {
        if label.starts_with(LABEL) {
            window.destroy()?;
        }
    }
    let (app, title) = (app.clone(), title(&url));
    // A name is free only once its window is gone.
    let label = format!("{LABEL}-{}", OPENED.fetch_add(1, Ordering::Relaxed));
    WebviewWindowBuilder::new(&app, label, WebviewUrl::External(url))
        .title(title)
        .inner_size(520.0, 720.0)
        .incognito(true)
        .on_page_load(|window, page| {
            // Where the password goes is said in the one place the page cannot write to.
            let _ = window.set_title(&self::title(page.url()));
        })
        .build()
}

fn title(url: &Url) -> String {
    format!("{} – Sign in", url.origin().ascii_serialization())
}

/// All cookies for the server, in the form of a `Cookie` header, if a session is among them.
fn cookies(window: &WebviewWindow, url: &Url) -> Option<Secret> {
    let cookies = window.cookies_for_url(url.clone()).ok()?;
    let signed_in = cookies
        .iter()
        .any(|cookie| cookie.name().ends_with(SESSION_COOKIE) && !cookie.value().is_empty());
    let pairs = cookies.iter().map(|cookie| format!("{}={}", cookie.name(), cookie.value()));
    signed_in.then(|| Secret::new(pairs.collect::<Vec<_>>().join("; ")))
}
