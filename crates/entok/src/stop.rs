//! What is put in order when somebody stops the program: what was kept for a command goes, and so does a value on the
//! clipboard; and what may have been done at the server is said.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;
use token_desk::{Desk, stop_programs};

use crate::{hidden, output};

/// What an interrupted command leaves.
#[derive(Default)]
struct Left {
    folder: Option<PathBuf>,
    desk: Option<Desk>,
    /// What may have been done, if the command is stopped now.
    begun: Option<String>,
}

static LEFT: Mutex<Left> = Mutex::new(Left { folder: None, desk: None, begun: None });

fn left() -> MutexGuard<'static, Left> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder that is removed when the command ends or is stopped.
pub fn passing_folder() -> io::Result<TempDir> {
    // Held, so that no signal comes in between.
    let mut left = left();
    let folder = match in_memory().map(tempfile::tempdir_in) {
        Some(Ok(folder)) => folder,
        _ => tempfile::tempdir()?,
    };
    left.folder = Some(folder.path().to_owned());
    Ok(folder)
}

/// Where files are kept in memory, if there is room for any list: what a command keeps needs no disk to be safe on, and
/// waiting for one would take most of its time.
#[cfg(target_os = "linux")]
fn in_memory() -> Option<PathBuf> {
    const ROOM: u64 = 1 << 30;
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let has_room = |folder: &PathBuf| {
        let space = rustix::fs::statvfs(folder);
        space.is_ok_and(|it| it.f_bavail.saturating_mul(it.f_frsize) >= ROOM)
    };
    own.into_iter().chain([PathBuf::from("/dev/shm")]).find(has_room)
}

#[cfg(not(target_os = "linux"))]
fn in_memory() -> Option<PathBuf> {
    None
}

/// The desk whose clipboard is cleared when the command is stopped.
pub fn of(desk: &Desk) {
    left().desk = Some(desk.clone());
}

/// Something begins that a server or a program may do although the command is stopped; that is said then. Whoever calls
/// this once somebody has stopped the program waits until it ends.
pub fn begins(what_may_be: String) {
    left().begun = Some(what_may_be);
}

/// What had begun has been told of.
pub fn is_told() {
    left().begun = None;
}

/// Ends the program in order once somebody stops it. It may be waiting for a person or a disk then, so it isn’t asked.
pub async fn watch() {
    let status = signal().await;
    let Left { folder, desk, begun } = forever();
    stop_programs();
    hidden::show_again();
    if let Some(folder) = folder {
        // It is as gone as it can be.
        let _ = std::fs::remove_dir_all(folder);
    }
    if let Some(begun) = begun {
        output::say(false, &format!("\nentok: Stopped. {begun}"));
    }
    if let Some(desk) = desk {
        // A keychain may take its time. Whoever can’t wait stops the program once more.
        tokio::select! {
            _ = tokio::task::spawn_blocking(move || desk.quit()) => {}
            _ = signal() => {}
        }
    }
    std::process::exit(status);
}

/// Takes what is left, and lets nothing new begin.
fn forever() -> Left {
    let mut left = left();
    let taken = std::mem::take(&mut *left);
    // Stays locked.
    std::mem::forget(left);
    taken
}

/// Waits for a signal to stop; returns how a shell expects the program to end.
#[cfg(unix)]
async fn signal() -> i32 {
    use tokio::signal::unix::{SignalKind, signal};

    const SIGNALED: i32 = 128;
    let kinds = [
        SignalKind::interrupt(),
        SignalKind::quit(),
        SignalKind::terminate(),
        SignalKind::hangup(),
    ];
    let wait = |kind: SignalKind| async move {
        // Whoever started it with `nohup` wants it to go on. One that can’t be heard ends it at once, as before.
        let heard = if is_ignored(kind.as_raw_value()) { None } else { signal(kind).ok() };
        match heard {
            Some(mut signal) => drop(signal.recv().await),
            None => std::future::pending().await,
        }
        SIGNALED + kind.as_raw_value()
    };
    let [interrupt, quit, terminate, hangup] = kinds.map(wait);
    tokio::select! {
        status = interrupt => status,
        status = quit => status,
        status = terminate => status,
        status = hangup => status,
    }
}

/// Whether a signal was ignored when the program started.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    // Elsewhere there is no such file, and they count as heard.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(not(unix))]
async fn signal() -> i32 {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    130
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn nothing_begins_once_the_program_is_stopped() {
        begins("It may be done.".to_owned());
        assert_eq!(forever().begun.as_deref(), Some("It may be done."));
        let late = thread::spawn(|| begins("It comes too late.".to_owned()));
        // Whoever doesn't wait is through by then.
        thread::sleep(Duration::from_millis(50));
        assert!(!late.is_finished());
    }
}
