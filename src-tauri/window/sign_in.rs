//! Signing in on the server's own page, in a window of its own: for Google, GitHub and single
//! sign-on, whose callback leads back to a browser (docs/entri-api.md#sign-in).
//!
//! The window has no capability and keeps nothing on disk: it saves no file, opens no window and gets no
//! permission. It is closed once the server says that its cookies are those of a session, and its store
//! is gone with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tauri::async_runtime::spawn_blocking;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use token_desk::{BaseUrl, BrowserCookie, Error, Secret, SignInWatch};
use tokio::sync::Notify;
use tokio::time::sleep;

use super::page_end;

/// The prefix of the windows' names, which no capability mentions.
const LABEL: &str = "sign-in";
/// How often the window is asked for its cookies: it does not tell by itself.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The cookies of a session, once somebody has signed in and the server confirmed it; `None` when the
/// window was closed before.
pub async fn session_cookies(app: &AppHandle, address: &str) -> Result<Option<Secret>, Error> {
    let base_url = BaseUrl::parse(address)?;
    let failed = |error: tauri::Error| Error::SignInWindow(error.to_string());
    let url =
        Url::parse(base_url.as_str()).map_err(|error| Error::SignInWindow(error.to_string()))?;
    let window = open(app, url.clone()).map_err(failed)?;
    page_end::close(&window).map_err(failed)?;
    crate::window::keep_in_window(&window).map_err(failed)?;
    let closed = Arc::new(Notify::new());
    let tell = Arc::clone(&closed);
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            tell.notify_one();
        }
    });
    let mut watch = SignInWatch::new(base_url);
    let signed_in = async {
        loop {
            sleep(LOOK_EVERY).await;
            if let Some(cookies) = look(&mut watch, &window, &url).await {
                return cookies;
            }
        }
    };
    let found = tokio::select! {
        () = closed.notified() => return Ok(None),
        cookies = signed_in => cookies,
    };
    window.destroy().map_err(failed)?;
    Ok(Some(found))
}

/// Opens a window, and closes an earlier one: the page that asked for that one is gone.
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
        .on_navigation(may_be_shown)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, page| {
            // Where the password goes is reported in the one place the page cannot write to.
            let _ = window.set_title(&self::title(page.url()));
        })
        .build()
}

/// Whether a page or a frame may be at that address. Identity providers have any host, so the scheme is
/// what decides; an empty frame is the page's own.
fn may_be_shown(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => BaseUrl::parse(&url.origin().ascii_serialization()).is_ok(),
        "about" => matches!(url.path(), "blank" | "srcdoc"),
        _ => false,
    }
}

fn title(url: &Url) -> String {
    format!("{} – Sign in", url.origin().ascii_serialization())
}

/// The cookies that the window has for the server, if the server says that they are a session.
async fn look(watch: &mut SignInWatch, window: &WebviewWindow, url: &Url) -> Option<Secret> {
    // This waits for the window's page, and forever if that ends at this moment.
    let (asked, url) = (window.clone(), url.clone());
    let cookies = spawn_blocking(move || asked.cookies_for_url(url)).await.ok()?.ok()?;
    let cookies: Vec<_> = cookies
        .iter()
        .map(|cookie| BrowserCookie {
            name: cookie.name(),
            value: cookie.value(),
            domain: cookie.domain(),
            http_only: cookie.http_only().unwrap_or_default(),
            secure: cookie.secure().unwrap_or_default(),
        })
        .collect();
    watch.look(&cookies).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_shown_and_http_is_this_computer() {
        let shown = |address: &str| may_be_shown(&address.parse().unwrap());
        for address in
            ["https://idp.example/x", "http://127.0.0.1:4000/", "http://localhost", "about:blank"]
        {
            assert!(shown(address), "{address}");
        }
        for address in [
            "http://idp.example/",
            "file:///etc/passwd",
            "data:text/html,x",
            "blob:https://app.nt3.io/x",
            "tauri://localhost/",
            "javascript:alert(1)",
            "ftp://127.0.0.1/",
            "about:config",
        ] {
            assert!(!shown(address), "{address}");
        }
    }
}
