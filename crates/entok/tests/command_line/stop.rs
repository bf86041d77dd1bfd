//! A command that somebody stops.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use entri_sandbox::{Fault, FaultAnswer};

use crate::desktop::{Desktop, until};
use crate::shell::Shell;

pub fn stop(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|it| it.success()), "it gets {signal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_command_that_was_stopped() {
    let shell = Shell::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let count = || fs::read_dir(folder.path()).expect("the folder").count();
    for (signal, status) in [("-INT", 130), ("-QUIT", 131), ("-TERM", 143), ("-HUP", 129)] {
        let answer = FaultAnswer::Late(std::time::Duration::from_secs(60));
        let (method, path) = ("GET".parse().expect("a method"), "/api/".to_owned());
        shell.sandbox.fail_next(Fault { method, path, with_effect: false, answer });
        let mut program = shell.program();
        let ready = shell.sandbox.ready();
        program.args(["--url", &ready.base_url, "list"]).env("NT3_API_TOKEN", &ready.admin_token);
        let program = program
            .env("XDG_RUNTIME_DIR", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let asked = shell.sandbox.requests().len();
        let mut running = program.spawn().expect("it runs");
        until("it asks", || shell.sandbox.requests().len() > asked);
        assert_eq!(count(), 1, "what it keeps is there");
        stop(&running, signal);
        let ended = running.wait().expect("it ends");
        assert_eq!((ended.code(), count()), (Some(status), 0), "{signal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_was_told_to_survive_its_terminal_does() {
    let shell = Shell::new().await;
    let (method, path) = ("GET".parse().expect("a method"), "/api/".to_owned());
    let answer = FaultAnswer::Late(std::time::Duration::from_secs(3));
    shell.sandbox.fail_next(Fault { method, path, with_effect: true, answer });
    let ready = shell.sandbox.ready();
    let mut program = shell.started_by("nohup");
    program.args(["--url", &ready.base_url, "list", "--json"]);
    program.env("NT3_API_TOKEN", &ready.admin_token).stdout(Stdio::piped()).stderr(Stdio::null());
    let asked = shell.sandbox.requests().len();
    let running = program.stdin(Stdio::null()).spawn().expect("it runs");
    until("it asks", || shell.sandbox.requests().len() > asked);
    stop(&running, "-HUP");
    let ended = running.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_on_the_clipboard_until_the_command_ends() {
    let shell = Shell::new().await;
    let none = shell.entok(&["create", "deploy-eu", "--expires-in", "9", "--to-clipboard"]);
    assert_eq!((none.code, shell.requests("POST")), (2, 0), "there is none: {}", none.err);

    let desktop = Desktop::new(shell.home.path());
    let clipboard = || {
        let mut asked = Command::new("xclip");
        desktop.give(&mut asked);
        let held = asked.args(["-selection", "clipboard", "-o"]).output().expect("xclip runs");
        String::from_utf8(held.stdout).expect("UTF-8")
    };
    let mut program = shell.program();
    desktop.give(&mut program);
    let ready = shell.sandbox.ready();
    program.args([
        "--url",
        &ready.base_url,
        "create",
        "deploy-eu",
        "--expires-in",
        "9",
        "--to-clipboard",
    ]);
    program.env("NT3_API_TOKEN", &ready.admin_token).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = program.spawn().expect("it runs");
    let mut told = String::new();
    let mut out = BufReader::new(running.stdout.take().expect("its output"));
    out.read_line(&mut told).expect("it says so");
    assert!(told.contains("deploy-eu") && told.contains("clipboard"), "{told}");
    let value = clipboard();
    assert!(value.starts_with("entri_") && !value.contains('\n') && !told.contains(&value));
    stop(&running, "-INT");
    assert_eq!(running.wait().expect("it ends").code(), Some(130));
    assert_eq!(clipboard(), "");
}
