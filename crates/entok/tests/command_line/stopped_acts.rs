//! A command that somebody stops while it creates, delivers or revokes.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use entri_sandbox::{Fault, FaultAnswer};

use crate::desktop::until;
use crate::shell::{Ended, Shell};
use crate::stop::stop;

/// Lets the server answer the next request with this method late, though it does at once what it was asked for.
fn late(shell: &Shell, method: &str, by: Duration) {
    let (method, path) = (method.parse().expect("a method"), "/api/".to_owned());
    let answer = FaultAnswer::Late(by);
    shell.sandbox.fail_next(Fault { method, path, with_effect: true, answer });
}

/// Starts it at the sandbox.
fn started(shell: &Shell, arguments: &[&str]) -> Child {
    let ready = shell.sandbox.ready();
    let mut program = shell.program();
    program.args(["--url", &ready.base_url]).args(arguments);
    program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::null());
    program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
}

/// Stops it once the server has got a request, and returns what it said.
fn stopped_at(shell: &Shell, method: &str, running: Child) -> Ended {
    until("the server does it", || shell.requests(method) == 1);
    stop(&running, "-INT");
    Ended::of(running.wait_with_output())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_command_may_have_done_is_said() {
    let shell = Shell::new().await;
    late(&shell, "POST", Duration::from_secs(60));
    let create = started(&shell, &["create", "deploy-eu", "--expires-in", "9", "--reveal"]);
    let created = stopped_at(&shell, "POST", create);
    assert_eq!((created.code, &*created.out), (130, ""));
    assert!(created.err.contains("“deploy-eu” may have been created"), "{}", created.err);
    assert!(shell.is_alive("deploy-eu"));

    let stale = shell.id_of("staging-server");
    late(&shell, "DELETE", Duration::from_secs(60));
    let revoke = started(&shell, &["revoke", &stale, "--yes", "--unused-for", "90d"]);
    let revoked = stopped_at(&shell, "DELETE", revoke);
    assert_eq!((revoked.code, &*revoked.out), (130, ""));
    assert!(revoked.err.contains("“staging-server” may have been revoked"), "{}", revoked.err);
}

/// What the program is that has this number, or had it: one that ended and isn’t waited for is gone, too.
fn runs(id: &str) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(id).join("status"));
    status.is_ok_and(|it| !it.contains("State:\tZ"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_gets_a_value_ends_with_the_command() {
    let shell = Shell::new().await;
    let home = shell.home.path();
    // It waits for what never comes, and would then keep the value.
    let script = "mkfifo never; echo $$ >id.part; mv id.part id; read x <never; cat >kept";
    fs::write(home.join("keep"), script).expect("a script");
    let running =
        started(&shell, &["create", "deploy-eu", "--expires-in", "9", "--to-program", "sh keep"]);
    until("the program runs", || home.join("id").exists());
    let id = fs::read_to_string(home.join("id")).expect("its number");
    assert!(runs(id.trim()), "the control");
    stop(&running, "-INT");
    let ended = Ended::of(running.wait_with_output());
    assert_eq!(ended.code, 130);
    assert!(ended.err.contains("Its value may have been delivered"), "{}", ended.err);
    until("the program has ended", || !runs(id.trim()));
    assert!(!home.join("kept").exists());
}
