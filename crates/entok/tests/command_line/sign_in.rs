//! The key to sign in with.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use crate::shell::{Ended, Shell};

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_refused_sign_in_is_told_from_a_failure() {
    let shell = Shell::new().await;
    let url = shell.sandbox.ready().base_url.clone();
    let none = Ended::of(shell.program().args(["--url", &url, "list"]).output());
    assert_eq!((none.code, &*none.out), (4, ""), "{}", none.err);
    assert!(none.err.contains("NT3_API_TOKEN"), "{}", none.err);

    let refused = Ended::of(
        shell
            .program()
            .args(["--url", &url, "list"])
            .env("NT3_API_TOKEN", format!("entri_{}", "x".repeat(48)))
            .output(),
    );
    assert_eq!(refused.code, 4, "{}", refused.err);

    let nobody = Ended::of(shell.program().arg("list").output());
    assert_eq!(nobody.code, 4, "{}", nobody.err);

    let away = Ended::of(
        shell
            .program()
            .args(["--url", "http://127.0.0.1:9", "list"])
            .env("NT3_API_TOKEN", &shell.sandbox.ready().admin_token)
            .output(),
    );
    assert_eq!(away.code, 1, "{}", away.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_comes_from_standard_input_and_never_from_an_argument() {
    let shell = Shell::new().await;
    let ready = shell.sandbox.ready();
    let mut program = shell.program();
    program.args(["--url", &ready.base_url, "--token-stdin", "list", "--json"]);
    let mut running = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = running.stdin.take().expect("its input");
    writeln!(input, "{}", ready.admin_token).expect("it reads");
    drop(input);
    let listed = Ended::of(running.wait_with_output());
    assert_eq!((listed.code, listed.lines().len()), (0, 48), "{}", listed.err);

    let refused = shell.entok(&["show", &ready.admin_token]);
    assert_eq!((refused.code, &*refused.out), (2, ""));
    assert!(!refused.err.contains(&ready.admin_token), "{}", refused.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_to_sign_in_with_goes_to_no_other_program() {
    let shell = Shell::new().await;
    fs::write(shell.home.path().join("look"), "#!/bin/sh\ncat > /dev/null; env > seen\n")
        .expect("a script");
    let script = shell.home.path().join("look");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("a mode");
    let created = shell.entok(&["create", "x", "--expires-in", "9", "--to-program", "./look"]);
    assert_eq!(created.code, 0, "{}", created.err);
    let seen = fs::read_to_string(shell.home.path().join("seen")).expect("it ran");
    assert!(seen.contains("PATH=") && !seen.contains(&shell.sandbox.ready().admin_token), "{seen}");
}
