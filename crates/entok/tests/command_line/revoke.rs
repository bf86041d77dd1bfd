//! A revoke, and what must be so.

use entri_sandbox::{Fault, FaultAnswer};

use crate::shell::Shell;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_revoked_only_on_evidence_where_nobody_can_be_asked() {
    let shell = Shell::new().await;
    let (stale, busy) = (shell.id_of("staging-server"), shell.id_of("gitlab-ci"));
    let unasked = shell.entok(&["revoke", &stale]);
    assert_eq!((unasked.code, shell.requests("DELETE")), (2, 0), "{}", unasked.err);
    let unproven = shell.entok(&["revoke", &stale, "--yes"]);
    assert_eq!((unproven.code, shell.requests("DELETE")), (2, 0), "{}", unproven.err);
    let used = shell.entok(&["revoke", &busy, "--yes", "--unused-for", "90d"]);
    assert_eq!((used.code, shell.requests("DELETE")), (1, 0), "{}", used.err);

    let nothing = shell.entok(&["revoke", &busy, "--yes", "--unused-for", "0d"]);
    assert_eq!((nothing.code, shell.requests("DELETE")), (2, 0), "{}", nothing.err);
    let listed = shell.entok(&["list", "--json"]).lines();
    let own = listed.iter().find(|token| token["state"] == "used by this app").expect("its own");
    let own = own["id"].as_str().expect("an id");
    let refused = shell.entok(&["revoke", own, "--yes", "--unused-for", "1d"]);
    assert_eq!((refused.code, shell.requests("DELETE")), (1, 0), "{}", refused.err);
    assert!(refused.err.contains("signs in here"), "{}", refused.err);
    let by_name = shell.entok(&["revoke", "staging-server", "--yes", "--unused-for", "90d"]);
    assert_eq!((by_name.code, shell.requests("DELETE")), (1, 0), "{}", by_name.err);

    let (method, path) = ("DELETE".parse().expect("a method"), "/api/".to_owned());
    let fault = Fault { method, path, with_effect: false, answer: FaultAnswer::Cut };
    shell.sandbox.fail_next(fault);
    let unknown = shell.entok(&["revoke", &stale, "--yes", "--unused-for", "90d"]);
    assert_eq!((unknown.code, shell.requests("DELETE")), (5, 1), "{}", unknown.err);

    let revoked = shell.entok(&["revoke", &stale, "--yes", "--unused-for", "90d", "--json"]);
    assert_eq!(revoked.code, 0, "{}", revoked.err);
    let told = &revoked.lines()[0];
    assert_eq!(told["revoked"], true);
    let proven = told.get("proven_dead").expect("whether it is proven dead is said");
    assert!(proven.is_null(), "its value was never at hand: {told}");
    assert!(!shell.is_alive("staging-server") && shell.is_alive("gitlab-ci"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoke_whose_answer_cannot_be_printed_is_told() {
    let shell = Shell::new().await;
    let stale = shell.id_of("staging-server");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let revoked = shell.run_with(&["revoke", &stale, "--yes", "--unused-for", "90d"], full);
    assert_eq!((revoked.code, shell.is_alive("staging-server")), (1, false));
    assert!(revoked.err.contains("“staging-server” was revoked, but"), "{}", revoked.err);
}
