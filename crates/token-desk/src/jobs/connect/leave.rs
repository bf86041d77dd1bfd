//! Leaving a server.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::desk::status::{NoAccess, Shown};
use crate::error::{Error, Problem};
use crate::model::connection::{Connection, ConnectionId, CredentialStorage, Method};
use crate::system::threads::blocking;

impl Desk {
    /// Disconnects: removes the credential from the keychain, and the list and its history from disk.
    ///
    /// An API token stays valid on the server. A session is signed out there, if the server responds.
    ///
    /// # Errors
    /// [`Error::CredentialStays`] if the keychain doesn't delete the credential: then nothing is removed,
    /// unless `anyway`.
    pub async fn disconnect(
        &self,
        id: ConnectionId,
        anyway: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (connection, client) = {
            let state = self.state();
            let held = state.connection(id).ok_or(Error::NotConnected)?;
            (held.connection.clone(), held.client.clone())
        };
        let client = match client {
            // It was not asked for anything since the start.
            None if connection.method == Method::Session => {
                self.live(id).await.ok().map(|live| live.client)
            }
            client => client,
        };
        let left = self.leave(&connection, anyway, now).await;
        // A server may take its time, or be gone: nothing waits for it.
        if !matches!(left, Err(Error::CredentialStays(_)))
            && let Some(client) = client
            && let Err(error) = client.sign_out().await
        {
            tracing::warn!(%error, "the session lives on at the server");
        }
        left
    }

    async fn leave(
        &self,
        connection: &Connection,
        anyway: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let id = connection.id;
        let alone = self.inner.changing.lock().await;
        if !connection.sandbox {
            let (desk, connection) = (self.clone(), connection.clone());
            blocking(move || desk.forget(&connection, anyway)).await??;
        }
        let (shown, last) = {
            let mut state = self.state();
            if let Some(held) = state.connection_mut(id) {
                held.end_load();
            }
            state.connections.retain(|held| held.connection.id != id);
            let shown = match state.connections.first() {
                _ if state.shown != Shown::One(id) => state.shown,
                Some(held) => Shown::One(held.connection.id),
                None => Shown::All,
            };
            (shown, state.connections.iter().all(|held| held.connection.sandbox))
        };
        self.inner.vault.forget_found_at(id);
        self.inner.vault.forget_former(|key| key.connection == id);
        if !connection.sandbox {
            let (prints, keychain) =
                (Arc::clone(&self.inner.fingerprints), self.inner.keychain.clone());
            let desk = self.clone();
            blocking(move || {
                prints.forget(id, last, &keychain);
                if last {
                    desk.forget_scans();
                }
            })
            .await?;
        }
        drop(alone);
        self.select_only_listed(id);
        self.show(shown, now).await
    }

    /// The connection itself is removed last: while it exists, the rest can still be removed.
    fn forget(&self, connection: &Connection, anyway: bool) -> Result<(), Error> {
        match self.inner.keychain.remove(&connection.keychain_key()) {
            // Kept in memory because the keychain failed; an entry from before may still be there.
            Err(error) if anyway || connection.storage == CredentialStorage::Memory => {
                tracing::warn!(%error, "the keychain may still hold a credential");
            }
            result => result.map_err(Error::CredentialStays)?,
        }
        let forgotten = self
            .forget_history(connection)
            .and_then(|()| Ok(self.inner.store.forget(connection.id)?));
        forgotten.map_err(|error| {
            let error = Error::ListStays(error.reason());
            if let Some(held) = self.state().connection_mut(connection.id) {
                held.client = None;
                held.status.no_access = Some(NoAccess::NoCredential);
                held.status.problems = vec![Problem::from(&error)];
            }
            self.tell();
            error
        })
    }
}
