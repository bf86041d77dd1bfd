//! Sizes of the window, and pictures of it.

use std::path::PathBuf;

use super::App;

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
        // Taking one makes the web view paint what it had put off; the next one shows it.
        self.page.screenshot_as_png().await.expect("a picture");
        let png = self.page.screenshot_as_png().await.expect("a picture");
        std::fs::write(picture_file(name), png).expect("the picture is saved");
    }
}

/// Where a picture is saved.
pub fn picture_file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder.join(format!("{name}.png"))
}
