//! Handles the end of the process that draws a window, after a crash or for lack of memory. The web
//! view would keep showing its last picture without reacting.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::WebviewWindow;

/// Pages that end three times within this time are not loaded a third time.
const WITHIN: Duration = Duration::from_secs(60);
/// A page without script, which says that the page ends again and again.
const STOPPED: &str = "/stopped.html";

/// Reloads the page. If that doesn't help, a plain page says so; if that ends, too, the window is
/// closed rather than left dead.
pub fn load_again(window: &WebviewWindow) -> tauri::Result<()> {
    // A window whose page has ended is nowhere.
    let (home, mut stopped) = (window.url()?, window.url()?);
    stopped.set_path(STOPPED);
    let endings = Mutex::new(Endings::default());
    on_end(window, move |window| {
        let next = endings.lock().unwrap_or_else(PoisonError::into_inner).next(Instant::now());
        match next {
            Next::LoadAgain => window.navigate(home.clone()),
            Next::Say => window.navigate(stopped.clone()),
            Next::Close => window.destroy(),
        }
    })
}

/// Closes the window: reloading would repeat the last request to the server.
pub fn close(window: &WebviewWindow) -> tauri::Result<()> {
    on_end(window, WebviewWindow::destroy)
}

#[cfg(target_os = "linux")]
fn on_end(
    window: &WebviewWindow,
    act: impl Fn(&WebviewWindow) -> tauri::Result<()> + Send + Sync + 'static,
) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;

    let (of, act) = (window.clone(), Arc::new(act));
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, why| {
            tracing::error!(window = of.label(), ?why, "the process that draws a window ended");
            let (of, act) = (of.clone(), Arc::clone(&act));
            // Not at once: the web view is still telling it, and may have to go.
            tauri::async_runtime::spawn(async move {
                if let Err(error) = act(&of) {
                    tracing::error!(%error, "and the window stays as it is");
                }
            });
        });
    })
}

/// Other systems do not tell it in a way that Tauri passes on.
#[cfg(not(target_os = "linux"))]
fn on_end(
    _: &WebviewWindow,
    _: impl Fn(&WebviewWindow) -> tauri::Result<()> + Send + Sync + 'static,
) -> tauri::Result<()> {
    Ok(())
}

/// When a page ended of late.
#[derive(Default)]
struct Endings(Vec<Instant>);

#[derive(Debug, PartialEq, Eq)]
enum Next {
    LoadAgain,
    Say,
    Close,
}

impl Endings {
    fn next(&mut self, now: Instant) -> Next {
        self.0.retain(|&ended| now.duration_since(ended) < WITHIN);
        self.0.push(now);
        match self.0.len() {
            1 | 2 => Next::LoadAgain,
            3 => Next::Say,
            _ => Next::Close,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_ends_again_and_again_is_given_up_on() {
        let (mut endings, now) = (Endings::default(), Instant::now());
        let mut after = |seconds| endings.next(now + Duration::from_secs(seconds));
        assert_eq!([after(0), after(1)], [Next::LoadAgain, Next::LoadAgain]);
        assert_eq!([after(2), after(59)], [Next::Say, Next::Close]);
    }

    #[test]
    fn one_that_ends_now_and_then_is_not() {
        let (mut endings, now) = (Endings::default(), Instant::now());
        for minutes in 0..9 {
            assert_eq!(endings.next(now + minutes * WITHIN), Next::LoadAgain);
        }
    }
}
