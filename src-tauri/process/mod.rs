//! The process itself: what holds in it before anything else starts.

mod allocator;
pub mod at_login;

use std::io;

/// Returns once the system or a terminal asks the app to end.
#[cfg(unix)]
pub async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ends = signal(SignalKind::terminate())?;
    let mut interrupts = signal(SignalKind::interrupt())?;
    let mut hangs_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = ends.recv() => {}
        _ = interrupts.recv() => {}
        _ = hangs_up.recv() => {}
    }
    Ok(())
}

/// Elsewhere only the window is closed, which the window system tells.
#[cfg(not(unix))]
pub async fn asked_to_end() -> io::Result<()> {
    std::future::pending().await
}
