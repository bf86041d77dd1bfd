//! Fingerprints of every value that the app holds, so that it is known whose it is if it is ever found somewhere.

use std::sync::Arc;

use entri_api::{Client, Secret};

use crate::desk::Desk;
use crate::error::Error;
use crate::list::Inventory;
use crate::model::connection::Connection;
use crate::model::token::TokenKey;
use crate::model::token::fingerprint::Fingerprint;
use crate::model::token::identity::Identity;
use crate::system::threads::blocking;

impl Desk {
    /// Fingerprints the value of a token, in the background: a keychain may take its time, and nothing depends on it.
    pub(crate) fn fingerprint(
        &self,
        connection: &Connection,
        (key, token): (TokenKey, Identity),
        value: Secret,
        sure: bool,
    ) {
        let (sandbox, keychain) = (connection.sandbox, self.inner.keychain.clone());
        // The desk may be gone by the time that the keychain answers.
        let (inner, prints) = (Arc::downgrade(&self.inner), Arc::clone(&self.inner.fingerprints));
        tokio::spawn(async move {
            let made = blocking(move || -> Result<(), Error> {
                let print = prints.of(&value, sandbox, &keychain)?;
                let Some(inner) = inner.upgrade() else { return Ok(()) };
                let made = Fingerprint { key, token, print, sure };
                if !sandbox {
                    inner.store.write_fingerprint(&made)?;
                }
                inner.fingerprints.add(made);
                Ok(())
            });
            if let Err(error) = made.await.and_then(|made| made) {
                tracing::info!(%error, "no fingerprint of a value was kept");
            }
        });
    }

    /// Fingerprints the API token that the app signs in with, once the list shows which one it is.
    pub(crate) fn fingerprint_own(
        &self,
        connection: &Connection,
        client: Option<&Client>,
        list: &Inventory,
    ) {
        let Some(own) = list.own_row() else { return };
        let (key, token) = (list.key(own), list.record(own));
        if self.inner.fingerprints.has(|it| it.key == key) {
            return;
        }
        let Some(value) = client.and_then(Client::api_token) else { return };
        let token = Identity { name: token.name.to_owned(), created: token.created };
        self.fingerprint(connection, (key, token), value.into_secret(), false);
    }
}
