//! Values in folders.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::schemas;
use crate::shell::{Ended, Shell};

#[tokio::test(flavor = "multi_thread")]
async fn a_value_in_a_folder_is_found_and_named() {
    let shell = Shell::new().await;
    let clean = shell.entok(&["scan", "."]);
    assert_eq!(clean.code, 0, "{}{}", clean.out, clean.err);
    let value = shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--reveal"]).out;
    let folder = shell.home.path().join("project");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("deploy.sh"), format!("#!/bin/sh\nexport NT3_API_TOKEN={value}\n"))
        .expect("a script");

    let found = shell.entok(&["scan", "project", "--json"]);
    assert_eq!(found.code, 3, "{}", found.err);
    let [token, ledger] = &found.lines()[..] else { panic!("{}", found.out) };
    assert_eq!((&token["name"], &token["life"]), (&"deploy-eu".into(), &"live".into()), "{token}");
    assert!(token["places"][0]["path"].as_str().is_some_and(|path| path.ends_with("deploy.sh:2")));
    assert_eq!(ledger["complete"], true);
    let told = shell.entok(&["scan", "project"]);
    assert!(!told.out.contains(&value) && !found.out.contains(&value), "{}", told.out);

    fs::write(folder.join("cut.gz"), [0x1f, 0x8b, 8, 0, 1, 2]).expect("an archive");
    let partial = shell.entok(&["scan", "project"]);
    assert_eq!(partial.code, 5, "{}{}", partial.out, partial.err);
    assert!(
        partial.out.contains("deploy.sh:2") && partial.out.contains("Not read"),
        "{}",
        partial.out
    );
}

/// A folder with a value in three places, one of them in history, and another value that looks the same in a mask.
/// Returns the file that is in history, too, and the other value.
fn project(shell: &Shell, value: &str) -> (PathBuf, String) {
    let folder = shell.home.path().join("a project: 100% ü");
    fs::create_dir(&folder).expect("a folder");
    let env = folder.join("deploy.env");
    fs::write(&env, format!("A=1\nTOKEN={value}\n")).expect("a file");
    let end = &value[value.len() - 4..];
    let between = value.len() - "entri_".len() - end.len();
    let other = format!("entri_{}{end}", &"Ab1Cd2Ef3".repeat(value.len())[..between]);
    fs::write(folder.join("two"), format!("{value}\n{other}\n")).expect("a file");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(&folder).env("GIT_CONFIG_GLOBAL", "/dev/null").args(["-c", "user.name=a"]);
        let ran = git.args(["-c", "user.email=a@b.test"]).args(arguments).output().expect("git");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "deploy.env"]);
    git(&["commit", "-qm", "first"]);
    (env, other)
}

#[tokio::test(flavor = "multi_thread")]
async fn pipelines_get_the_places_in_the_forms_that_they_read() {
    let shell = Shell::new().await;
    let value = shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--reveal"]).out;
    let (env, other) = project(&shell, &value);

    let sarif = || shell.entok(&["scan", ".", "a project: 100% ü", "--format", "sarif"]);
    let first = sarif();
    assert_eq!(first.code, 3, "{}", first.err);
    assert!(!first.out.contains(&value) && !first.out.contains(&other));
    let log = &first.lines()[0];
    schemas::sarif(log);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 4, "each place once: {log:#}");
    let uri = "a%20project%3A%20100%25%20%C3%BC/deploy.env";
    let at = |it: &&Value| it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri;
    assert_eq!(results.iter().filter(at).count(), 2, "the file and its history: {log:#}");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let named =
        |it: &&Value| it["message"]["text"].as_str().is_some_and(|text| text.contains("deploy-eu"));
    assert_eq!(results.iter().filter(named).count(), 4, "its preview fits both: {log:#}");

    // A line above moves it, and the next run has another key: the fingerprints stay.
    fs::write(&env, format!("A=1\nB=2\nTOKEN={value}\n")).expect("a file");
    let prints = |ended: &Ended| {
        let log = &ended.lines()[0];
        let all = log["runs"][0]["results"].as_array().expect("results").iter();
        let mut prints: Vec<_> = all.map(|it| it["partialFingerprints"].to_string()).collect();
        prints.sort();
        prints
    };
    assert_eq!(prints(&sarif()), prints(&first));

    let quality = shell.entok(&["scan", ".", "--format", "code-quality"]);
    assert_eq!(quality.code, 3, "{}", quality.err);
    let report = &quality.lines()[0];
    schemas::code_quality(report);
    assert_eq!(report.as_array().map(Vec::len), Some(4), "{report:#}");
    assert_eq!(shell.entok(&["scan", ".", "--format", "sarif", "--json"]).code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_for_a_pipeline_says_what_it_lacks() {
    let shell = Shell::new().await;
    let clean = shell.entok(&["scan", ".", "--format", "code-quality"]);
    assert_eq!((clean.code, clean.out.trim()), (0, "[]"), "{}", clean.err);
    fs::write(shell.home.path().join("cut.gz"), [0x1f, 0x8b, 8, 0, 1, 2]).expect("an archive");
    let quality = shell.entok(&["scan", ".", "--format", "code-quality"]);
    assert_eq!((quality.code, quality.out.trim()), (5, "[]"));
    assert!(quality.err.contains("cut.gz"), "{}", quality.err);
    let sarif = shell.entok(&["scan", ".", "missing", "--format", "sarif"]);
    assert_eq!(sarif.code, 5, "{}", sarif.err);
    let log = &sarif.lines()[0];
    schemas::sarif(log);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(invocation["toolExecutionNotifications"].to_string().contains("cut.gz"), "{log:#}");
}
