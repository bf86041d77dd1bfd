//! Handing a new token's value over: copy, reveal, close.

use chrono::{DateTime, Utc};
use entri_api::Secret;

use crate::desk::Desk;
use crate::desk::vault::Closed;
use crate::error::Error;
use crate::model::token::created::{Created, SecretHandle};
use crate::storage::journal::{CLIPBOARD, Stage};
use crate::system::threads::blocking;

/// A copy that was seen on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// When.
    pub at: DateTime<Utc>,
    /// After how many seconds it is taken away again.
    pub clears_in_seconds: u32,
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
                .hand_over(handle, CLIPBOARD, now, |secret| inner.clipboard.copy(handle, secret))?;
            desk.tell();
            let seconds = inner.clipboard.clears_after().as_secs();
            Ok(Copied { at: now, clears_in_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) })
        })
        .await?
    }

    /// The value itself, for as long as the admin holds the button.
    pub fn reveal_secret(&self, handle: SecretHandle) -> Result<Secret, Error> {
        self.inner.vault.lend(handle, |secret| Secret::new(secret.expose().to_owned()))
    }

    /// Whether a value was neither copied nor delivered, and its token is still listed or its id is not known.
    /// Wiping such a value keeps a token that nobody can use.
    #[must_use]
    pub fn is_unheld(&self, handle: SecretHandle) -> bool {
        let is_there = |created: Created| created.key.is_none_or(|key| self.is_listed(&key));
        self.inner.vault.unheld(handle).is_some_and(is_there)
    }

    /// Wipes the value. One that was never copied or delivered is wiped only with `anyway`.
    pub async fn close_secret(
        &self,
        handle: SecretHandle,
        anyway: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let Some(Closed { begun, handed_over }) = self.inner.vault.close(handle, anyway)? else {
            return Ok(());
        };
        self.tell();
        let id = begun.connection();
        // Where the answer could not be read, it is still to be found which token it was.
        let known = begun.token_id().is_some();
        if !handed_over && !known {
            drop(begun);
            self.look_for_it(id, now);
        } else if !handed_over {
            blocking(move || begun.end(Stage::Kept, now)).await?;
        }
        Ok(())
    }

    /// Wipes every waiting value when their window is gone. A value that was never received becomes a loose end, as
    /// after the app quits.
    pub fn wipe_secrets(&self) {
        for id in self.inner.vault.wipe() {
            if let Ok(connection) = self.connection(id) {
                self.read_journal(&connection);
            }
        }
    }
}
