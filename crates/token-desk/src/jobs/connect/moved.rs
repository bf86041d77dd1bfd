//! Moves a connection from one of its API tokens to another.

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, Client, Credential, CredentialKind, Error as ApiError, Secret};

use super::enter::may_manage;
use crate::desk::Desk;
use crate::error::{Error, KeychainError, RotationError};
use crate::model::connection::{Connection, ConnectionId, CredentialStorage, Method};
use crate::model::token::TokenKey;
use crate::system::keychain::Keychain;
use crate::system::threads::blocking;

/// How often the former credential is put back while the keychain is silent.
const TRIES: usize = 3;

/// What a connection signs in with until it moves.
struct Former {
    connection: Connection,
    /// Another sign-in changes it.
    epoch: u32,
    value: ApiToken,
}

impl Desk {
    /// Signs in with this API token instead of the `old` one, once it was seen to read the token list of the same
    /// organization, and the keychain returned it. If anything fails, the connection keeps the old one.
    ///
    /// The old value is held until its token is revoked, to prove then that it is refused.
    pub(crate) async fn move_sign_in(
        &self,
        old: &TokenKey,
        value: Secret,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let id = old.connection;
        let Former { connection, epoch, .. } = self.former(id)?;
        let token = ApiToken::parse(value.clone())?;
        let client = Client::new(connection.base_url.clone(), Credential::from(token))?;
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
        // It may have been removed, renamed or signed in to again meanwhile.
        let former = self.former(id)?;
        if former.epoch != epoch {
            return Err(RotationError::SignInChanged.into());
        }
        let (keychain, key) = (self.inner.keychain.clone(), connection.keychain_key());
        let before = former.value.clone().into_secret();
        blocking(move || keep(&keychain, &key, &value, &before)).await??;
        self.replace_client(old, former, client);
        self.list_anew(now);
        let desk = self.clone();
        // The new token's row moves with the list that it loads.
        tokio::spawn(async move { desk.sync_anew(id, now).await });
        Ok(())
    }

    /// # Errors
    /// [`RotationError::SignInChanged`] unless it is an API token that the keychain has.
    fn former(&self, id: ConnectionId) -> Result<Former, Error> {
        let state = self.state();
        let held = state.connection(id).ok_or(Error::NotConnected)?;
        let connection = held.connection.clone();
        let value = held.client.as_ref().and_then(Client::api_token);
        let is_kept = connection.method == Method::ApiToken
            && connection.storage == CredentialStorage::Keychain;
        let value = value.filter(|_| is_kept).ok_or(RotationError::SignInChanged)?;
        Ok(Former { connection, epoch: held.epoch, value })
    }

    fn replace_client(&self, old: &TokenKey, former: Former, client: Client) {
        let Former { connection, value, .. } = former;
        let id = connection.id;
        let is_new = !client.api_token().is_some_and(|it| it.is_same(&value.clone().into_secret()));
        let was_own = {
            let mut state = self.state();
            let held = state.connection(id);
            let unwritten = held.is_some_and(|held| held.unwritten);
            let was_own = held
                .is_some_and(|held| held.list.find(old).is_some_and(|at| held.list.record(at).own));
            state.connect(connection, client);
            if let Some(held) = state.connection_mut(id) {
                held.unwritten = unwritten;
            }
            state.list_anew();
            was_own
        };
        if was_own && is_new {
            self.inner.vault.keep_former(old.clone(), value);
        }
    }
}

/// Keeps the new credential in the keychain, and reads it back. If that fails, the one of `before` is put back: what
/// timed out may still be saved, and changes to one entry wait for each other.
fn keep(keychain: &Keychain, key: &str, new: &Secret, before: &Secret) -> Result<(), Error> {
    let kept = keychain.save(key, new).map_err(Error::from).and_then(|()| {
        let kept = keychain.load(key)?;
        if is_same(kept, new) { Ok(()) } else { Err(RotationError::NotKept.into()) }
    });
    if kept.is_err() {
        let mut tries = (0..TRIES).map(|_| keychain.save(key, before));
        let put_back = tries.find(|it| *it != Err(KeychainError::Silent));
        if !matches!(put_back, Some(Ok(()))) {
            tracing::warn!("the keychain may not have the former credential");
        }
    }
    kept
}

fn is_same(kept: Option<Secret>, value: &Secret) -> bool {
    kept.and_then(|kept| ApiToken::parse(kept).ok()).is_some_and(|kept| kept.is_same(value))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, LazyLock};

    use keyring_core::{CredentialStore, Error as StoreError};

    use super::*;

    fn store() -> Arc<CredentialStore> {
        static STORE: LazyLock<Arc<CredentialStore>> =
            LazyLock::new(|| keyring_core::mock::Store::new().unwrap());
        Arc::clone(&STORE)
    }

    /// A keychain that fails once, when it is asked for the third time.
    fn fails_once() -> keyring_core::Result<Arc<CredentialStore>> {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        match ASKED.fetch_add(1, Ordering::SeqCst) {
            2 => Err(StoreError::NoDefaultStore),
            _ => Ok(store()),
        }
    }

    #[test]
    fn what_cannot_be_read_back_is_replaced_by_what_was_there() {
        let keychain = Keychain::of(fails_once);
        let [new, before] = ["entri_new", "entri_before"].map(|it| Secret::new(it.to_owned()));
        keychain.save("key", &before).unwrap();
        keep(&keychain, "key", &new, &before).unwrap_err();
        assert!(is_same(keychain.load("key").unwrap(), &before));
        keep(&keychain, "key", &new, &before).unwrap();
        assert!(is_same(keychain.load("key").unwrap(), &new));
    }
}
