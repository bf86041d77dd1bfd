//! A rotation over several commands, which the app’s journal remembers.

use std::fs;
use std::process::Stdio;

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
        let mut program = self.shell.program();
        self.desktop.give(&mut program);
        Ended::of(program.args(arguments).stdin(Stdio::null()).output())
    }

    fn value(&self) -> String {
        fs::read_to_string(self.shell.home.path().join("token")).expect("the value")
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

    rig.check("rotate-status-json", &rig.run(&["rotate", "status", "--json"]));
    rig.check("rotate-status", &rig.run(&["rotate", "status"]));
    let early = rig.run(&["rotate", "finish", id, "--yes", "--unused-for", "1d"]);
    rig.check("rotate-early", &early);
    let other = rig.run(&["rotate", "finish", "t-1", "--yes", "--unused-for", "1d"]);
    assert_eq!((early.code, other.code, shell.requests("DELETE")), (1, 1, 0), "{}", other.err);
    assert_eq!(rig.run(&["journal", "verify"]).code, 0);
}
