//! The main window.

mod close_keys;
mod leave;
mod page_end;
pub(crate) mod sign_in;
pub(crate) mod size;
mod zoom;

pub use leave::GoesOn;
#[cfg(target_os = "linux")]
pub use leave::quit;

use size::WindowSize;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::{outside, settings};

/// Where the page's connections end, in front of a port that only the system could open. The page
/// needs none, and its policy forbids requests, but not to connect ahead of one: `WebKitGTK` does so
/// for a link that is clicked, and a name that is looked up for it tells its server something.
const NOWHERE: &str = "http://127.0.0.1:1";

/// Opens the window, minimized if it is to. The first thing its page does is to ask what to start with.
pub fn open(app: &AppHandle, minimized: bool) -> Result<(), Box<dyn std::error::Error>> {
    let (size, smallest) = app.state::<WindowSize>().to_open(app);
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        .title("Entri Tokens")
        .inner_size(size.width, size.height)
        .min_inner_size(smallest.width, smallest.height)
        .maximized(size.maximized)
        .initialization_script(settings::first_paint(settings::now(app).theme))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    // While the app is developed its page comes from a server.
    let window = if tauri::is_dev() { window } else { window.proxy_url(NOWHERE.parse()?) };
    let window = window.build()?;
    if minimized {
        window.minimize()?;
    }
    size::follow(&window);
    leave::follow(&window);
    zoom::follow(&window)?;
    close_keys::follow(&window)?;
    outside::watch(&window)?;
    keep_in_window(&window)?;
    settings::theme(&window)?;
    Ok(page_end::load_again(&window)?)
}

/// Keeps the page from filling the screen, where it could look like another program, and from
/// opening the system's print window.
#[cfg(target_os = "linux")]
pub fn keep_in_window(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt as _, WebViewExt as _};

    window.with_webview(|view| {
        let view = view.inner();
        if let Some(settings) = view.settings() {
            settings.set_enable_fullscreen(false);
        }
        view.connect_print(|_, _| true);
    })
}

/// Other systems do not tell in a way that Tauri passes on.
#[cfg(not(target_os = "linux"))]
pub fn keep_in_window(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Brings the window to the front; one that was closed is opened again.
pub fn show(app: &AppHandle) {
    let shown = match app.get_webview_window("main") {
        Some(window) => window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus())
            .map_err(Into::into),
        None => open(app, false),
    };
    tracing::info!(?shown, "the window was asked for");
}

/// Nothing but the app's own page is ever shown in this window.
fn is_own_page(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http", Some("tauri.localhost"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_page_is_shown() {
        let own = |address: &str| is_own_page(&address.parse().unwrap());
        for address in ["tauri://localhost", "tauri://localhost/index.html#x"] {
            assert!(own(address), "{address}");
        }
        for address in [
            "https://app.nt3.io",
            "http://localhost",
            "http://127.0.0.1:4000",
            "https://tauri.localhost.evil.example",
            "http://tauri.localhost.evil.example",
            "tauri://evil.example",
            "tauri://localhost.evil.example",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "about:blank",
            "blob:tauri://localhost/x",
        ] {
            assert!(!own(address), "{address}");
        }
    }
}
