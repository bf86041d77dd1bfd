//! What each verb prints, word for word, in `golden/`. `UPDATE_GOLDEN=1 cargo test` writes it anew; read the difference
//! before it is committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use regex::Regex;
use serde_json::Value;

use crate::kept::keep;
use crate::shell::{Ended, Shell};

/// Compares what a command printed, and how it ended, with what is on record. What differs from run to run is masked.
#[track_caller]
pub fn check(shell: &Shell, name: &str, ended: &Ended) {
    let out: String = ended.out.lines().map(|line| canonical(line) + "\n").collect();
    let told = format!("status {}\n--- out\n{out}--- err\n{}", ended.code, ended.err);
    let told = masked(shell, &told);
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/command_line/golden/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &told).expect("it is written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == told, "{name} changed. On record:\n{kept}\nNow:\n{told}");
}

/// JSON with its fields in order, since that isn’t promised; other lines as they are.
fn canonical(line: &str) -> String {
    match serde_json::from_str(line) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => sorted(&value),
        _ => line.to_owned(),
    }
}

fn sorted(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let fields = fields.into_iter().map(|(name, it)| format!("\"{name}\":{}", sorted(it)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(all) => format!("[{}]", all.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Without what differs from run to run. Dates keep their length, so that tables stay in line.
pub fn masked(shell: &Shell, text: &str) -> String {
    let host = shell.sandbox.ready().base_url.replace("http://", "");
    let home = shell.home.path().to_string_lossy();
    let text = text.replace(&*home, "~").replace(&host, "127.0.0.1:0");
    let text =
        text.replace(concat!("\"version\":\"", env!("CARGO_PKG_VERSION")), "\"version\":\"0");
    let masks = [
        (r"\b[0-9a-f]{64}\b", "(hash)"),
        (r"\bt-[0-9a-f]{12}\b", "t-new"),
        (r"•\w{4}\b", "•0000"),
        (r"\d{4}-\d\d-\d\d", "0000-00-00"),
        (r"\d\d:\d\d(:\d\d)?", "00:00"),
        (r"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( \d{4})?\b", "0 Jan"),
        (r"Commit [0-9a-f]{7}", "Commit 0000000"),
    ];
    masks.into_iter().fold(text, |text, (what, by)| {
        Regex::new(what).expect("a pattern").replace_all(&text, by).into_owned()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_verb_prints_what_is_on_record() {
    let shell = Shell::new().await;
    let stale = shell.id_of("staging-server");
    for (name, arguments) in [
        ("list", &["list", "--search", "unused:>90d"][..]),
        ("list-json", &["list", "--search", "unused:>90d", "--json"]),
        ("list-columns", &["list", "--search", "name:staging*", "--columns", "name,findings"]),
        ("list-wrong", &["list", "--search", "unused:>soon"]),
        ("show", &["show", &stale]),
        ("show-json", &["show", "staging-server", "--json"]),
        ("show-none", &["show", "no-such-token"]),
        ("create-json", &["create", "x", "--expires-in", "9", "--to-file", "token", "--json"]),
        ("create-exists", &["create", "x", "--expires-in", "9", "--to-file", "token"]),
        ("create-program", &["create", "y", "--never-expires", "--to-program", "false"]),
        ("revoke-unasked", &["revoke", &stale]),
        ("revoke-used", &["revoke", &shell.id_of("gitlab-ci"), "--yes", "--unused-for", "90d"]),
        ("audit", &["audit"]),
        ("audit-json", &["audit", "--json", "--fail-on", "never"]),
        ("audit-junit", &["audit", "--format", "junit"]),
        ("audit-markdown", &["audit", "--format", "markdown"]),
        ("audit-github", &["audit", "--format", "github", "--fail-on", "high"]),
        ("revoke", &["revoke", &stale, "--yes", "--unused-for", "90d"]),
        (
            "revoke-json",
            &["revoke", &shell.id_of("load-test"), "--yes", "--unused-for", "9d", "--json"],
        ),
        ("report-json", &["report"]),
        ("report-csv", &["report", "--format", "csv"]),
        ("scan", &["scan", "token"]),
        ("scan-json", &["scan", "token", "--json"]),
        ("scan-sarif", &["scan", "token", "--format", "sarif"]),
        ("scan-code-quality", &["scan", "token", "--format", "code-quality"]),
        ("scan-missing", &["scan", "missing"]),
        ("rotate-url", &["rotate", "status"]),
        ("journal-url", &["journal", "verify"]),
    ] {
        check(&shell, name, &shell.entok(arguments));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_app_keeps_is_printed_as_is_on_record() {
    let shell = Shell::new().await;
    fs::write(shell.home.path().join("policy.toml"), "stale_days = 60\n").expect("a policy");
    fs::write(shell.home.path().join("wrong.toml"), "stale_days = 4000\n").expect("a policy");
    let run = |arguments: &[&str]| Ended::of(shell.program().args(arguments).output());
    check(&shell, "connections-none", &run(&["connections"]));
    check(&shell, "list-none", &run(&["list"]));
    keep(&shell, &shell.home.path().join(".local/share/entri-tokens")).await;
    for (name, arguments) in [
        ("connections", &["connections"][..]),
        ("connections-json", &["connections", "--json"]),
        ("connection-wrong", &["--connection", "elsewhere", "list"]),
        ("list-before", &["list", "--search", "name:staging*"]),
        ("journal", &["journal", "verify"]),
        ("journal-json", &["journal", "verify", "--json"]),
        ("policy", &["policy", "check", "policy.toml"]),
        ("policy-wrong", &["policy", "check", "wrong.toml"]),
        ("policy-missing", &["policy", "check", "missing.toml"]),
    ] {
        check(&shell, name, &run(arguments));
    }
}
