//! Everything that `./x` downloads is pinned to what somebody has reviewed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::{root, text};

const CURL: &str = "#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in --output) shift; printf %s \"$GIVEN\" >\"$1\" ;; esac
  shift
done
";

/// Whether `./x` takes a download with these bytes for the one whose hash it has, from a server that is
/// played by a program.
fn takes(folder: &Path, name: &str, given: &str) -> bool {
    let curl = folder.join("curl");
    fs::write(&curl, CURL).expect("a program");
    fs::set_permissions(&curl, fs::Permissions::from_mode(0o700)).expect("it can be run");
    let file = folder.join("file");
    let functions = text("x").replace("main \"$@\"\n", "").replace("readonly TARGET", "TARGET");
    let hash = "[known]=ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\n)";
    let functions = functions.replacen("\n)\n", &format!("\n  {hash}\n"), 1);
    let line = format!("download https://a.example/x {name} {}", file.display());
    let script = format!("PATH={}:$PATH\n{functions}\nPATH={0}:$PATH\n{line}", folder.display());
    let ended = Command::new("bash").args(["-c", &script]).env("GIVEN", given).output();
    let ended = ended.expect("a shell");
    let left = fs::read_dir(folder).expect("a folder").count();
    assert_eq!(left, 1 + usize::from(ended.status.success()), "nothing else is left");
    let took = ended.status.success();
    assert_eq!(fs::read_to_string(&file).ok().as_deref(), took.then_some(given), "{ended:?}");
    took
}

#[test]
fn a_download_that_is_another_is_not_kept() {
    let refused = tempfile::tempdir().expect("a folder");
    assert!(!takes(refused.path(), "known", "b"));
    assert!(!takes(refused.path(), "unknown", "a"), "one without a hash is not even asked for");
    let taken = tempfile::tempdir().expect("a folder");
    assert!(takes(taken.path(), "known", "a"), "the control");
}

#[test]
fn nothing_is_downloaded_past_the_hash() {
    let script = text("x");
    let curls: Vec<_> = script.lines().filter(|line| line.contains("curl ")).collect();
    assert_eq!(curls.len(), 2, "the package and the one call: {curls:?}");
    assert!(!script.contains("| sh") && !script.contains("wget"));
    for folder in ["ui", "tests/better-auth"] {
        let lock =
            fs::read_to_string(root().join(folder).join("package-lock.json")).expect("a lock");
        assert!(
            !lock.contains("hasInstallScript"),
            "{folder}: no script runs, so none may be needed"
        );
    }
}
