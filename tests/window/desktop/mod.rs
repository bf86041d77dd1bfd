//! A desktop of its own for each test: display, session bus, unlocked keychain and home folder.

mod clipboard;
mod keychain;
mod questions;
mod screen_reader;
mod windows;

use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub use screen_reader::{Heard, role};
use tempfile::TempDir;

/// How long a part of the desktop may take to come up.
const UP_WITHIN: Duration = Duration::from_secs(60);
/// A window is as large as the screen at most; one starts with 1280 by 800.
const SCREEN: &str = "2560x3840x24";
const BUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/token-desk/tests/bus.conf");

/// The theme the desktop asks programs to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

pub struct Desktop {
    home: TempDir,
    display: String,
    bus: String,
    theme: Theme,
    variables: Vec<(&'static str, OsString)>,
    running: Vec<Child>,
}

impl Desktop {
    pub fn with_theme(theme: Theme) -> Self {
        let home = tempfile::tempdir().expect("a home folder");
        let (display, screen) = said_first(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"])
                // Else it begins again when its last program ends, and refuses the next one.
                .arg("-noreset")
                .stderr(Stdio::null()),
        );
        let (bus, daemon) = said_first(
            Command::new("dbus-daemon")
                .args(["--config-file", BUS, "--nofork", "--nopidfile", "--print-address=1"])
                .stderr(Stdio::null()),
        );
        let display = format!(":{display}");
        let (variables, running) = (Vec::new(), vec![screen, daemon]);
        let mut desktop = Self { home, display, bus, theme, variables, running };
        desktop.unlock_keychain();
        desktop
    }

    /// Adds an environment variable for the programs that are started later.
    pub fn set(&mut self, variable: &'static str, value: impl Into<OsString>) {
        self.variables.push((variable, value.into()));
    }

    /// A program on this desktop.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let home = self.home.path();
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_RUNTIME_DIR", home)
            .env_remove("WAYLAND_DISPLAY")
            .env("TZ", "UTC")
            .envs(self.variables.iter().cloned());
        if self.theme == Theme::Dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        command
    }

    /// The name of its display.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The address of its session bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Lays the keys out as in a country: `fr`, `ru`.
    pub fn lay_out_keyboard(&self, layout: &str) {
        let status = self.command("setxkbmap").args(["-layout", layout]).status();
        assert!(status.expect("setxkbmap runs; ./x setup installs it").success(), "{layout}");
    }

    /// Whether an app has this desktop's data folder.
    pub fn has_app(&self) -> bool {
        let lock = File::open(self.home().join("data/entri-tokens/lock"));
        lock.is_ok_and(|file| file.try_lock().is_err())
    }

    /// Where the app's log goes: a file in the home folder, so that a search of that finds it too.
    pub fn log(&self) -> File {
        let path = self.home().join("app.log");
        OpenOptions::new().create(true).append(true).open(path).expect("a file for the log")
    }

    /// The output of `xdotool`, run on this desktop.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let output = self.command("xdotool").args(arguments).output();
        let output = output.expect("xdotool runs; ./x setup installs it");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

impl Drop for Desktop {
    /// What the app said before a test failed goes with its home folder, so it is told here.
    #[expect(clippy::print_stderr, reason = "a failed test tells why")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let said = std::fs::read_to_string(self.home().join("app.log")).unwrap_or_default();
            eprintln!("what the app said:\n{said}");
        }
        for child in self.running.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts a program that says one line about itself when it is ready.
fn said_first(command: &mut Command) -> (String, Child) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap_or_else(|error| {
        panic!(
            "{} does not start ({error}); ./x setup installs it",
            command.get_program().display()
        )
    });
    let mut line = String::new();
    let output = child.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("it says a line");
    (line.trim().to_owned(), child)
}

/// Waits for something that has no event to wait for.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + UP_WITHIN;
    while !holds() {
        assert!(Instant::now() < deadline, "{what}: not within {UP_WITHIN:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
