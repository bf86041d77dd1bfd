//! Connecting to a server, and leaving it again.

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, BaseUrl, Client, Error as ApiError, Secret, TokenOwner};

use crate::connection::{Connection, CredentialStorage};
use crate::desk::{Desk, Session, blocking};
use crate::error::{Error, Problem};
use crate::inventory::{Inventory, Search};
use crate::sync::{Phase, Status};

/// What the admin typed.
pub struct ConnectRequest {
    /// The server's address.
    pub address: String,
    /// The API token to use.
    pub api_token: Secret,
    /// The organization's id, where the server does not say it.
    pub organization_id: Option<String>,
}

/// Whether a connection outlives the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    /// The credential goes to the keychain and the list to the disk.
    Remember,
    /// Nothing is kept: the embedded sandbox.
    Sandbox,
}

impl Desk {
    /// Connects once the server has shown that the credential may read the organization's tokens.
    /// The list itself is loaded by the sync that should follow.
    ///
    /// Until then the connection before stays in use. Without a keychain the credential is kept in
    /// memory only.
    pub async fn connect(
        &self,
        request: ConnectRequest,
        persistence: Persistence,
        now: DateTime<Utc>,
    ) -> Result<Connection, Error> {
        let base_url = BaseUrl::parse(&request.address)?;
        let kept = Secret::new(request.api_token.expose().to_owned());
        let client = Client::new(base_url.clone(), ApiToken::parse(request.api_token)?)?;
        let typed = request.organization_id.filter(|id| !id.trim().is_empty());
        let (organization_id, organization_name) = organization(&client, typed).await?;
        let mut connection = Connection {
            base_url,
            organization_id,
            organization_name,
            storage: CredentialStorage::Session,
            sandbox: persistence == Persistence::Sandbox,
        };
        let mut problems = Vec::new();
        if persistence == Persistence::Remember {
            let desk = self.clone();
            (connection, problems) = blocking(move || desk.remember(connection, &kept)).await?;
        }
        self.begin_session(Some(connection.clone()), Some(client), now);
        self.set_status(|status| status.problems.extend(problems));
        Ok(connection)
    }

    /// Leaves the server: the credential goes from the keychain, the list from the disk.
    ///
    /// The API token itself stays valid on the server.
    pub async fn disconnect(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let left = self.connection().filter(|connection| !connection.sandbox);
        if let Some(connection) = left {
            let desk = self.clone();
            blocking(move || desk.forget(&connection)).await??;
        }
        self.begin_session(None, None, now);
        Ok(())
    }

    fn begin_session(
        &self,
        connection: Option<Connection>,
        client: Option<Client>,
        now: DateTime<Utc>,
    ) {
        let empty = Search::new(Inventory::default(), &self.inner.policy, now);
        let change = |status: &mut Status| {
            // A load that goes on belongs to the connection before.
            status.phase = Phase::Idle;
            status.problems.clear();
            status.credential_missing = false;
        };
        let status = {
            let mut session = self.session();
            let same = same_list(session.connection.as_ref(), connection.as_ref());
            *session = Session { number: session.number.wrapping_add(1), connection, client };
            if same {
                // The credential was given again: the last-known list is still the right one.
                self.change_status(change)
            } else {
                self.replace_list(empty, |status| {
                    status.synced_at = None;
                    status.complete = true;
                    change(status);
                })
            }
        };
        self.tell(status);
    }

    fn remember(&self, mut connection: Connection, secret: &Secret) -> (Connection, Vec<Problem>) {
        let mut problems = Vec::new();
        match self.inner.keychain.save(&connection.keychain_key(), secret) {
            Ok(()) => connection.storage = CredentialStorage::Keychain,
            Err(error) => tracing::warn!(%error, "the credential is kept for this session only"),
        }
        let before = self.inner.store.connection().ok().flatten().map(|it| it.connection);
        let before = before.filter(|before| !same_list(Some(before), Some(&connection)));
        if let Some(before) = before.filter(|it| it.storage == CredentialStorage::Keychain)
            && let Err(error) = self.inner.keychain.remove(&before.keychain_key())
        {
            problems.push(Problem::from(&Error::from(error)));
        }
        if let Err(error) = self.inner.store.remember(&connection) {
            problems.push(Problem::from(&Error::from(error)));
        }
        (connection, problems)
    }

    fn forget(&self, connection: &Connection) -> Result<(), Error> {
        if connection.storage == CredentialStorage::Keychain {
            self.inner.keychain.remove(&connection.keychain_key())?;
        }
        Ok(self.inner.store.forget()?)
    }
}

/// The same server and organization: the same list.
fn same_list(a: Option<&Connection>, b: Option<&Connection>) -> bool {
    a.zip(b).is_some_and(|(a, b)| {
        a.base_url == b.base_url && a.organization_id == b.organization_id && a.sandbox == b.sandbox
    })
}

/// Which organization the key belongs to, and that it may read its tokens (contract §2, §4).
async fn organization(client: &Client, typed: Option<String>) -> Result<(String, String), Error> {
    let (id, name) = match (client.current_organization().await, typed) {
        (Ok(organization), _) => (organization.id, organization.name),
        (Err(ApiError::NotFound { .. }), Some(id)) => (id.clone(), id),
        (Err(ApiError::NotFound { .. }), None) => {
            return Err(Error::OrganizationNeeded { host: client.base_url().host().to_owned() });
        }
        (Err(error), _) => return Err(error.into()),
    };
    let owner = TokenOwner::Organization(id.clone());
    match client.tokens(&owner).next().await {
        Ok(_) => Ok((id, name)),
        Err(ApiError::Unauthorized { .. } | ApiError::Forbidden { .. }) => Err(Error::CannotManage),
        Err(error) => Err(error.into()),
    }
}
