//! What the system's clipboard is asked for.

use arboard::Clipboard as SystemClipboard;
#[cfg(target_os = "macos")]
use arboard::SetExtApple;
#[cfg(all(unix, not(target_os = "macos")))]
use arboard::SetExtLinux;
#[cfg(windows)]
use arboard::SetExtWindows;
use entri_api::Secret;

/// What a clipboard holds.
pub(super) enum Held {
    /// This text.
    Text(Secret),
    /// No text.
    Nothing,
}

/// It did not do what was asked, and may have done it all the same.
pub(super) struct Refused;

/// A clipboard of the system.
pub(super) trait Board: Send {
    /// Puts a text there that no history may keep.
    fn put_secret(&mut self, text: &str) -> Result<(), Refused>;
    /// Puts a text there that is no secret.
    fn put(&mut self, text: String) -> Result<(), Refused>;
    /// What it holds now.
    fn held(&mut self) -> Result<Held, Refused>;
    /// Empties it, whoever's text it holds.
    fn empty(&mut self) -> Result<(), Refused>;
}

/// Opens that of the system.
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
