//! Here there is no room to note lines of trees, so that each of them is read again for each folder.

use std::path::Path;
use std::process::Command;

use crate::{Key, Options, Silent, scan};

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
    assert!(git.args(arguments).status().expect("git runs").success(), "{arguments:?}");
}

/// A repository that has two values below folders, the second one in a second commit, and then neither any longer.
fn make(folder: &Path, is_packed: bool) {
    git(folder, &["init", "--quiet", "--initial-branch", "main"]);
    for name in ["one", "two"] {
        let below = folder.join("deep/down").join(name);
        std::fs::create_dir_all(&below).expect("a folder");
        std::fs::write(below.join("key"), format!("entri_1a2B3c4D5e6F7g8H{name}9"))
            .expect("a file");
        git(folder, &["add", "."]);
        git(folder, &["commit", "--quiet", "--message", name]);
    }
    git(folder, &["rm", "--quiet", "-r", "deep"]);
    git(folder, &["commit", "--quiet", "--message", "three"]);
    if is_packed {
        git(folder, &["gc", "--quiet"]);
    }
}

#[test]
fn paths_are_found_without_room_for_notes() {
    for is_packed in [false, true] {
        let folder = tempfile::tempdir().expect("a folder");
        make(folder.path(), is_packed);
        let report = scan(&[folder.path().to_owned()], &Options::new(Key::new(&[1; 32])), &Silent);
        let mut found: Vec<_> = report
            .hits
            .iter()
            .map(|hit| (&*hit.path, hit.commit.as_ref().map(|commit| commit.names.join(" "))))
            .collect();
        found.sort_unstable();
        let name = Some("refs/heads/main".to_owned());
        assert_eq!(found, [("deep/down/one/key", name.clone()), ("deep/down/two/key", name)]);
    }
}
