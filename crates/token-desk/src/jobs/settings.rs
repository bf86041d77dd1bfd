//! What a person set for the whole app: read, changed, and kept.

use crate::desk::Desk;
use crate::error::{Error, Problem};
use crate::model::settings::{Setting, Settings};
use crate::system::threads::blocking;

impl Desk {
    /// What is set now.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.inner.settings.now()
    }

    /// What couldn't be read of the settings at the start; `None` once they are written anew.
    #[must_use]
    pub fn settings_problem(&self) -> Option<Problem> {
        self.inner.settings.problem()
    }

    /// Changes some of the settings at once, until the app quits or they are kept.
    ///
    /// # Errors
    ///
    /// [`Error::Form`], and nothing changed.
    pub fn set(&self, settings: &[Setting]) -> Result<(), Error> {
        let all = |now| settings.iter().copied().fold(now, Settings::changed);
        self.inner.settings.change(all)?;
        self.inner.follow_settings();
        // Times in words may have changed.
        self.tell();
        Ok(())
    }

    /// Keeps the settings for the next start.
    ///
    /// # Errors
    ///
    /// [`Error::Store`]: they still hold until the app quits.
    pub async fn keep_settings(&self) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.inner.settings.keep()).await??;
        self.tell();
        Ok(())
    }
}
