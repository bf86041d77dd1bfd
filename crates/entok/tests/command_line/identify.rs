//! Whose a value is.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

use crate::desktop::Desktop;
use crate::golden;
use crate::shell::{Ended, Shell};

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_named_without_being_sent_or_kept() {
    let shell = Shell::new().await;
    let desktop = Desktop::new(shell.home.path());
    desktop.connect(&shell);
    let identify = |text: &str, arguments: &[&str]| {
        let mut program = shell.program();
        desktop.give(&mut program);
        program.arg("identify").args(arguments).stdin(Stdio::piped());
        let mut running =
            program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut input = running.stdin.take().expect("its input");
        input.write_all(text.as_bytes()).expect("it reads");
        drop(input);
        Ended::of(running.wait_with_output())
    };
    let mut create = shell.program();
    desktop.give(&mut create);
    let created = create.args(["create", "deploy-eu", "--expires-in", "9", "--reveal"]).output();
    let value = Ended::of(created).out;
    let sent = shell.sandbox.requests().len();

    let named = identify(&format!("export NT3_API_TOKEN='{value}'\n"), &["--json"]);
    assert_eq!(named.code, 0, "{}", named.err);
    let told = &named.lines()[0];
    assert_eq!((&told["name"], &told["sure"]), (&"deploy-eu".into(), &true.into()), "{told}");
    assert_eq!((&told["id"], &told["state"]), (&shell.id_of("deploy-eu").into(), &"new".into()));
    assert!(!named.out.contains(&value) && !named.err.contains(&value));
    let requests = shell.sandbox.requests();
    assert!(requests[sent..].iter().all(|it| it.method == "GET"), "only lists are read");

    let told = identify(&value, &[]);
    assert!(told.out.contains("certainly “deploy-eu”"), "{}", told.out);
    let unknown = identify(&format!("entri_{}", "Zy9".repeat(16)), &["--json"]);
    assert_eq!(unknown.code, 1, "{}", unknown.err);
    assert!(unknown.lines()[0]["id"].is_null(), "{}", unknown.out);
    golden::check(&shell, "identify", &told);
    golden::check(&shell, "identify-json", &named);
    golden::check(&shell, "identify-unknown", &unknown);
    let none = identify("nothing in here", &[]);
    assert_eq!((none.code, &*none.out), (2, ""), "{}", none.err);
}

/// Whoever signs in with the value sends it. A file that is standard input can be read twice.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_in_with_the_value() {
    let shell = Shell::new().await;
    let ready = shell.sandbox.ready();
    let file = shell.home.path().join("found");
    fs::write(&file, &ready.admin_token).expect("a file");
    let ways: [&[&str]; 3] =
        [&["--token-stdin"], &["--token-fd", "0"], &["--token-stdin", "--value-fd", "0"]];
    for arguments in ways {
        let mut program = shell.program();
        program.args(["identify", "--url", &ready.base_url]).args(arguments);
        let ended = Ended::of(program.stdin(File::open(&file).expect("the file")).output());
        assert_eq!((ended.code, &*ended.out), (2, ""), "{arguments:?}: {}", ended.err);
    }
    assert_eq!(shell.sandbox.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_at_a_terminal_is_not_shown_there() {
    let shell = Shell::new().await;
    let value = format!("entri_{}", "Zy9".repeat(16));
    let ready = shell.sandbox.ready();
    let mut program = shell.at_home(Command::new("script"));
    let line = format!("'{}' identify --url {}", env!("CARGO_BIN_EXE_entok"), ready.base_url);
    program.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::piped());
    let mut running = program.stdout(Stdio::piped()).spawn().expect("it runs");
    let mut terminal = BufReader::new(running.stdout.take().expect("a terminal"));
    let mut told = String::new();
    terminal.read_line(&mut told).expect("it asks");
    assert!(told.contains("Paste"), "{told}");
    let mut input = running.stdin.take().expect("its input");
    // With the keys that end it.
    write!(input, "{value}\n\u{4}").expect("it reads");
    terminal.read_to_string(&mut told).expect("it answers");
    drop(input);
    assert_eq!(running.wait().expect("it ends").code(), Some(1), "{told}");
    assert!(told.contains("entri_••") && !told.contains(&value), "{told}");
}
