//! How large the page is drawn: *Ctrl +* and *Ctrl −* go a step, as does the mouse wheel with Ctrl, and *Ctrl 0*
//! goes back to the usual size. The shell takes these before the page does, so they work whatever the page is busy
//! with.

use tauri::WebviewWindow;

use crate::settings::TEXT_SIZES;

/// The usual size, in percent.
const USUAL: u16 = 100;

/// What a pressed key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zoom {
    In,
    Out,
    Usual,
}

impl Zoom {
    /// The step after `now`, which need not be a step itself.
    fn from(self, now: u16) -> u16 {
        match self {
            Self::In => TEXT_SIZES.into_iter().find(|step| *step > now),
            Self::Out => TEXT_SIZES.into_iter().rfind(|step| *step < now),
            Self::Usual => Some(USUAL),
        }
        .unwrap_or(now)
    }
}

/// Draws the page at its last size, and begins to handle the keys and the wheel.
#[cfg(target_os = "linux")]
pub fn follow(window: &WebviewWindow) -> tauri::Result<()> {
    use std::cell::Cell;

    use gtk::glib::Propagation;
    use gtk::prelude::WidgetExt as _;
    use tauri::Manager as _;

    use crate::settings;

    settings::draw(window, settings::now(window.app_handle()).text_size)?;
    let (keys, wheel) = (window.clone(), window.clone());
    let turned = Cell::new(0.0);
    window.with_webview(move |view| {
        let view = view.inner();
        view.connect_key_press_event(move |_, event| match asked(event) {
            Some(zoom) => go(&keys, zoom),
            None => Propagation::Proceed,
        });
        view.connect_scroll_event(move |_, event| match turn(event, &turned) {
            Turn::Zoom(zoom) => go(&wheel, zoom),
            Turn::Part => Propagation::Stop,
            Turn::Scroll => Propagation::Proceed,
        });
    })
}

/// Draws the page at the next size, keeps it, and has the page say it.
#[cfg(target_os = "linux")]
fn go(window: &WebviewWindow, zoom: Zoom) -> gtk::glib::Propagation {
    use tauri::Manager as _;
    use tauri_specta::Event as _;
    use token_desk::{Desk, Setting};

    use crate::settings;
    use crate::views::ZoomedView;

    // Until the desk is open, there is no page to be drawn.
    let Some(desk) = window.try_state::<Desk>() else { return gtk::glib::Propagation::Stop };
    let next = zoom.from(desk.settings().text_size);
    if let Err(error) = desk.set(&[Setting::TextSize(next)]) {
        tracing::warn!(%error, "a step is out of range");
    }
    let desk = Desk::clone(&desk);
    // At once, so that it holds however the app ends; a disk that hangs holds up nothing.
    tauri::async_runtime::spawn(async move {
        if let Err(error) = desk.keep_settings().await {
            tracing::warn!(%error, "the size of the page is not kept");
        }
    });
    if let Err(error) = settings::draw(window, next).and_then(|()| ZoomedView(next).emit(window)) {
        tracing::warn!(%error, "the page stays as large as it is");
    }
    gtk::glib::Propagation::Stop
}

/// What a turn of the wheel asks for.
#[cfg(target_os = "linux")]
enum Turn {
    Zoom(Zoom),
    /// It is part of a step.
    Part,
    Scroll,
}

/// Touchpads send a step in many parts, which add up in `turned`.
#[cfg(target_os = "linux")]
fn turn(event: &gtk::gdk::EventScroll, turned: &std::cell::Cell<f64>) -> Turn {
    use gtk::gdk::{ModifierType, ScrollDirection};

    let held = event.state() & gtk::accelerator_get_default_mod_mask();
    if held != ModifierType::CONTROL_MASK {
        turned.set(0.0);
        return Turn::Scroll;
    }
    let by = match event.direction() {
        ScrollDirection::Up => -1.0,
        ScrollDirection::Down => 1.0,
        ScrollDirection::Smooth => event.delta().1,
        _ => 0.0,
    };
    let sum = turned.get() + by;
    turned.set(if sum.abs() < 1.0 { sum } else { 0.0 });
    match sum {
        sum if sum <= -1.0 => Turn::Zoom(Zoom::In),
        sum if sum >= 1.0 => Turn::Zoom(Zoom::Out),
        _ => Turn::Part,
    }
}

#[cfg(target_os = "linux")]
fn asked(event: &gtk::gdk::EventKey) -> Option<Zoom> {
    use gtk::gdk::ModifierType;
    use gtk::gdk::keys::constants as key;

    let held = event.state() & gtk::accelerator_get_default_mod_mask();
    // On keyboards where plus needs Shift, nobody should have to hold that, too.
    if held - ModifierType::SHIFT_MASK != ModifierType::CONTROL_MASK {
        return None;
    }
    match event.keyval() {
        key::plus | key::equal | key::KP_Add => Some(Zoom::In),
        key::minus | key::underscore | key::KP_Subtract => Some(Zoom::Out),
        key::_0 | key::KP_0 => Some(Zoom::Usual),
        _ => None,
    }
}

/// Other systems bring keys of their own for this.
#[cfg(not(target_os = "linux"))]
pub fn follow(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_up_and_down_the_steps_and_stays_at_their_ends() {
        let mut zoom = USUAL;
        for _ in 0..20 {
            zoom = Zoom::In.from(zoom);
        }
        assert_eq!(zoom, 200);
        let mut down = vec![zoom];
        for _ in 0..20 {
            zoom = Zoom::Out.from(zoom);
            down.push(zoom);
        }
        down.dedup();
        assert_eq!(down, TEXT_SIZES.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(Zoom::Usual.from(125), USUAL);
        assert_eq!((Zoom::In.from(130), Zoom::Out.from(130)), (140, 125));
    }
}
