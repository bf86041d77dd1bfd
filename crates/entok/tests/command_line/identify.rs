//! Whose a value is.

use std::io::Write as _;
use std::process::Stdio;

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
    let both = identify(&value, &["--url", "http://127.0.0.1:9", "--token-stdin"]);
    assert_eq!((both.code, &*both.out), (2, ""), "{}", both.err);
}
