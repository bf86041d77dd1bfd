//! What `./x` installs for the tests, where it can't be had.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::text;

/// Makes an environment with a `pip` that ends as it is told.
const PYTHON: &str = r#"#!/bin/sh
mkdir -p "$3/bin"
printf '#!/bin/sh\nexit %s\n' "$PIP_ENDS" >"$3/bin/pip"
chmod +x "$3/bin/pip"
"#;

/// Runs lines of a shell after the functions of `./x`, which installs nothing of the system.
fn run(folder: &Path, pip_ends: &str, lines: &str) -> Output {
    let python = folder.join("python3");
    fs::write(&python, PYTHON).expect("a program");
    fs::set_permissions(&python, fs::Permissions::from_mode(0o700)).expect("it can be run");
    let tools = format!("TOOLS={}", folder.display());
    let functions = text("x").replace("main \"$@\"\n", "").replace("readonly ", "");
    let functions = functions.replace("TOOLS=$PWD/target/tools", &tools);
    let path = format!("PATH={}:$PATH", folder.display());
    let script = format!("{functions}\n{path}\nprepare_packages() {{ :; }}\n{lines}");
    let ended = Command::new("bash").args(["-c", &script]).env("PIP_ENDS", pip_ends).output();
    ended.expect("a shell")
}

#[test]
fn a_list_that_cannot_be_installed_leaves_the_programs_that_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let (programs, list) = (folder.path().join("programs"), folder.path().join("list"));
    let line = format!("need_python_programs {} {}", programs.display(), list.display());
    let installed = || fs::read_to_string(programs.join(".installed")).expect("it is installed");
    fs::write(&list, "one").expect("a list");
    assert!(run(folder.path(), "0", &line).status.success());
    assert_eq!(installed(), "one");
    fs::write(&list, "two").expect("a list");
    assert!(!run(folder.path(), "1", &line).status.success());
    assert_eq!(installed(), "one");
    assert!(run(folder.path(), "0", &line).status.success());
    assert_eq!(installed(), "two");
    assert!(!folder.path().join("programs.before").exists());
}

#[test]
fn what_cannot_be_had_is_asked_for_once_until_the_next_setup() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = "attempt() { echo tried; false; }\ntry_once some attempt || echo without";
    let said = |lines: &str| {
        String::from_utf8(run(folder.path(), "0", lines).stdout).expect("it says text")
    };
    assert_eq!(said(line), "tried\nwithout\n");
    assert_eq!(said(line), "without\n");
    let setup = "prepare() { :; }\nneed_npm_packages() { :; }\nneed_tool() { :; }\n\
        need_mdbook() { :; }\n\
        want_browser() { :; }\nwant_programs() { :; }\nwant_spreadsheet() { :; }\nsetup";
    assert_eq!(said(setup), "");
    assert_eq!(said(line), "tried\nwithout\n");
}
