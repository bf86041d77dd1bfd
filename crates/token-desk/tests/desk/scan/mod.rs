//! Finding leaked tokens: whose they are, what is said about a scan, and what is never said.

mod ends;
mod found;
mod kept;
mod stalled;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use token_desk::{Desk, FoundToken, ScanNow};

use crate::support::now;

/// A folder with repositories, files and a home of its own.
pub struct Made(tempfile::TempDir);

impl Made {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }

    /// A repository whose only commit has this file, which is gone from the work tree.
    pub fn repository(&self, name: &str, file: &str, contents: &str) {
        let folder = self.path().join(name);
        let path = self.write(&format!("{name}/{file}"), contents);
        for arguments in [
            &["init", "--quiet", "--initial-branch=main"][..],
            &["add", "--all"],
            &["commit", "--quiet", "--message=First"],
        ] {
            git(&folder, arguments);
        }
        fs::remove_file(path).unwrap();
    }

    /// The scan of the whole folder, once it has ended.
    pub async fn scanned(&self, desk: &Desk) -> ScanNow {
        desk.scan_folder(&self.path().to_string_lossy(), None, now()).await.unwrap();
        ended(desk).await
    }
}

pub fn git(folder: &Path, arguments: &[&str]) {
    let ran = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", "2025-06-03T12:00:00Z")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .current_dir(folder)
        .status();
    assert!(ran.unwrap().success(), "{arguments:?}");
}

/// The last scan, which has ended.
pub async fn ended(desk: &Desk) -> ScanNow {
    loop {
        let scan = desk.scan(None, now()).await.unwrap().unwrap();
        if scan.ledger.is_some() {
            return scan;
        }
        tokio::task::yield_now().await;
    }
}

/// The only token that was found.
pub fn only(scan: &ScanNow) -> &FoundToken {
    let [token] = &scan.tokens[..] else { panic!("{} tokens: {scan:#?}", scan.tokens.len()) };
    token
}
