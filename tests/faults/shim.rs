//! Runs this program again as the app, over a shim that counts its calls.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use crate::preload;

/// What happens to the n-th call.
#[derive(Clone, Copy)]
pub enum Act {
    /// The process ends there and then.
    Kill,
    /// It fails, as on a broken disk.
    Fail,
}

/// How a run under the shim went.
pub struct Ran {
    /// The output of the app, line by line.
    pub said: Vec<String>,
    /// Each call by its name, in order.
    pub calls: Vec<String>,
}

/// What the app does, the folder of its data, and the name of the token.
pub type App<'a> = (&'a str, &'a Path, &'a str);

/// What the app does here takes seconds; one that hangs is ended, and fails the run.
const HANGS_AFTER: Duration = Duration::from_secs(60);

/// Runs the app until it has done that, or until what happens at the n-th call; 0 is never.
pub async fn run(
    (word, data, name): App<'_>,
    address: &str,
    key: &str,
    act: Act,
    at: usize,
) -> Ran {
    let notes = TempDir::new().unwrap();
    let file = notes.path().join("calls");
    let ended = Command::new(std::env::current_exe().unwrap())
        .args([word, data.to_str().unwrap(), address, key, name])
        .env("LD_PRELOAD", library())
        .env("SHIM_NOTES", &file)
        .env("SHIM_AT", at.to_string())
        .env(
            "SHIM_ACT",
            match act {
                Act::Kill => "kill",
                Act::Fail => "fail",
            },
        )
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = timeout(HANGS_AFTER, ended).await;
    let output =
        output.unwrap_or_else(|_| panic!("{word} {name} hangs: {}", noted(&file))).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    Ran { said: lines(&String::from_utf8_lossy(&output.stdout)), calls: lines(&noted(&file)) }
}

fn noted(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

/// Builds the shim once.
fn library() -> &'static PathBuf {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| preload::built("shim", include_bytes!("shim.c")))
}
