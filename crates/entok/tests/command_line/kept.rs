//! What the app keeps, and what is left.

use std::fs::{self, File};
use std::path::Path;

use chrono::Utc;
use token_desk::{ConnectRequest, CredentialRequest, Desk, Persistence, Secret};

use crate::shell::{Ended, Shell};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_server_that_was_named_once() {
    let shell = Shell::new().await;
    assert_eq!(shell.entok(&["report"]).code, 0);
    assert_eq!(fs::read_dir(shell.home.path()).expect("the home").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_app_keeps_is_read_and_not_changed() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join(".local/share/entri-tokens");
    keep(&shell, &folder).await;
    let run = |arguments: &[&str]| Ended::of(shell.program().args(arguments).output());

    let kept = run(&["connections", "--json"]);
    let connections = kept.lines();
    assert_eq!((kept.code, connections.len()), (0, 1), "{}", kept.err);
    assert_eq!(
        (&connections[0]["tokens"], &connections[0]["complete"]),
        (&48.into(), &true.into())
    );
    // Its credential was in no keychain, so the list is the one from before.
    let name = connections[0]["name"].as_str().expect("a name");
    let listed = run(&["--connection", name, "list", "--json"]);
    assert_eq!((listed.code, listed.lines().len()), (4, 48), "{}", listed.err);
    let audited = run(&["audit", "--fail-on", "never"]);
    assert_eq!(audited.code, 4, "a list from before is no list: {}", audited.err);
    assert_eq!(run(&["show", "no-such-token"]).code, 4);
    assert_eq!(run(&["--connection", "elsewhere", "list"]).code, 2);
    assert_eq!(run(&["journal", "verify"]).code, 0);

    let before = run(&["audit", "--json"]).out;
    fs::write(shell.home.path().join("policy.toml"), "stale_days = 365\n").expect("a policy");
    assert_ne!(run(&["audit", "--json", "--policy", "policy.toml"]).out, before);
    assert_eq!(run(&["audit", "--json"]).out, before, "the app's own policy is as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_is_verified_without_a_connection() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join(".local/share/entri-tokens");
    keep(&shell, &folder).await;
    let desk = Desk::open_passing(&folder, Utc::now()).expect("a desk");
    let connection = desk.status().connections[0].connection.id;
    let policy = token_audit::Policy { stale_days: 60, ..Default::default() };
    desk.change_policy(connection, policy, Utc::now()).await.expect("it is written down");
    desk.disconnect(connection, true, Utc::now()).await.expect("it is left");
    desk.quit();
    drop(desk);
    let run = |arguments: &[&str]| Ended::of(shell.program().args(arguments).output());
    assert_eq!(run(&["connections", "--json"]).lines().len(), 0);
    let verified = run(&["journal", "verify", "--json"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert!(verified.lines()[0]["entries"].as_u64() > Some(0), "{}", verified.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_app_keeps_is_read_through_a_link_and_not_at_all_if_it_is_damaged() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join("data/entri-tokens");
    keep(&shell, &folder).await;
    std::os::unix::fs::symlink(shell.home.path().join("data"), shell.home.path().join("link"))
        .expect("a link");
    let run = |data: &str, arguments: &[&str]| {
        let data = shell.home.path().join(data);
        Ended::of(shell.program().env("XDG_DATA_HOME", data).args(arguments).output())
    };
    assert_eq!(run("link", &["connections", "--json"]).lines().len(), 1);
    assert_eq!(run("data", &["journal", "verify"]).code, 0);
    assert_eq!(shell.entok(&["journal", "verify"]).code, 2, "there is none of the app's");
    for database in ["journal.db", "entri-tokens.db"] {
        let file = folder.join(database);
        let whole = fs::read(&file).expect("a database");
        fs::write(&file, "no database").expect("damage");
        let damaged = run("data", &["journal", "verify"]);
        assert_eq!((damaged.code, &*damaged.out), (1, ""), "{database}: {}", damaged.err);
        fs::write(&file, whole).expect("it is mended");
    }
}

/// Leaves a connection with its list, as an app without a keychain does.
pub async fn keep(shell: &Shell, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let desk = Desk::open_passing(folder, Utc::now()).expect("a desk");
    let ready = shell.sandbox.ready();
    let request = ConnectRequest {
        address: ready.base_url.clone(),
        credential: CredentialRequest::ApiToken(Secret::new(ready.admin_token.clone())),
        organization_id: None,
    };
    desk.connect(request, Persistence::Remember, Utc::now()).await.expect("it connects");
    assert!(desk.sync_shown(Utc::now()).await.shown().all(|it| it.list.complete()));
    desk.quit();
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_app_is_open_commands_read_and_change_nothing() {
    let shell = Shell::new().await;
    let folder = shell.home.path().join(".local/share/entri-tokens");
    keep(&shell, &folder).await;
    let lock = File::create(folder.join("lock")).expect("a lock");
    lock.lock().expect("the app has it");
    let sent = shell.sandbox.requests().len();
    let run = |arguments: &[&str]| Ended::of(shell.program().args(arguments).output());
    for change in [
        &["create", "x", "--expires-in", "9", "--to-file", "token"][..],
        &["revoke", "t-1"],
        &["rotate", "start", "t-1", "--yes"],
        &["rotate", "finish", "t-1"],
    ] {
        let refused = run(change);
        assert_eq!((refused.code, &*refused.out), (1, ""), "{change:?}: {}", refused.err);
        assert!(refused.err.contains("is open"), "{}", refused.err);
    }
    assert_eq!(shell.sandbox.requests().len(), sent);
    let kept = run(&["connections", "--json"]);
    assert_eq!((kept.code, kept.lines().len(), &*kept.err), (0, 1, ""));
    assert_eq!(run(&["list", "--json"]).lines().len(), 48);
    assert_eq!(run(&["journal", "verify"]).code, 0);
    assert_eq!(run(&["rotate", "status"]).code, 4, "its credential is in no keychain");
}
