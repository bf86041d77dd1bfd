//! The key to sign in with.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use entri_sandbox::{Fault, FaultAnswer};

use crate::desktop::until;
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
async fn a_mistyped_address_is_told_before_anything_is_asked_for() {
    let shell = Shell::new().await;
    for (arguments, given) in
        [(&["list"][..], ""), (&["--token-stdin", "list"], "not read"), (&["identify"], "not read")]
    {
        let mut program = shell.program();
        program.args(["--url", "http://app.nt3.io"]).args(arguments).stdin(Stdio::piped());
        let running = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut running = running.expect("it runs");
        // It may have ended by now, without reading.
        let _ = running.stdin.take().expect("its input").write_all(given.as_bytes());
        let told = Ended::of(running.wait_with_output());
        assert_eq!((told.code, &*told.out), (2, ""), "{arguments:?}: {}", told.err);
        assert!(told.err.contains("https"), "{arguments:?}: {}", told.err);
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn a_descriptor_with_the_key_is_not_handed_on() {
    let shell = Shell::new().await;
    let (home, ready) = (shell.home.path(), shell.sandbox.ready());
    fs::write(home.join("key"), &ready.admin_token).expect("a key");
    let script = home.join("look");
    fs::write(&script, "#!/bin/sh\ncat > /dev/null\nls -l /proc/self/fd > seen\n")
        .expect("a script");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("a mode");
    // The shell hands on two: the control shows that what isn't closed would be seen.
    let line = "exec \"$0\" --url \"$1\" --token-fd 7 create x --expires-in 9 --to-program ./look 7<key 8<control";
    fs::write(home.join("control"), "").expect("a control");
    let mut sh = std::process::Command::new("sh");
    sh.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").current_dir(home);
    let created =
        Ended::of(sh.args(["-c", line, env!("CARGO_BIN_EXE_entok"), &ready.base_url]).output());
    assert_eq!(created.code, 0, "{}", created.err);
    let seen = fs::read_to_string(home.join("seen")).expect("it ran");
    assert!(seen.contains("/control"), "{seen}");
    assert!(!seen.contains("/key"), "{seen}");
    let closed = Ended::of(
        shell.program().args(["--url", &ready.base_url, "--token-fd", "200", "list"]).output(),
    );
    assert_eq!((closed.code, &*closed.out), (2, ""), "{}", closed.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_seen_by_nobody_who_looks_at_the_process() {
    let shell = Shell::new().await;
    let ready = shell.sandbox.ready();
    fs::write(shell.home.path().join("key"), &ready.admin_token).expect("a key");
    let has_key = |file: String| {
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        String::from_utf8_lossy(&bytes).contains(&ready.admin_token)
    };
    for (in_environment, from) in [(true, ""), (false, "--token-fd 7 7<key")] {
        let (method, path) = ("GET".parse().expect("a method"), "/api/".to_owned());
        let answer = FaultAnswer::Late(std::time::Duration::from_secs(60));
        shell.sandbox.fail_next(Fault { method, path, with_effect: false, answer });
        let asked = shell.sandbox.requests().len();
        let mut program = std::process::Command::new("sh");
        program.env_clear().env("HOME", shell.home.path()).current_dir(shell.home.path());
        if in_environment {
            program.env("NT3_API_TOKEN", &ready.admin_token);
        }
        let line = format!("exec \"$0\" --url \"$1\" list {from}");
        program.args(["-c", &line, env!("CARGO_BIN_EXE_entok"), &ready.base_url]);
        let mut running =
            program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        until("it asks", || shell.sandbox.requests().len() > asked);
        let of = |what: &str| format!("/proc/{}/{what}", running.id());
        // The control: what is in an environment is found there.
        assert_eq!(has_key(of("environ")), in_environment);
        assert!(!has_key(of("cmdline")));
        running.kill().expect("it ends");
        running.wait().expect("it ends");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn options_mean_the_same_on_both_sides_of_a_verb() {
    let shell = Shell::new().await;
    let ready = shell.sandbox.ready();
    let run = |arguments: &[&str]| {
        let mut program = shell.program();
        program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::null());
        Ended::of(program.args(arguments).output())
    };
    let url = ready.base_url.as_str();
    let organization = "665f1c0a9b3e4d0012ab34cd";
    for fine in [
        &["--url", url, "--organization", organization, "list"][..],
        &["--url", url, "list", "--organization", organization],
        &["list", "--organization", organization, "--url", url],
    ] {
        assert_eq!(run(fine).code, 0, "{fine:?}: {}", run(fine).err);
    }
    for wrong in [
        &["--organization", organization, "list"][..],
        &["list", "--token-stdin"],
        &["--url", url, "list", "--connection", "x"],
        &["--url", url, "--token-stdin", "list", "--token-fd", "3"],
        &["--json", "--url", url, "audit", "--format", "junit"],
        &["--url", url, "scan", ".", "--format", "sarif", "--json"],
    ] {
        let refused = run(wrong);
        assert_eq!((refused.code, &*refused.out), (2, ""), "{wrong:?}: {}", refused.err);
    }
}
