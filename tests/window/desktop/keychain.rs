//! The keychain of a desktop.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{Desktop, until};

impl Desktop {
    /// Sends the keychain service a signal: one that is stopped owns its name and never answers.
    pub fn signal_keychain(&self, name: &str) {
        let keychain = self.running.last().expect("it was started last").id().to_string();
        let sent = Command::new("kill").args([name, &keychain]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the keychain gets {name}");
    }

    pub(super) fn unlock_keychain(&mut self) {
        let mut keychain = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon runs; ./x setup installs it");
        let mut input = keychain.stdin.take().expect("its input");
        input.write_all(b"a password").expect("it reads its password");
        drop(input);
        self.running.push(keychain);
        until("the keychain answers", || {
            self.command("dbus-send")
                .args([
                    "--session",
                    "--print-reply",
                    "--dest=org.freedesktop.secrets",
                    "/org/freedesktop/secrets/aliases/default",
                    "org.freedesktop.DBus.Properties.Get",
                    "string:org.freedesktop.Secret.Collection",
                    "string:Locked",
                ])
                .output()
                .is_ok_and(|output| {
                    String::from_utf8_lossy(&output.stdout).contains("boolean false")
                })
        });
    }
}
