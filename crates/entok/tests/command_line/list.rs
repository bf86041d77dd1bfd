//! Reading: the list and the audit.

use std::fs;

use entri_sandbox::{Fault, FaultAnswer};
use serde_json::Value;

use crate::schemas;
use crate::shell::{Ended, Shell};

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_listed_for_programs_and_for_people() {
    let shell = Shell::new().await;
    let listed = shell.entok(&["list", "--json"]);
    assert_eq!((listed.code, &*listed.err), (0, ""), "{}", listed.err);
    let tokens = listed.lines();
    assert_eq!(tokens.len(), 48);
    let stale =
        tokens.iter().find(|token| token["name"] == "staging-server").expect("it is listed");
    assert_eq!(stale["state"], "stale");
    assert_eq!(stale["id"], shell.id_of("staging-server"));
    assert!(stale["findings"].as_array().is_some_and(|found| !found.is_empty()), "{stale}");

    let found = shell.entok(&["list", "--search", "unused:>90d", "--columns", "name,state"]);
    assert_eq!(found.code, 0);
    assert_eq!(found.out.lines().next(), Some("NAME                 STATE"), "{}", found.out);
    assert!(found.out.contains("staging-server"), "{}", found.out);
    assert!(!found.out.contains("gitlab-ci"), "{}", found.out);

    let both = shell.entok(&["list", "--json", "--columns", "name"]);
    assert_eq!((both.code, &*both.out), (2, ""), "{}", both.err);

    let misspelt = shell.entok(&["list", "--search", "unused:>soon"]);
    assert_eq!((misspelt.code, &*misspelt.out), (2, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_list_is_printed_and_said_to_be_one() {
    let shell = Shell::new().await;
    let project = "/api/projects/";
    for _ in 0..20 {
        let answer = FaultAnswer::status(500, "application/json", "{}");
        let fault = Fault {
            method: "GET".parse().expect("a method"),
            path: project.into(),
            with_effect: false,
            answer,
        };
        shell.sandbox.fail_next(fault);
    }
    let listed = shell.entok(&["list", "--json"]);
    assert_eq!(listed.code, 5, "{}", listed.err);
    assert!(!listed.err.is_empty() && !listed.lines().is_empty(), "{}", listed.err);
    let audited = shell.entok(&["audit", "--fail-on", "low"]);
    assert_eq!(audited.code, 5, "{}", audited.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_ends_by_what_it_found() {
    let shell = Shell::new().await;
    let found = shell.entok(&["audit", "--fail-on", "high"]);
    assert_eq!(found.code, 3, "{}", found.err);
    assert!(found.out.ends_with("findings.\n"), "{}", found.out);
    assert_eq!(shell.entok(&["audit", "--fail-on", "never"]).code, 0);

    let rules = shell.entok(&["audit", "--json"]);
    let lines = rules.lines();
    assert!(
        lines.iter().all(|line| line["tokens"].as_array().is_some_and(|tokens| !tokens.is_empty()))
    );
    let junit = shell.entok(&["audit", "--format", "junit"]);
    assert_eq!(junit.out.matches("<failure").count(), lines.len(), "{}", junit.out);
    schemas::junit(&junit.out);
    let report: Value = serde_json::from_str(&shell.entok(&["report"]).out).expect("a report");
    for (line, finding) in lines.iter().zip(report["findings"].as_array().expect("findings")) {
        let named = line["tokens"].as_array().map(Vec::len);
        assert_eq!(named.map(Value::from).as_ref(), Some(&finding["tokens"]), "{line}");
    }
    let github = shell.entok(&["audit", "--format", "github"]);
    assert_eq!(github.out.matches("::warning ").count(), lines.len(), "{}", github.out);

    let count = |ended: &Ended| ended.lines().iter().filter(|line| line["rule"] == "stale").count();
    let lenient = shell.home.path().join("policy.toml");
    fs::write(&lenient, "stale_days = 365\n").expect("a policy");
    let judged = shell.entok(&["audit", "--json", "--policy", "policy.toml"]);
    assert!(count(&judged) <= count(&rules));
    fs::write(&lenient, "stale_days = 4000\n").expect("a policy");
    assert_eq!(shell.entok(&["audit", "--policy", "policy.toml"]).code, 2);
    let checked = Ended::of(shell.program().args(["policy", "check", "policy.toml"]).output());
    assert_eq!((checked.code, &*checked.out), (2, ""), "{}", checked.err);
}
