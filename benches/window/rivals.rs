//! What the app is compared with: the least a window with a web page costs on this system, and
//! Chromium. Both show a still of the app's own screen.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desktop::Desktop;
use crate::folder;

/// Both say this once the page is painted.
pub const PAINTED: &str = "painted";

/// Two frames on, the first rows are on screen; the app's page waits just so.
const SAY_PAINTED: &str = "
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.title = 'painted';
    console.info('painted');
  }));
";

/// The floor shows this document without scripts, and does what the script says.
pub fn floor(desktop: &Desktop, still: &str, script: &str) -> Command {
    let page = write("floor-input.xhtml", still, script);
    let mut command = desktop.command(build_floor());
    command.env("GDK_BACKEND", "x11").arg(format!("file://{}", page.display()));
    command
}

/// Writes a document with this script at its end.
fn write(name: &str, still: &str, script: &str) -> PathBuf {
    let page = folder().join(name);
    let script = format!("<script><![CDATA[{script}]]></script></body>");
    fs::write(&page, still.replace("</body>", &script)).expect("the page is written");
    page
}

pub struct Rivals {
    page: PathBuf,
    floor: PathBuf,
    chromium: bool,
}

/// Builds the floor and writes the page both show. `still` is a whole document without scripts.
pub fn prepare(still: &str) -> Rivals {
    let page = write("floor.xhtml", still, SAY_PAINTED);
    let chromium = Command::new("chromium").arg("--version").output().is_ok();
    Rivals { page, floor: build_floor(), chromium }
}

impl Rivals {
    pub fn floor(&self, desktop: &Desktop) -> Command {
        let mut command = desktop.command(&self.floor);
        command.env("GDK_BACKEND", "x11").arg(self.address());
        command
    }

    /// Chromium with a profile of its own in `profile`, where it is installed.
    pub fn chromium(&self, desktop: &Desktop, profile: &Path) -> Option<Command> {
        if !self.chromium {
            return None;
        }
        let mut command = desktop.command("chromium");
        command
            // Its console messages go to standard error.
            .args(["--enable-logging=stderr", "--window-size=1280,800"])
            // It refuses to run as root with its sandbox, and there is no graphics card.
            .args(["--no-sandbox", "--disable-gpu"])
            // Turns off everything that concerns a new profile rather than the page.
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--disable-quic"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--app={}", self.address()));
        Some(command)
    }

    fn address(&self) -> String {
        format!("file://{}", self.page.display())
    }
}

fn build_floor() -> PathBuf {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/window/floor.c");
    let floor = folder().join("floor");
    let flags = Command::new("pkg-config")
        .args(["--cflags", "--libs", "webkit2gtk-4.1"])
        .output()
        .expect("pkg-config runs; ./x setup installs it");
    let flags = String::from_utf8(flags.stdout).expect("flags are text");
    let built = Command::new("cc")
        .args(["-O2", "-o"])
        .arg(&floor)
        .arg(source)
        .args(flags.split_whitespace())
        .status();
    assert!(built.is_ok_and(|status| status.success()), "the floor does not build");
    floor
}
