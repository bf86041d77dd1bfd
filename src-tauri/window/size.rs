//! How large the window was, so that it opens like that again.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, LogicalSize, Manager, WebviewWindow, WindowEvent};

use crate::kept;

const FILE: &str = "window.json";
/// The size of a new window, and the smallest in which everything fits, in logical pixels.
const USUAL: Size = Size { width: 1280.0, height: 800.0, maximized: false };
/// What a window manager draws above a window, at most: without it the lower end of the largest window would be
/// below the screen.
const TITLE_BAR: f64 = 40.0;
const SMALLEST: Size = Size { width: 1024.0, height: 700.0, ..USUAL };

/// The size of a window, in pixels that the screen's scale is taken out of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// From its left to its right edge.
    pub width: f64,
    /// From its upper to its lower edge.
    pub height: f64,
    /// Whether it fills the screen; width and height are those it goes back to.
    pub maximized: bool,
}

impl Size {
    /// No larger than the screen, if that is known, and no smaller than is of use there.
    fn fitting(self, screen: Option<LogicalSize<f64>>) -> Self {
        let least = smallest(screen);
        let most = screen.unwrap_or(LogicalSize::new(f64::MAX, f64::MAX));
        let within = |it: f64, least: f64, most: f64| it.max(least).min(most.max(least));
        Self {
            width: within(self.width, least.width, most.width),
            height: within(self.height, least.height, most.height),
            ..self
        }
    }
}

/// What a screen has for the inside of a window.
fn room(screen: LogicalSize<f64>) -> LogicalSize<f64> {
    LogicalSize::new(screen.width, (screen.height - TITLE_BAR).max(0.0))
}

fn smallest(screen: Option<LogicalSize<f64>>) -> Size {
    let Some(screen) = screen else { return SMALLEST };
    let (width, height) = (SMALLEST.width.min(screen.width), SMALLEST.height.min(screen.height));
    Size { width, height, ..SMALLEST }
}

/// The size as it is now, and the file it is kept in.
pub struct WindowSize {
    file: PathBuf,
    now: Mutex<Option<Size>>,
}

impl WindowSize {
    /// Reads how large the window was. What cannot be read is as good as nothing.
    pub fn read(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let before =
            kept::read(&file).inspect_err(|error| tracing::info!(%error, "no window size"));
        Self { file, now: Mutex::new(before.ok()) }
    }

    /// How large a window is to be on the first screen, and how small it may become.
    pub fn to_open(&self, app: &AppHandle) -> (Size, Size) {
        let screen = app.primary_monitor().ok().flatten();
        let screen = screen.map(|it| room(it.work_area().size.to_logical(it.scale_factor())));
        let size = self.now.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or(USUAL);
        (size.fitting(screen), smallest(screen))
    }

    /// Keeps the size for the next start.
    pub fn keep(&self) {
        let size = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = size.map(|size| kept::write(&self.file, &size)) {
            tracing::warn!(%error, "the size of the window is not kept");
        }
    }

    fn is(&self, width: f64, height: f64, maximized: bool) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let before = now.unwrap_or(USUAL);
        let size = Size { width, height, maximized };
        *now = Some(if maximized { Size { maximized, ..before } } else { size });
    }
}

/// Follows the size of a window.
pub fn follow(window: &WebviewWindow) {
    let of = window.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::Resized(size) => {
            let scale = of.scale_factor().unwrap_or(1.0);
            let LogicalSize { width, height } = size.to_logical(scale);
            of.state::<WindowSize>().is(width, height, of.is_maximized().unwrap_or_default());
        }
        WindowEvent::CloseRequested { .. } => of.state::<WindowSize>().keep(),
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: f64, height: f64) -> Size {
        Size { width, height, ..USUAL }
    }

    #[test]
    fn it_fits_the_screen_it_is_on() {
        let screen = |width, height| Some(LogicalSize::new(width, height));
        let table = [
            (USUAL, None, USUAL),
            (USUAL, screen(2560.0, 1440.0), USUAL),
            // 1920 by 1080 at twice the scale.
            (USUAL, screen(960.0, 540.0), size(960.0, 540.0)),
            (size(3000.0, 2000.0), screen(1280.0, 800.0), size(1280.0, 800.0)),
            (size(1.0, f64::NAN), None, SMALLEST),
            (size(-5.0, f64::INFINITY), screen(1280.0, 800.0), size(1024.0, 800.0)),
        ];
        for (wanted, screen, fits) in table {
            assert_eq!(wanted.fitting(screen), fits, "{wanted:?} on {screen:?}");
        }
    }

    #[test]
    fn with_a_title_bar_it_fits_too() {
        let screen = Some(room(LogicalSize::new(1024.0, 700.0)));
        assert_eq!(USUAL.fitting(screen), size(1024.0, 660.0));
        assert_eq!(smallest(screen), size(1024.0, 660.0));
        assert_eq!(smallest(Some(room(LogicalSize::new(1366.0, 768.0)))), SMALLEST);
    }

    #[test]
    fn it_is_kept_and_a_maximized_window_goes_back_to_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let kept = || {
            let read = WindowSize::read(folder.path());
            *read.now.lock().unwrap()
        };
        let window = WindowSize::read(folder.path());
        assert_eq!(kept(), None);
        window.is(1400.0, 900.0, false);
        window.keep();
        assert_eq!(kept(), Some(size(1400.0, 900.0)));
        window.is(2560.0, 1440.0, true);
        window.keep();
        assert_eq!(kept(), Some(Size { maximized: true, ..size(1400.0, 900.0) }));
        window.is(1300.0, 900.0, false);
        window.keep();
        assert_eq!(kept(), Some(size(1300.0, 900.0)));
        let earlier = r#"{"width":1400.0,"height":900.0,"maximized":false,"zoom":125}"#;
        std::fs::write(folder.path().join(FILE), earlier).unwrap();
        assert_eq!(kept(), Some(size(1400.0, 900.0)), "written when the zoom was kept there");
        std::fs::write(folder.path().join(FILE), "{\"width\":").unwrap();
        assert_eq!(kept(), None, "what cannot be read is as good as nothing");
    }
}
