//! A desktop of its own for each test: display, session bus, unlocked keychain and home folder.

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

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

    /// Every program from now on has this in its environment.
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

    /// What another program would paste.
    pub fn paste(&self) -> Option<String> {
        self.selection("clipboard", "UTF8_STRING")
    }

    /// What a selection offers in the given form.
    pub fn selection(&self, selection: &str, target: &str) -> Option<String> {
        let output = self
            .command("xclip")
            .args(["-o", "-selection", selection, "-t", target])
            .output()
            .expect("xclip runs");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether a window with this title is on the screen.
    pub fn has_window(&self, title: &str) -> bool {
        self.window(title).is_some()
    }

    /// Whether a window with this title has been painted: an empty one has a color or two.
    pub fn shows_a_page(&self, title: &str) -> bool {
        let Some(window) = self.window(title) else { return false };
        let mut import = self.command("import");
        let colours = import.args(["-window", &window, "-format", "%k", "info:"]).output();
        let colours = colours.expect("import runs; ./x setup installs it").stdout;
        String::from_utf8_lossy(&colours).trim().parse::<u32>().is_ok_and(|colours| colours > 16)
    }

    /// Saves a picture of the window with this title.
    pub fn picture(&self, title: &str, file: &Path) {
        let window = self.window(title).expect("the window is there");
        let taken = self.command("import").args(["-window", &window]).arg(file).status();
        assert!(taken.is_ok_and(|status| status.success()), "import takes a picture");
    }

    /// Types as a person would: into the field of the sandbox's sign-in page that has the focus, and
    /// after a Tab into the next one.
    pub fn type_into(&self, title: &str, first: &str, second: &str) {
        let window = self.window(title).expect("the window is there");
        // Not by a click: the web view may get to it only after the first keys. Once it has the
        // focus it paints a ring, which is told from a page that is still being painted.
        let before = self.settled(&window);
        self.xdotool(&["windowfocus", "--sync", &window]);
        until("a field shows that it has the focus", || self.pixels(&window) != before);
        self.xdotool(&["type", "--delay", "20", first]);
        self.xdotool(&["key", "Tab"]);
        self.xdotool(&["type", "--delay", "20", second]);
        self.xdotool(&["key", "Return"]);
    }

    /// Types into the app's own window of this title, and ends it with Enter.
    pub fn enter(&self, title: &str, text: &str) {
        self.type_there(title, text);
        self.press_until_gone(title, "Return");
    }

    /// Types into the app's own window of this title, in place of what stands there; an empty text leaves
    /// that as it is.
    pub fn type_there(&self, title: &str, text: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        if !text.is_empty() {
            self.xdotool(&["key", "ctrl+a"]);
            self.xdotool(&["type", "--delay", "2", text]);
        }
    }

    /// Pastes into the app's own window of this title.
    pub fn paste_into(&self, title: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        self.xdotool(&["key", "ctrl+v"]);
    }

    /// Says yes to the question of this title.
    pub fn say_yes(&self, title: &str, yes: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        let letter = yes[..1].to_lowercase();
        self.press_until_gone(title, &format!("alt+{letter}"));
    }

    /// Cancels the question of this title.
    pub fn say_no(&self, title: &str) {
        let window = self.asked(title);
        self.xdotool(&["windowfocus", "--sync", &window]);
        self.press_until_gone(title, "Escape");
    }

    /// A window takes no yes in its first second, so the key is pressed again where it stays.
    fn press_until_gone(&self, title: &str, key: &str) {
        let mut pressed: Option<Instant> = None;
        until(&format!("{title}: {key} answers it"), || {
            let is_there = self.has_window(title);
            if is_there && pressed.is_none_or(|at| at.elapsed() > Duration::from_millis(1500)) {
                self.xdotool(&["key", key]);
                pressed = Some(Instant::now());
            }
            !is_there
        });
    }

    fn asked(&self, title: &str) -> String {
        until(&format!("the app asks: {title}"), || self.has_window(title));
        self.window(title).expect("it is there")
    }

    /// What a window looks like once it stays so.
    pub fn settled(&self, window: &str) -> Vec<u8> {
        let (mut shown, mut since) = (self.pixels(window), Instant::now());
        until("the window stays as it is", || {
            let now = self.pixels(window);
            if now != shown {
                (shown, since) = (now, Instant::now());
            }
            since.elapsed() > Duration::from_millis(500)
        });
        shown
    }

    /// What a window looks like now.
    pub fn pixels(&self, window: &str) -> Vec<u8> {
        let taken = self.command("import").args(["-window", window, "rgb:-"]).output();
        taken.expect("import runs; ./x setup installs it").stdout
    }

    /// Asks the window of the app to close, as its title bar would; there is none without a window
    /// manager.
    pub fn ask_to_close(&self) {
        self.ask_it_to_close().expect("the window is asked");
    }

    fn ask_it_to_close(&self) -> Result<(), Box<dyn Error>> {
        let (connection, _) = x11rb::connect(Some(&self.display))?;
        let window = self.window("Entri Tokens").ok_or("no window")?.parse()?;
        let atom =
            |name| Ok::<_, Box<dyn Error>>(connection.intern_atom(false, name)?.reply()?.atom);
        let message = [atom(b"WM_DELETE_WINDOW")?, 0, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS")?, message);
        connection.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
        Ok(())
    }

    /// The window the keyboard types into.
    pub fn focused(&self) -> String {
        self.xdotool(&["getwindowfocus", "-f"])
    }

    /// Takes the keyboard away from whatever window has it.
    pub fn take_focus(&self) {
        const WHEREVER_THE_POINTER_IS: &str = "1";
        self.xdotool(&["windowfocus", WHEREVER_THE_POINTER_IS]);
    }

    /// The windows with this title on the screen.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
        found.lines().map(str::to_owned).collect()
    }

    fn window(&self, title: &str) -> Option<String> {
        self.windows(title).into_iter().next()
    }

    /// What `xdotool` says when it is run on this desktop.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let output = self.command("xdotool").args(arguments).output();
        let output = output.expect("xdotool runs; ./x setup installs it");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Another program copies something.
    pub fn copy(&self, text: &str) {
        let mut xclip = self
            .command("xclip")
            .args(["-i", "-selection", "clipboard"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // It outlives the screen, and says so.
            .stderr(Stdio::null())
            .spawn()
            .expect("xclip runs");
        let mut input = xclip.stdin.take().expect("its input");
        input.write_all(text.as_bytes()).expect("it reads");
        drop(input);
        xclip.wait().expect("it goes to the background");
    }

    /// Sends the keychain service a signal: one that is stopped owns its name and never answers.
    pub fn signal_keychain(&self, name: &str) {
        let keychain = self.running.last().expect("it was started last").id().to_string();
        let sent = Command::new("kill").args([name, &keychain]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the keychain gets {name}");
    }

    fn unlock_keychain(&mut self) {
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

impl Drop for Desktop {
    fn drop(&mut self) {
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
