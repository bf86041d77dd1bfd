//! What the app asks of the system's clipboard.

use arboard::Clipboard as SystemClipboard;
#[cfg(target_os = "macos")]
use arboard::SetExtApple;
#[cfg(all(unix, not(target_os = "macos")))]
use arboard::SetExtLinux;
#[cfg(windows)]
use arboard::SetExtWindows;
use entri_api::Secret;

/// The content of a clipboard, as far as it is text.
pub(super) enum Held {
    /// The text that was copied last.
    Text(Secret),
    /// No text: it is empty, or holds something else.
    Nothing,
}

/// The clipboard reported a failure. It may have done what was asked anyway.
pub(super) struct Refused;

/// The system's clipboard, or a fake one in tests.
pub(super) trait Board: Send {
    /// Puts a text there that no history may keep.
    fn put_secret(&mut self, text: &str) -> Result<(), Refused>;
    /// Copies a text that isn't secret.
    fn put(&mut self, text: String) -> Result<(), Refused>;
    /// The text that the clipboard holds now.
    fn held(&mut self) -> Result<Held, Refused>;
    /// Empties the clipboard, no matter whose text it holds.
    fn empty(&mut self) -> Result<(), Refused>;
}

/// Opens the system's own clipboard.
pub(super) fn open() -> Result<Box<dyn Board>, Refused> {
    Ok(Box::new(SystemClipboard::new().map_err(refused)?))
}

impl Board for SystemClipboard {
    fn put_secret(&mut self, text: &str) -> Result<(), Refused> {
        self.set().exclude_from_history().text(text).map_err(refused)
    }

    fn put(&mut self, text: String) -> Result<(), Refused> {
        self.set_text(text).map_err(refused)
    }

    fn held(&mut self) -> Result<Held, Refused> {
        match self.get_text() {
            Ok(text) => Ok(Held::Text(Secret::new(text))),
            Err(arboard::Error::ContentNotAvailable) => Ok(Held::Nothing),
            Err(error) => Err(refused(error)),
        }
    }

    fn empty(&mut self) -> Result<(), Refused> {
        self.clear().map_err(refused)
    }
}

fn refused(_: arboard::Error) -> Refused {
    Refused
}
