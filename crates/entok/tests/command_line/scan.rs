//! Values in folders.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::kept::keep;
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

#[tokio::test(flavor = "multi_thread")]
async fn every_place_of_a_token_is_reported_however_many_there_are() {
    const MANY: usize = 60;
    let shell = Shell::new().await;
    let value = shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--reveal"]).out;
    let folder = shell.home.path().join("many");
    fs::create_dir(&folder).expect("a folder");
    for number in 0..MANY {
        fs::write(folder.join(number.to_string()), &value).expect("a file");
    }
    let run = |form: &[&str]| {
        let ended = shell.entok(&[&["scan", "many"], form].concat());
        assert_eq!(ended.code, 3, "{form:?}: {}", ended.err);
        ended
    };
    let log = &run(&["--format", "sarif"]).lines()[0];
    assert_eq!(results(log).len(), MANY);
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let report = &run(&["--format", "code-quality"]).lines()[0];
    assert_eq!(report.as_array().map(Vec::len), Some(MANY));
    let token = &run(&["--json"]).lines()[0];
    assert_eq!(token["places"].as_array().map(Vec::len), Some(MANY));
    assert_eq!(token["count"], MANY);
    let text = run(&[]).out;
    assert_eq!(text.matches("many/").count(), MANY, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_path_says_why_it_could_not_be_searched() {
    let shell = Shell::new().await;
    for folder in ["one", "two"] {
        let folder = shell.home.path().join(folder);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("cut.gz"), [0x1f, 0x8b, 8, 0, 1, 2]).expect("an archive");
    }
    let paths = ["scan", "one", "nosuch", "two"];
    let found = shell.entok(&[&paths[..], &["--json"]].concat());
    assert_eq!(found.code, 5, "{}", found.err);
    let ledgers = found.lines();
    let names: Vec<_> = ledgers.iter().map(|it| &it["ledger"]).collect();
    assert_eq!(names, paths[1..].iter().collect::<Vec<_>>(), "{}", found.out);
    assert!(ledgers.iter().all(|it| it["complete"] == false), "{}", found.out);
    assert!(ledgers[1]["why"].as_str().is_some_and(|why| why.contains("nothing at this path")));
    assert_eq!(ledgers[0]["why"], Value::Null, "it was searched to its end");

    let sarif = shell.entok(&[&paths[..], &["--format", "sarif"]].concat());
    let log = &sarif.lines()[0];
    schemas::sarif(log);
    let said = notifications(log);
    assert_eq!(said.len(), 3, "{said:?}");
    for (said, path) in said.iter().zip(&paths[1..]) {
        assert!(said.starts_with(&format!("{path}: ")), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_says_that_a_list_is_incomplete() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join(".local/share/entri-tokens");
    keep(&shell, &folder).await;
    // Its credential was in no keychain.
    fs::write(shell.home.path().join("notes"), "Nothing.").expect("a file");
    let scan = ["scan", "notes", "--format", "sarif"];
    let ended = Ended::of(shell.program().args(scan).output());
    assert_eq!(ended.code, 4, "{}", ended.err);
    let log = &ended.lines()[0];
    schemas::sarif(log);
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let said = notifications(log);
    assert!(said.iter().any(|it| it.contains("list of tokens is incomplete")), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_reported_once_by_one_name() {
    let shell = Shell::new().await;
    let value = shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--reveal"]).out;
    let one = shell.home.path().join("s/one");
    fs::create_dir_all(&one).expect("a folder");
    fs::write(one.join("env"), &value).expect("a file");
    std::os::unix::fs::symlink(&one, shell.home.path().join("s/link")).expect("a link");
    let run = |folder: &str, arguments: &[&str]| {
        let ready = shell.sandbox.ready();
        let mut program = shell.program();
        program.current_dir(shell.home.path().join(folder)).args([
            "--url",
            &ready.base_url,
            "scan",
        ]);
        Ended::of(program.args(arguments).env("NT3_API_TOKEN", &ready.admin_token).output())
    };

    let place = |ended: &Ended| {
        let log = &ended.lines()[0];
        schemas::sarif(log);
        let [result] = results(log) else { panic!("one place: {log:#}") };
        result["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    let sarif = ["--format", "sarif"];
    let here = serde_json::json!({"uri": "env", "uriBaseId": "%SRCROOT%"});
    assert_eq!(place(&run("s/one", &[&[".."][..], &sarif].concat())), here);
    assert_eq!(place(&run("s/link", &[&["../one"][..], &sarif].concat())), here);
    let here = serde_json::json!({"uri": "one/env", "uriBaseId": "%SRCROOT%"});
    let names = ["one", "./one", "../s/one", "link", "."];
    assert_eq!(place(&run("s", &[&names[..], &sarif].concat())), here);

    let found = run("s", &[&names[..], &["--json"]].concat());
    let (tokens, ledgers): (Vec<_>, Vec<_>) =
        found.lines().into_iter().partition(|it| it.get("ledger").is_none());
    assert_eq!((tokens.len(), ledgers.len()), (1, names.len()), "{}", found.out);
    assert_eq!(found.err.matches("keychain").count(), 1, "it is said once: {}", found.err);
    let text = run("s", &names).out;
    assert_eq!(text.matches("one/env").count(), 1, "{text}");
    assert_eq!(text.matches("Read: ").count(), 2, "a folder is searched once: {text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fingerprint_that_only_this_run_knows_is_not_told() {
    let shell = Shell::new().await;
    let value = shell.entok(&["create", "deploy-eu", "--expires-in", "90", "--reveal"]).out;
    fs::write(shell.home.path().join("env"), &value).expect("a file");
    let runs = [(); 2].map(|()| shell.entok(&["scan", "env", "--json"]).lines().swap_remove(0));
    assert_eq!(runs[0], runs[1], "the same with each run");
    assert_eq!(runs[0]["fingerprint"], Value::Null);
}

#[track_caller]
fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().expect("results")
}

/// What a log says that it lacks.
#[track_caller]
fn notifications(log: &Value) -> Vec<&str> {
    let all = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array();
    let all = all.expect("notifications").iter();
    all.map(|it| it["message"]["text"].as_str().expect("a text")).collect()
}
