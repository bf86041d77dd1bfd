//! Leaving a server.

use chrono::{DateTime, Utc};

use crate::connection::{Connection, ConnectionId, CredentialStorage, Method};
use crate::desk::{Desk, blocking};
use crate::error::Error;
use crate::status::Shown;

impl Desk {
    /// Leaves a server: the credential goes from the keychain, the list and its history from
    /// the disk.
    ///
    /// An API token stays valid on the server. A session is signed out there, where it answers.
    ///
    /// # Errors
    /// [`Error::CredentialStays`] when the keychain does not let go of the credential: nothing was
    /// left then, unless `anyway`.
    pub async fn disconnect(
        &self,
        id: ConnectionId,
        anyway: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (connection, client) = {
            let state = self.state();
            let line = state.line(id).ok_or(Error::NotConnected)?;
            (line.connection.clone(), line.client.clone())
        };
        let client = match client {
            // It was not asked for anything since the start.
            None if connection.method == Method::Session => {
                self.in_use(id).await.ok().map(|in_use| in_use.client)
            }
            client => client,
        };
        let _alone = self.inner.changing.lock().await;
        if !connection.sandbox {
            let desk = self.clone();
            blocking(move || desk.forget(&connection, anyway)).await??;
        }
        if let Some(line) = self.state().line(id) {
            line.end_load();
        }
        if let Some(client) = client
            && let Err(error) = client.sign_out().await
        {
            tracing::warn!(%error, "the session lives on at the server");
        }
        let shown = {
            let mut state = self.state();
            state.lines.retain(|line| line.connection.id != id);
            match state.lines.first() {
                _ if state.shown != Shown::One(id) => state.shown,
                Some(line) => Shown::One(line.connection.id),
                None => Shown::All,
            }
        };
        self.select_only_listed(id);
        self.show(shown, now).await
    }

    fn forget(&self, connection: &Connection, anyway: bool) -> Result<(), Error> {
        match self.inner.keychain.remove(&connection.keychain_key()) {
            // Kept in memory because the keychain failed; an entry from before may still be there.
            Err(error) if anyway || connection.storage == CredentialStorage::Session => {
                tracing::warn!(%error, "the keychain may still hold a credential");
            }
            result => result.map_err(Error::CredentialStays)?,
        }
        self.inner.store.forget(connection.id)?;
        self.forget_history(connection)
    }
}
