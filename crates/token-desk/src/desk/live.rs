//! Connections that are ready for requests.

use std::sync::Arc;

use entri_api::{Client, Credential};

use super::Desk;
use crate::error::Error;
use crate::model::connection::{Connection, ConnectionId, CredentialStorage};
use crate::system::threads::blocking;

/// A connection that is ready for requests.
#[derive(Clone)]
pub(crate) struct LiveConnection {
    pub(crate) connection: Connection,
    pub(crate) client: Client,
    /// Numbers the credentials of the connection.
    pub(crate) epoch: u32,
}

impl Desk {
    /// A connection, with its credential from the keychain where needed.
    pub(crate) async fn live(&self, id: ConnectionId) -> Result<LiveConnection, Error> {
        let (epoch, connection, client) = {
            let state = self.state();
            let held = state.connection(id).ok_or(Error::NotConnected)?;
            (held.epoch, held.connection.clone(), held.client.clone())
        };
        if let Some(client) = client {
            return Ok(LiveConnection { connection, client, epoch });
        }
        if connection.storage == CredentialStorage::Memory {
            return Err(Error::CredentialMissing);
        }
        let (keychain, key) = (self.inner.keychain.clone(), connection.keychain_key());
        let secret = blocking(move || keychain.load(&key)).await??;
        let credential = Credential::from_secret(&secret.ok_or(Error::CredentialGone)?)?;
        let client = Client::new(connection.base_url.clone(), credential)?;
        let first = {
            let mut state = self.state();
            let held = state.connection_mut(id).ok_or(Error::NotConnected)?;
            // Another call may have been first: only one client may get the renewed session.
            if let Some(client) = held.client.clone() {
                let (connection, epoch) = (held.connection.clone(), held.epoch);
                return Ok(LiveConnection { connection, client, epoch });
            }
            held.client.insert(client).clone()
        };
        self.keep_renewed(epoch, &first);
        Ok(LiveConnection { connection, client: first, epoch })
    }

    /// Keeps what the server renews: any answer may bring new cookies (docs/entri-api.md#sign-in).
    pub(crate) fn keep_renewed(&self, epoch: u32, client: &Client) {
        let Some(mut changes) = client.session_changes() else { return };
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let Some(inner) = inner.upgrade() else { return };
                let desk = Self { inner };
                let kept = blocking(move || desk.keep_session(epoch)).await;
                if let Err(error) = kept.and_then(|kept| kept) {
                    tracing::warn!(%error, "the renewed session could not be kept");
                }
            }
        });
    }

    fn keep_session(&self, epoch: u32) -> Result<(), Error> {
        // A connection that is removed at this moment must not get its credential back.
        let _alone = self.inner.changing.blocking_lock();
        let (connection, renewed) = {
            let mut state = self.state();
            let Some(held) = state.in_epoch(epoch) else { return Ok(()) };
            let renewed = held.client.as_ref().and_then(Client::session);
            (held.connection.clone(), renewed)
        };
        match renewed {
            Some(renewed) if connection.storage == CredentialStorage::Keychain => {
                Ok(self.inner.keychain.save(&connection.keychain_key(), &renewed.to_secret())?)
            }
            _ => Ok(()),
        }
    }
}
