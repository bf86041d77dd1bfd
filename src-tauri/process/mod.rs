//! The process itself: what holds in it before anything else starts.

mod allocator;

use std::io;

/// Keeps a crash from writing memory to disk, for this process and those it starts. The limit can't
/// be raised again.
#[cfg(unix)]
pub fn forbid_core_files() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// Windows keeps no memory of a crash unless the computer's owner asks for it.
#[cfg(not(unix))]
pub fn forbid_core_files() -> io::Result<()> {
    Ok(())
}

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
