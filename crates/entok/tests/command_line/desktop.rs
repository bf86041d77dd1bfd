//! A desktop with a keychain and a clipboard, and the app's own connection in it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use token_desk::{ConnectRequest, CredentialRequest, Desk, Persistence, Secret, data_folder};

use crate::shell::Shell;

const BUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../token-desk/tests/bus.conf");
/// Only ends a failure.
const BOUND: Duration = Duration::from_secs(60);

/// What a person’s session has.
pub struct Desktop {
    pub display: String,
    bus: String,
    running: Vec<Child>,
}

impl Desktop {
    pub fn new(home: &Path) -> Self {
        let screen =
            ["-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"];
        let (display, screen) = said_first(Command::new("Xvfb").args(screen));
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--config-file", BUS, "--nofork", "--nopidfile", "--print-address=1"]);
        let (bus, daemon) = said_first(&mut bus);
        let mut desktop =
            Self { display: format!(":{display}"), bus, running: vec![screen, daemon] };
        desktop.unlock_keychain(home);
        desktop
    }

    /// Lets a program use it.
    pub fn give(&self, program: &mut Command) {
        program.env("DISPLAY", &self.display).env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
    }

    fn unlock_keychain(&mut self, home: &Path) {
        let mut keychain = Command::new("gnome-keyring-daemon");
        keychain.args(["--foreground", "--unlock", "--components=secrets"]);
        self.give(&mut keychain);
        keychain.env("HOME", home).env("XDG_RUNTIME_DIR", home).stdin(Stdio::piped());
        let mut keychain = keychain
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon runs; ./x setup installs it");
        let mut input = keychain.stdin.take().expect("its input");
        input.write_all(b"a password").expect("it reads its password");
        drop(input);
        self.running.push(keychain);
        until("the keychain answers", || {
            let mut asked = Command::new("dbus-send");
            self.give(&mut asked);
            let asked = asked.args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets/aliases/default",
                "org.freedesktop.DBus.Properties.Get",
                "string:org.freedesktop.Secret.Collection",
                "string:Locked",
            ]);
            asked.output().is_ok_and(|it| String::from_utf8_lossy(&it.stdout).contains("false"))
        });
    }

    /// Connects as the app does: with the credential in the keychain. In a process of its own, which has this desktop.
    pub fn connect(&self, shell: &Shell) {
        self.run_as_the_app(shell, "desktop::connects_as_the_app");
    }

    /// Says of each place of each rotation that it has the new value, as a person does in the app.
    pub fn mark_places_done(&self, shell: &Shell) {
        self.run_as_the_app(shell, "desktop::marks_places_done_as_the_app");
    }

    fn run_as_the_app(&self, shell: &Shell, what: &str) {
        let mut child = Command::new(std::env::current_exe().expect("this test"));
        child.args(["--exact", what, "--ignored"]);
        self.give(&mut child);
        let ready = shell.sandbox.ready();
        child
            .env("HOME", shell.home.path())
            .env("AT", &ready.base_url)
            .env("KEY", &ready.admin_token);
        child.env_remove("XDG_DATA_HOME");
        let ended = child.output().expect("it runs");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in self.running.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other side of `Desktop::connect`"]
async fn connects_as_the_app() {
    let (Ok(address), Ok(key)) = (std::env::var("AT"), std::env::var("KEY")) else { return };
    fs::create_dir_all(data_folder()).expect("a folder");
    let desk = Desk::open(&data_folder(), Utc::now()).expect("a desk");
    let credential = CredentialRequest::ApiToken(Secret::new(key));
    let request = ConnectRequest { address, credential, organization_id: None };
    desk.connect(request, Persistence::Remember, Utc::now()).await.expect("it connects");
    assert!(desk.sync_shown(Utc::now()).await.shown().all(|it| it.list.complete()));
    assert!(desk.status().problems.is_empty(), "{:?}", desk.status().problems);
    desk.quit();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other side of `Desktop::mark_places_done`"]
async fn marks_places_done_as_the_app() {
    if std::env::var_os("AT").is_none() {
        return;
    }
    let desk = Desk::open(&data_folder(), Utc::now()).expect("a desk");
    for rotation in desk.rotations(Utc::now()).await.expect("they are read") {
        for place in rotation.places() {
            let marked = desk.mark_place_done(rotation.record.id, &place.id, Utc::now());
            marked.await.expect("it is written down");
        }
    }
    desk.quit();
}

/// Starts a program that says something first and runs on.
fn said_first(program: &mut Command) -> (String, Child) {
    let mut child = program
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("./x setup installs it");
    let mut line = String::new();
    let out = child.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut line).expect("it says something");
    (line.trim().to_owned(), child)
}

/// Waits until something holds.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < BOUND, "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}
