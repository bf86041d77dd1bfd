//! Moves a connection from one of its API tokens to another.

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, Client, Credential, CredentialKind, Error as ApiError, Secret};

use super::enter::may_manage;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::{Connection, CredentialStorage};
use crate::model::token::TokenKey;
use crate::system::threads::blocking;

impl Desk {
    /// Signs in with this API token instead of the `old` one, once it was seen to read the token list of the same
    /// organization. If anything fails, the connection keeps the old one.
    ///
    /// The old value is held until its token is revoked, to prove then that it is refused.
    pub(crate) async fn move_sign_in(
        &self,
        old: &TokenKey,
        value: Secret,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let connection = self.connection(old.connection)?;
        let credential = Credential::from(ApiToken::parse(value)?);
        let client = Client::new(connection.base_url.clone(), credential.clone())?;
        match client.current_organization().await {
            Ok(current) if current.id != connection.organization_id => {
                let own = connection.organization_name;
                return Err(Error::OtherOrganization { current: current.name, own });
            }
            Ok(_) | Err(ApiError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        may_manage(&client, CredentialKind::ApiToken, &connection.organization_id).await?;
        let _alone = self.inner.changing.lock().await;
        let id = connection.id;
        // It may have been removed meanwhile.
        let unwritten = self.state().connection(id).ok_or(Error::NotConnected)?.unwritten;
        if connection.storage == CredentialStorage::Keychain {
            let (keychain, key) = (self.inner.keychain.clone(), connection.keychain_key());
            let secret = credential.to_secret();
            blocking(move || keychain.save(&key, &secret)).await??;
        }
        self.replace_client(old, connection, client, unwritten);
        self.list_anew(now);
        let desk = self.clone();
        // The new token's row moves with the list that it loads.
        tokio::spawn(async move { desk.sync_anew(id, now).await });
        Ok(())
    }

    fn replace_client(
        &self,
        old: &TokenKey,
        connection: Connection,
        client: Client,
        unwritten: bool,
    ) {
        let former = {
            let mut state = self.state();
            let held = state.connection(connection.id).and_then(|held| held.client.clone());
            let id = connection.id;
            state.connect(connection, client);
            if let Some(held) = state.connection_mut(id) {
                held.unwritten = unwritten;
            }
            state.list_anew();
            held.and_then(|client| client.api_token())
        };
        if let Some(former) = former {
            self.inner.vault.keep_former(old.clone(), former);
        }
    }
}
