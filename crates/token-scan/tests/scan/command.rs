//! The command: what it prints, and how it ends.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::random::Random;

fn run(arguments: &[&OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_token-scan")).args(arguments).output().expect("it runs")
}

fn scanned(path: &Path) -> (Option<i32>, Vec<serde_json::Value>) {
    let output = run(&[OsStr::new("--json"), path.as_os_str()]);
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON"));
    (output.status.code(), lines.collect())
}

#[test]
fn a_hit_is_a_line_and_the_ledger_is_the_last() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(8));
    let token = random.token();
    fs::write(root.path().join("a.env"), format!("\nTOKEN={token}")).unwrap();
    let (code, lines) = scanned(root.path());
    let [hit, last] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((code, &hit["line"], &hit["kind"]), (Some(3), &2.into(), &"file".into()));
    assert_eq!(hit["encoding"], "plain");
    assert!(hit["path"].as_str().unwrap().ends_with("/a.env"));
    assert_eq!(hit["fingerprint"].as_str().unwrap().len(), 64);
    let ledger = &last["ledger"];
    assert_eq!(ledger["read"]["files"]["count"], 1);
    assert_eq!(
        (&ledger["complete"], &ledger["unreadable"]),
        (&true.into(), &serde_json::json!({}))
    );
}

#[test]
fn the_exit_code_says_what_was_found_and_whether_all_was_read() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(scanned(root.path()).0, Some(0));
    let (code, lines) = scanned(&root.path().join("gone"));
    assert_eq!(code, Some(5));
    assert_eq!(lines[0]["ledger"]["unreadable"]["not there"]["count"], 1);
    for wrong in [&[][..], &["--json"], &["--unknown", "/"], &["/", "--json"]] {
        let arguments: Vec<_> = wrong.iter().map(OsStr::new).collect();
        assert_eq!(run(&arguments).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn no_output_holds_a_value_and_each_run_has_a_key_of_its_own() {
    let (root, mut random) = (tempfile::tempdir().unwrap(), Random::new(9));
    let token = random.token();
    fs::create_dir(root.path().join(&token)).unwrap();
    fs::write(root.path().join(&token).join("file"), &token).unwrap();
    let mut texts = Vec::new();
    for arguments in [&["--json"][..], &[]] {
        let mut arguments: Vec<_> = arguments.iter().map(OsStr::new).collect();
        arguments.push(root.path().as_os_str());
        for _ in 0..2 {
            let output = run(&arguments);
            let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(!text.contains(&token[6..20]) && text.contains("entri_••"), "{text}");
            texts.push(text);
        }
    }
    assert!(texts[0] != texts[1] && texts[2] != texts[3]);
}

#[cfg(unix)]
#[test]
fn a_name_does_nothing_to_the_terminal() {
    let root = tempfile::tempdir().unwrap();
    let name = format!("a\u{1b}[2J\nNothing found.\n{}", Random::new(11).token());
    fs::write(root.path().join(name), "").unwrap();
    let output = run(&[root.path().as_os_str()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains('\u{1b}') && text.contains("\\u{1b}[2J\\nNothing"), "{text:?}");
    assert!(text.lines().all(|line| line != "Nothing found."), "{text}");
}

#[test]
fn the_text_says_what_was_left_out() {
    let root = tempfile::tempdir().unwrap();
    let said = || String::from_utf8(run(&[root.path().as_os_str()]).stdout).unwrap();
    assert!(said().ends_with("\nNothing found.\n"));
    fs::write(root.path().join("a"), "entri_your_token_goes_here entri_xxxxxxxxxxxxxxxxx").unwrap();
    assert!(said().contains("left out: 2 × placeholder\n"));
    let mut random = Random::new(12);
    fs::write(root.path().join("a"), format!("backup of {}_example", random.token())).unwrap();
    assert!(said().ends_with("Found. Everything was read.\n"));
}
