//! A rotation over several commands, which the app’s journal remembers.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use entri_sandbox::Variant;

use crate::desktop::Desktop;
use crate::golden;
use crate::shell::{Ended, Shell};

/// The app’s connection, and a token whose value it delivered to the file `token`.
struct Rig {
    shell: Shell,
    desktop: Desktop,
    id: String,
}

impl Rig {
    async fn new() -> Self {
        let shell = Shell::new().await;
        let desktop = Desktop::new(shell.home.path());
        desktop.connect(&shell);
        let mut rig = Self { shell, desktop, id: String::new() };
        let create = ["create", "deploy-eu", "--expires-in", "90", "--to-file", "token"];
        let created = rig.run(&create);
        assert_eq!(created.code, 0, "{}", created.err);
        rig.id = rig.shell.id_of("deploy-eu");
        rig
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.run_in("UTC", arguments)
    }

    fn run_in(&self, zone: &str, arguments: &[&str]) -> Ended {
        let mut program = self.shell.program();
        self.desktop.give(&mut program);
        Ended::of(program.args(arguments).env("TZ", zone).stdin(Stdio::null()).output())
    }

    fn value(&self) -> String {
        fs::read_to_string(self.shell.home.path().join("token")).expect("the value")
    }

    /// Ends the rotation on a terminal, where a person types this.
    fn answered(&self, typed: &str) -> (i32, String) {
        let mut program = self.shell.at_home(Command::new("script"));
        self.desktop.give(&mut program);
        let line = format!("'{}' rotate finish {}", env!("CARGO_BIN_EXE_entok"), self.id);
        program.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        let mut running =
            program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut input = running.stdin.take().expect("its input");
        input.write_all(typed.as_bytes()).expect("it reads");
        // Open until it ends: a terminal that goes would end it.
        let ended = running.wait_with_output().expect("it ends");
        drop(input);
        let told = String::from_utf8_lossy(&ended.stdout).into_owned();
        (ended.status.code().expect("it ends by itself"), told)
    }

    fn check(&self, name: &str, ended: &Ended) {
        golden::check(&self.shell, name, ended);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_rotation_begins_unasked_or_where_its_value_would_be_lost() {
    let rig = Rig::new().await;
    let (shell, old) = (&rig.shell, rig.value());
    let unasked = rig.run(&["rotate", "start", &rig.id]);
    rig.check("rotate-unasked", &unasked);
    assert_eq!(unasked.code, 2);
    let placeless = rig.run(&["rotate", "start", &shell.id_of("gitlab-ci"), "--yes"]);
    assert_eq!(placeless.code, 2, "{}", placeless.err);
    for (wrong, said) in [(["--name", ""], "name"), (["--expires", "2020-01-01"], "passed")] {
        let refused = rig.run(&[&["rotate", "start", &rig.id, "--yes"][..], &wrong].concat());
        assert_eq!(refused.code, 2, "{}", refused.err);
        assert!(refused.err.contains(said) && !refused.err.contains("gets"), "{}", refused.err);
    }
    let taken = rig.run(&["rotate", "start", &rig.id, "--yes", "--name", "gitlab-ci"]);
    assert!(taken.err.contains("Choose another: --name"), "{}", taken.err);
    let elsewhere = shell.entok(&["rotate", "status"]);
    assert_eq!((elsewhere.code, &*elsewhere.out), (2, ""), "nothing remembers: {}", elsewhere.err);
    assert_eq!((shell.requests("POST"), rig.value()), (1, old));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_takes_the_new_value_to_where_the_old_one_lives() {
    let rig = Rig::new().await;
    let (shell, old, id) = (&rig.shell, rig.value(), &rig.id);
    let started = rig.run(&["rotate", "start", id, "--yes", "--json", "--place", "the wiki page"]);
    rig.check("rotate-start-json", &started);
    assert_eq!(started.lines()[0]["replaces"], **id);
    let new = rig.value();
    assert!(new.starts_with("entri_") && new != old, "it took the place of the old one");
    for value in [new.trim(), old.trim()] {
        assert!(!started.out.contains(value) && !started.err.contains(value));
    }
    assert!(shell.is_alive("deploy-eu") && shell.is_alive("deploy-eu (r2)"));
    let again = rig.run(&["rotate", "start", id, "--yes"]);
    assert_eq!((again.code, shell.requests("POST")), (1, 2), "{}", again.err);
    for id in [id, &shell.id_of("deploy-eu (r2)")] {
        let revoked = rig.run(&["revoke", id, "--yes", "--unused-for", "1d"]);
        assert!(revoked.err.contains("A rotation from “deploy-eu”"), "{}", revoked.err);
        assert_eq!((revoked.code, shell.requests("DELETE")), (1, 0));
    }

    rig.check("rotate-status-json", &rig.run(&["rotate", "status", "--json"]));
    rig.check("rotate-status", &rig.run(&["rotate", "status"]));
    let early = rig.run(&["rotate", "finish", id, "--yes", "--unused-for", "1d"]);
    rig.check("rotate-early", &early);
    let told = rig.run_in("IST-5:30", &["rotate", "status"]);
    assert!(told.out.contains("(TIMES IN UTC+5:30)"), "{}", told.out);
    let other = rig.run(&["rotate", "finish", "t-1", "--yes", "--unused-for", "1d"]);
    assert_eq!((early.code, other.code, shell.requests("DELETE")), (1, 1, 0), "{}", other.err);
    assert_eq!(rig.run(&["journal", "verify"]).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_is_ready_ends_once_a_person_says_so() {
    let rig = Rig::new().await;
    let shell = &rig.shell;
    // Without dates of use, it is ready as soon as every place is confirmed.
    shell.sandbox.set_variant(Variant { last_used: None, ..Variant::default() });
    let started = rig.run(&["rotate", "start", &rig.id, "--yes", "--quiet-for", "0"]);
    assert_eq!(started.code, 0, "{}", started.err);
    rig.desktop.mark_places_done(shell);
    let status = rig.run(&["rotate", "status", "--json"]);
    assert_eq!(status.lines()[0]["ready"], true, "{}", status.out);

    let unproven = rig.run(&["rotate", "finish", &rig.id, "--yes", "--unused-for", "1d"]);
    assert!(unproven.err.contains("doesn’t report uses"), "{}", unproven.err);
    assert_eq!((unproven.code, shell.requests("DELETE")), (1, 0));
    assert_eq!(rig.answered("no\n").0, 2);
    assert_eq!(shell.requests("DELETE"), 0);
    let (code, told) = rig.answered("yes\n");
    assert_eq!((code, shell.requests("DELETE")), (0, 1), "{told}");
    assert!(told.contains("Revoked “deploy-eu”."), "{told}");
    assert!(!shell.is_alive("deploy-eu") && shell.is_alive("deploy-eu (r2)"));
}
