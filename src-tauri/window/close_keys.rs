//! *Ctrl W* closes the window, as its own button does, and *Ctrl Q* ends the app. The shell takes these keys
//! before the page does, so they work whatever the page is busy with.

use tauri::WebviewWindow;

#[cfg(target_os = "linux")]
use super::leave;

/// Begins to handle these keys before the page does.
#[cfg(target_os = "linux")]
pub fn follow(window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::glib::Propagation;
    use gtk::prelude::WidgetExt as _;
    use tauri::Manager as _;

    let of = window.clone();
    window.with_webview(move |view| {
        view.inner().connect_key_press_event(move |_, event| {
            match asked(event) {
                Some(Asked::Close) => {
                    if let Err(error) = of.close() {
                        tracing::warn!(%error, "the window stays open");
                    }
                }
                Some(Asked::Quit) => leave::quit(of.app_handle()),
                None => return Propagation::Proceed,
            }
            Propagation::Stop
        });
    })
}

/// What a pressed key asks for.
#[cfg(target_os = "linux")]
enum Asked {
    Close,
    Quit,
}

#[cfg(target_os = "linux")]
fn asked(event: &gtk::gdk::EventKey) -> Option<Asked> {
    use gtk::gdk::ModifierType;
    use gtk::gdk::keys::constants as key;

    let held = event.state() & gtk::accelerator_get_default_mod_mask();
    if held != ModifierType::CONTROL_MASK {
        return None;
    }
    match event.keyval() {
        key::w => Some(Asked::Close),
        key::q => Some(Asked::Quit),
        _ => None,
    }
}

/// Other systems bring keys of their own for this.
#[cfg(not(target_os = "linux"))]
pub fn follow(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
