//! Secrets on disk: in the home folder, where the app's log at TRACE level goes too.

use std::fs;
use std::path::{Path, PathBuf};
use std::slice::from_ref;

use crate::desktop::Desktop;

/// Asserts that none of the secrets is in any file, and that the search would have found it.
pub fn nothing_on_disk(desktop: &Desktop, secrets: &[&str]) {
    let log = fs::read_to_string(desktop.home().join("app.log")).expect("the app left a log");
    assert!(log.contains("TRACE") && log.contains("answered"), "the log holds every level");
    for secret in secrets {
        let planted = desktop.home().join("data/planted");
        fs::write(&planted, format!("before {secret} after")).expect("a file can be planted");
        assert_eq!(holding(desktop.home(), secret), *from_ref(&planted), "only what was planted");
        fs::remove_file(planted).expect("it can be removed");
    }
}

fn holding(folder: &Path, text: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = Vec::new();
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().expect("it has a kind"));
        if kind.is_dir() {
            found.extend(holding(&path, text));
        } else if kind.is_file() && contains(&fs::read(&path).unwrap_or_default(), text) {
            found.push(path);
        }
    }
    found
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
