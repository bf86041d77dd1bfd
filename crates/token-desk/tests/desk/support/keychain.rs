//! A keychain of its own for one test: a session bus, and a keychain service that is unlocked.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

use keyring_core::{CredentialStore, Entry};
use tempfile::TempDir;
use token_desk::Connection;
use zbus_secret_service_keyring_store::Store;

/// Of the bus that is started for a test.
const BUS: &str = include_str!("../../bus.conf");

/// Runs a test in a process of its own that has a keychain, as [`super::alone`].
pub fn with_keychain(test: impl Future<Output = ()>) {
    let test = async {
        ready().await;
        test.await;
    };
    super::on_bus(test, || {
        let service = KeychainService::start(BUS);
        (service.bus.clone(), service)
    });
}

/// The same with a desktop that lets nobody near the keychain.
pub fn with_denied_keychain(test: impl Future<Output = ()>) {
    const DENIED: &str = r#"<deny send_destination="org.freedesktop.secrets"/>
  </policy>"#;
    let test = async {
        while !owned() {
            tokio::task::yield_now().await;
        }
        test.await;
    };
    super::on_bus(test, || {
        let service = KeychainService::start(&BUS.replace("</policy>", DENIED));
        (service.bus.clone(), service)
    });
}

struct KeychainService {
    bus: String,
    running: Vec<Child>,
    _home: TempDir,
}

impl KeychainService {
    fn start(policy: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let configuration = home.path().join("bus.conf");
        fs::write(&configuration, policy).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg("--config-file")
            .arg(configuration)
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon runs; ./x setup installs it");
        let mut bus = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut bus).unwrap();
        let bus = bus.trim().to_owned();
        let service = unlocked(&bus, home.path());
        Self { bus, running: vec![service, daemon], _home: home }
    }
}

impl Drop for KeychainService {
    fn drop(&mut self) {
        for child in &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn unlocked(bus: &str, home: &Path) -> Child {
    let mut service = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--unlock", "--components=secrets"])
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon runs; ./x setup installs it");
    service.stdin.take().unwrap().write_all(b"a password").unwrap();
    service
}

/// Waits until the keychain answers.
async fn ready() {
    let answers = || entry("probe").and_then(|entry| entry.set_password("probe")).is_ok();
    while !tokio::task::spawn_blocking(answers).await.unwrap() {
        tokio::task::yield_now().await;
    }
}

/// The credential that the keychain has for a connection.
pub fn kept(connection: &Connection) -> Option<String> {
    let key = format!("{} {}", connection.base_url.as_str(), connection.organization_id);
    // Its blocking client must not run on a runtime's thread.
    thread::spawn(move || entry(&key).unwrap().get_password().ok()).join().unwrap()
}

/// Takes what the keychain keeps for a connection away.
pub fn forget(connection: &Connection) {
    let key = format!("{} {}", connection.base_url.as_str(), connection.organization_id);
    thread::spawn(move || entry(&key).unwrap().delete_credential().unwrap()).join().unwrap();
}

fn entry(key: &str) -> keyring_core::Result<Entry> {
    let store: Arc<CredentialStore> = Store::new()?;
    Entry::new_in_store(&store, "Entri Tokens", key)
}

/// Sends the keychain service a signal: one that is stopped owns its name and never answers.
pub fn signal(name: &str) {
    let service = "string:org.freedesktop.secrets";
    let ask = "org.freedesktop.DBus.GetConnectionUnixProcessID";
    let answer = call("org.freedesktop.DBus", "/", ask, service);
    let process = answer.split_whitespace().last().expect("the bus knows the service");
    assert!(Command::new("kill").args([name, process]).status().unwrap().success());
}

/// Whether a keychain service runs.
fn owned() -> bool {
    let service = "string:org.freedesktop.secrets";
    call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", service)
        .contains("boolean true")
}

/// Locks it, as a desktop does that was left alone; nobody is there to unlock it.
pub fn lock() {
    let collection = "array:objpath:/org/freedesktop/secrets/collection/login";
    let lock = "org.freedesktop.Secret.Service.Lock";
    call("org.freedesktop.secrets", "/org/freedesktop/secrets", lock, collection);
}

fn call(service: &str, path: &str, method: &str, argument: &str) -> String {
    let answer = Command::new("dbus-send")
        .args(["--session", "--print-reply", &format!("--dest={service}"), path, method, argument])
        .output()
        .expect("dbus-send runs; ./x setup installs it");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8_lossy(&answer.stdout).into_owned()
}
