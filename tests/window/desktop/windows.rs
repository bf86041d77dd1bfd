//! The windows on the screen of a desktop.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

use super::{Desktop, until};

impl Desktop {
    /// Whether a window with this title is on the screen.
    pub fn has_window(&self, title: &str) -> bool {
        self.window(title).is_some()
    }

    /// Whether a window with this title has been painted: an empty one has a color or two.
    pub fn shows_a_page(&self, title: &str) -> bool {
        let Some(window) = self.window(title) else { return false };
        let mut import = self.command("import");
        let colors = import.args(["-window", &window, "-format", "%k", "info:"]).output();
        let colors = colors.expect("import runs; ./x setup installs it").stdout;
        String::from_utf8_lossy(&colors).trim().parse::<u32>().is_ok_and(|colors| colors > 16)
    }

    /// Saves a picture of the window with this title.
    pub fn picture(&self, title: &str, file: &Path) {
        let window = self.window(title).expect("the window is there");
        let taken = self.command("import").args(["-window", &window]).arg(file).status();
        assert!(taken.is_ok_and(|status| status.success()), "import takes a picture");
    }

    /// The windows with this title on the screen.
    ///
    /// A search that meets a window on its way out finds nothing at all and says so, so it is made again: what
    /// was not found that way may well be there.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let search = ["search", "--onlyvisible", "--name", title];
        let mut found = Vec::new();
        until("a search among windows", || {
            let output = self.command("xdotool").args(search).output();
            let output = output.expect("xdotool runs; ./x setup installs it");
            found = output.stdout;
            output.stderr.is_empty()
        });
        String::from_utf8_lossy(&found).lines().map(str::to_owned).collect()
    }

    pub(super) fn window(&self, title: &str) -> Option<String> {
        self.windows(title).into_iter().next()
    }

    /// The pixels of a window once they no longer change.
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

    /// The pixels of a window now.
    pub fn pixels(&self, window: &str) -> Vec<u8> {
        let taken = self.command("import").args(["-window", window, "rgb:-"]).output();
        taken.expect("import runs; ./x setup installs it").stdout
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
}
