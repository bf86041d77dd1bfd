//! Sizes of the window, and pictures of it.

use std::path::PathBuf;
use std::process::Command;

use super::App;
use crate::desktop::until;

impl App {
    /// Gives the page this size.
    pub async fn resize(&self, width: u32, height: u32) {
        self.page.set_window_rect(0, 0, width, height).await.expect("the window takes a size");
        let script = format!("return innerWidth === {width} && innerHeight === {height}");
        self.until("the page has its size", &script).await;
    }

    /// Asserts that the page scrolls in neither direction, and that a dialog can be seen whole.
    pub async fn nothing_sticks_out(&self) {
        let script = "const { scrollWidth, scrollHeight } = document.documentElement;
            const dialog = document.querySelector('dialog')?.getBoundingClientRect();
            return scrollWidth <= innerWidth && scrollHeight <= innerHeight
              && (dialog === undefined || (dialog.left >= 0 && dialog.top >= 0
                && dialog.right <= innerWidth && dialog.bottom <= innerHeight))";
        self.until("nothing sticks out", script).await;
    }

    /// Saves a picture of the window under `tests/screenshots/`, once it stands still.
    pub async fn picture(&self, name: &str) {
        self.stands_still().await;
        let mut shown = Vec::new();
        // The screen follows what the page has painted.
        until("the window stays as it is", || {
            let before = std::mem::replace(&mut shown, self.on_screen());
            shown == before
        });
        std::fs::write(picture_file(name), shown).expect("the picture is saved");
    }

    /// The window as a person sees it, as a PNG without the time it was taken at.
    fn on_screen(&self) -> Vec<u8> {
        let mut import = Command::new("import");
        import.env("DISPLAY", &self.display).args(["-window", "Entri Tokens"]);
        let taken = import.args(["-define", "png:exclude-chunk=date,tIME", "png:-"]).output();
        let taken = taken.expect("import runs; ./x setup installs it");
        assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
        taken.stdout
    }
}

/// Where a picture is saved.
pub fn picture_file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder.join(format!("{name}.png"))
}
