//! Delivering a new token's value through the clipboard, revealing it, and wiping it.

use chrono::{DateTime, Utc};
use entri_api::Secret;

use crate::desk::vault::{AtStake, Closed};
use crate::desk::{Desk, Inner};
use crate::error::Error;
use crate::model::deed::Deed;
use crate::model::token::created::{Created, SecretHandle};
use crate::storage::journal::CLIPBOARD;
use crate::system::threads::blocking;

/// A copy that was seen on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// When the value was copied.
    pub at: DateTime<Utc>,
    /// The number of seconds after which it is removed; 0 if it stays until the app quits.
    pub clears_in_seconds: u16,
}

impl Desk {
    /// Puts the value on the clipboard, checks that it is there, and arranges for its removal.
    pub async fn copy_secret(
        &self,
        handle: SecretHandle,
        now: DateTime<Utc>,
    ) -> Result<Copied, Error> {
        let desk = self.clone();
        blocking(move || {
            let inner = &desk.inner;
            inner
                .vault
                .deliver(handle, CLIPBOARD, now, |secret| inner.clipboard.copy(handle, secret))?;
            desk.tell();
            Ok(Copied { at: now, clears_in_seconds: inner.settings.now().clear_clipboard })
        })
        .await?
    }

    /// Whether there is a clipboard to copy a value to.
    pub async fn check_clipboard(&self) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.inner.clipboard.check()).await?
    }

    /// The value itself, while the admin holds the button.
    pub fn reveal_secret(&self, handle: SecretHandle) -> Result<Secret, Error> {
        self.inner.vault.lend(handle, |secret| Secret::new(secret.expose().to_owned()))
    }

    /// The name of the token whose value was neither copied nor delivered, if it is still listed or its id
    /// isn't known. Wiping such a value leaves a token that nobody can use.
    #[must_use]
    pub fn unheld(&self, handle: SecretHandle) -> Option<String> {
        let created = self.inner.vault.unheld(handle).filter(|created| self.is_there(created));
        created.map(|created| created.name)
    }

    /// What would be lost if the app quit now. This reads the clipboard, and whoever owns it may take a while to
    /// answer.
    #[must_use]
    pub fn at_stake(&self) -> AtStake {
        let Inner { vault, clipboard, .. } = &*self.inner;
        vault.at_stake(clipboard.holds(), self.sandbox(), |created| self.is_there(created))
    }

    fn is_there(&self, created: &Created) -> bool {
        created.key.as_ref().is_none_or(|key| self.is_listed(key))
    }

    /// Wipes the value. One that was never copied or delivered is wiped only with `anyway`.
    pub async fn close_secret(
        &self,
        handle: SecretHandle,
        anyway: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let Some(Closed { begun, delivered }) = self.inner.vault.close(handle, anyway)? else {
            return Ok(());
        };
        self.tell();
        let id = begun.connection();
        // If the response couldn't be read, the token has to be found first.
        let known = begun.token_id().is_some();
        if !delivered && !known {
            drop(begun);
            self.look_for_it(id, now);
        } else if !delivered {
            blocking(move || begun.end(Deed::Abandoned, now)).await?;
        } else {
            drop(begun);
        }
        // A rotation goes on without the value, and an incident with the token in place of its own.
        match self.connection(id) {
            Ok(connection) => {
                let (desk, of) = (self.clone(), connection.clone());
                blocking(move || desk.settle_incidents(&of, now)).await?;
                self.show_journal(connection).await
            }
            Err(_) => Ok(()),
        }
    }

    /// Wipes every waiting value when its window is gone. The create of a value that nobody received
    /// is unresolved then, as after the app quits.
    pub fn wipe_secrets(&self) {
        for id in self.inner.vault.wipe() {
            if let Ok(connection) = self.connection(id) {
                self.read_journal(&connection);
            }
        }
    }
}
