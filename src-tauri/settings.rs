//! The settings that the window follows, from its very start: the desk, which has them, opens at the same time.

use tauri::{AppHandle, Manager as _, WebviewWindow};
use token_desk::{Desk, Settings, Theme};

/// The text sizes that *Ctrl +* and *Ctrl −* go through, in percent of the usual one.
pub const TEXT_SIZES: [u16; 9] = [80, 90, 100, 110, 125, 140, 160, 180, 200];

/// What was set when the app started.
pub struct AtStart(pub Settings);

/// What is set now.
pub fn now(app: &AppHandle) -> Settings {
    match app.try_state::<Desk>() {
        Some(desk) => desk.settings(),
        None => app.state::<AtStart>().0.clone(),
    }
}

/// The open window follows what is set.
pub fn follow(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let shown = draw(&window, now(app).text_size);
    if let Err(error) = shown.and_then(|()| theme(&window)) {
        tracing::warn!(%error, "the window does not follow the settings");
    }
}

/// Draws the page at a size, in percent of the usual one.
pub fn draw(window: &WebviewWindow, percent: u16) -> tauri::Result<()> {
    window.set_zoom(f64::from(percent) / 100.0)
}

/// Has the page's first paint in the right colors, in front of its own script: a `light-dark()` color goes by the
/// color scheme of the page's root.
pub fn first_paint(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "",
        Theme::Light => "document.documentElement.style.colorScheme='light'",
        Theme::Dark => "document.documentElement.style.colorScheme='dark'",
    }
}

/// Questions in native windows have the colors that were set for the page.
#[cfg(target_os = "linux")]
pub fn theme(window: &WebviewWindow) -> tauri::Result<()> {
    use std::sync::OnceLock;

    use gtk::prelude::GtkSettingsExt as _;

    /// Whether the desktop wants dark windows, as it was before anything was set here.
    static DESKTOP: OnceLock<bool> = OnceLock::new();

    let theme = now(window.app_handle()).theme;
    window.run_on_main_thread(move || {
        let Some(settings) = gtk::Settings::default() else { return };
        let desktop = *DESKTOP.get_or_init(|| settings.is_gtk_application_prefer_dark_theme());
        settings.set_gtk_application_prefer_dark_theme(match theme {
            Theme::System => desktop,
            Theme::Light => false,
            Theme::Dark => true,
        });
    })
}

/// Other systems draw their questions themselves.
#[cfg(not(target_os = "linux"))]
pub fn theme(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
