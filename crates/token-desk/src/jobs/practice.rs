//! A value to find, for somebody who practices a leak in the embedded sandbox.

use chrono::{DateTime, Utc};
use entri_api::{Secret, TokenId};

use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::model::token::fingerprint::Fingerprint;
use crate::model::token::identity::Identity;
use crate::system::threads::blocking;

impl Desk {
    /// Copies the value of a listed token of the sandbox, as somebody copies one from a ticket. The app knows by its
    /// fingerprint whose it is, so nobody has to send it to other servers to find out.
    ///
    /// # Errors
    /// The sandbox isn't connected, its list doesn't have the token, or the clipboard can't be written.
    pub async fn plant(&self, id: TokenId, value: String) -> Result<(), Error> {
        let sandbox = self.sandbox().ok_or(Error::NotConnected)?;
        let (list, key) = (self.list_of(sandbox)?, TokenKey { connection: sandbox, id });
        let token = list.record(list.find(&key).ok_or(Error::TokenGone)?);
        let token = Identity { name: token.name.to_owned(), created: token.created };
        let print =
            self.inner.fingerprints.of(&Secret::new(value.clone()), true, &self.inner.keychain)?;
        self.inner.fingerprints.add(Fingerprint { key, token, print, sure: true });
        let desk = self.clone();
        blocking(move || desk.inner.clipboard.copy_text(value)).await?
    }

    /// Ends what is open about these tokens of the sandbox, which earlier drills were about: their incidents and their
    /// rotations.
    pub async fn end_drills(&self, tokens: &[TokenId], now: DateTime<Utc>) -> Result<(), Error> {
        let Some(sandbox) = self.sandbox() else { return Ok(()) };
        let is_its = |key: &TokenKey| key.connection == sandbox && tokens.contains(&key.id);
        for open in self.incidents().await? {
            if open.incident.named().is_some_and(|(key, ..)| is_its(&key)) {
                self.close_incident(open.incident.id, now).await?;
            }
        }
        let rotations = self.rotations(now).await?.into_iter().map(|it| it.record);
        for open in rotations.filter(|it| it.is_open() && is_its(&it.old)) {
            self.end_rotation(open.id, now).await?;
        }
        Ok(())
    }

    /// The connection to the embedded sandbox, if it is open.
    #[must_use]
    pub fn sandbox(&self) -> Option<ConnectionId> {
        let state = self.state();
        state.connections.iter().find(|held| held.connection.sandbox).map(|it| it.connection.id)
    }
}
