//! Erases what the keychain has of this app. Its folders are removed by whoever opened them.

use crate::desk::Desk;
use crate::desk::vault::AtStake;
use crate::error::{Error, KeychainError};
use crate::system::threads::blocking;

impl Desk {
    /// How many entries the keychain has of this app; `None` if it doesn't say.
    pub async fn keychain_entries(&self) -> Option<usize> {
        let keychain = self.inner.keychain.clone();
        blocking(move || keychain.entries().ok()).await.ok().flatten()
    }

    /// Refuses while something would be lost that no folder and no keychain holds.
    ///
    /// # Errors
    ///
    /// [`Error::Form`]: a value, a create or a bulk revoke isn't finished.
    pub async fn may_erase(&self) -> Result<(), Error> {
        let desk = self.clone();
        let AtStake { values, creates, on_clipboard, .. } =
            blocking(move || desk.at_stake()).await?;
        let waits = if !values.is_empty() {
            "A new token’s value waits. Deliver it first, or close its dialog."
        } else if creates > 0 {
            "A token is being created. Wait until that is done."
        } else if on_clipboard {
            "A token’s value is on the clipboard. Paste it where it’s needed, then copy something else."
        } else if self.status().bulk_revoke.is_some() {
            "Tokens are being revoked. Wait until that is done."
        } else {
            return Ok(());
        };
        Err(Error::Form(format!("{waits} Nothing was erased.")))
    }

    /// Removes every entry of this app from the keychain, to which this desk adds nothing afterward.
    ///
    /// # Errors
    ///
    /// The last one that stayed says why, or the keychain didn't answer.
    pub async fn erase_keychain(&self) -> Result<(), KeychainError> {
        let keychain = self.inner.keychain.clone();
        let erased = blocking(move || keychain.erase()).await;
        erased.unwrap_or(Err(KeychainError::Silent))
    }
}
