//! The end of every way in: which organization, whether its tokens may be managed, and the
//! connection that comes of it.

use chrono::{DateTime, Utc};
use entri_api::{
    Client, Credential, CredentialKind, Error as ApiError, OrganizationId, TokenOwner, User,
};
use token_audit::Policy;

use super::Attempt;
use super::organization::{Found, organization};
use crate::desk::Desk;
use crate::desk::status::Shown;
use crate::error::Error;
use crate::model::connection::sign_in::{Persistence, Step};
use crate::model::connection::{Appearance, Connection, CredentialStorage, Environment, Method};
use crate::system::threads::blocking;

impl Desk {
    pub(super) async fn enter(
        &self,
        attempt: Attempt,
        credential: impl Into<Credential>,
        user: Option<User>,
        now: DateTime<Utc>,
    ) -> Result<Step, Error> {
        let credential = credential.into();
        let client = Client::new(attempt.base_url.clone(), credential.clone())?;
        let user = match user {
            None => client.session_info().await.ok().flatten().and_then(|info| info.user),
            user => user,
        };
        let typed = attempt.organization_id.clone();
        let (id, name) = match organization(&client, typed).await? {
            Found::Organization { id, name } => (id, name),
            Found::Choice(choices) => {
                let attempts = &self.inner.attempts;
                return Ok(attempts.wait_for_organization(attempt, credential, user, choices));
            }
        };
        may_manage(&client, credential.kind(), &id).await?;
        let role = role(&client, user.as_ref()).await;
        // Of two ways in at the same time the second one sees the connection of the first.
        let _alone = self.inner.changing.lock().await;
        let mut connection = self.connection_to(&attempt, id, name);
        connection.method = match credential.kind() {
            CredentialKind::ApiToken => Method::ApiToken,
            CredentialKind::Session => Method::Session,
        };
        connection.user = user.map(|user| user.email.unwrap_or(user.name));
        connection.role = role;
        // The server may have renewed the session by now.
        let kept = client.session().map_or(credential, Credential::from);
        let mut unwritten = false;
        if attempt.persistence == Persistence::Remember {
            let desk = self.clone();
            (connection, unwritten) = blocking(move || desk.remember(connection, &kept)).await?;
        }
        self.begin_session(connection.clone(), client, unwritten, now).await?;
        Ok(Step::Connected(connection))
    }

    /// The connection that is there already, or a new one.
    fn connection_to(&self, attempt: &Attempt, id: OrganizationId, name: String) -> Connection {
        let state = self.state();
        let new = Connection {
            id: state.next_id(),
            base_url: attempt.base_url.clone(),
            organization_id: id,
            appearance: Appearance {
                label: name.clone(),
                environment: Environment::Production,
                color: u8::try_from(state.connections.len() % usize::from(Appearance::COLORS))
                    .unwrap_or(0),
            },
            organization_name: name,
            method: Method::ApiToken,
            user: None,
            role: None,
            storage: CredentialStorage::Memory,
            sandbox: attempt.persistence == Persistence::Sandbox,
            policy: Policy::default(),
        };
        let known = state.connections.iter().find(|held| held.connection.same_source(&new));
        known.map_or(new.clone(), |held| Connection {
            id: held.connection.id,
            appearance: held.connection.appearance.clone(),
            policy: held.connection.policy,
            ..new
        })
    }

    /// Without a keychain the credential lasts as long as the process. What can't be written to disk is
    /// written by the next load of the list; also returns whether that is so.
    fn remember(&self, mut connection: Connection, credential: &Credential) -> (Connection, bool) {
        match self.inner.keychain.save(&connection.keychain_key(), &credential.to_secret()) {
            Ok(()) => connection.storage = CredentialStorage::Keychain,
            Err(error) => tracing::warn!(%error, "the credential is kept for this session only"),
        }
        let written = self.inner.store.remember(&connection);
        let written = written.inspect_err(|error| tracing::warn!(%error, "not remembered yet"));
        (connection, written.is_err())
    }

    /// Writes a connection down that the disk did not take at first; whether there was one.
    pub(crate) fn remember_again(&self, epoch: u32) -> Result<bool, Error> {
        let unwritten = || {
            let mut state = self.state();
            let held = state.in_epoch(epoch).filter(|held| held.unwritten)?;
            Some(held.connection.clone())
        };
        if unwritten().is_none() {
            return Ok(false);
        }
        // A connection that is removed at this moment stays removed.
        let _alone = self.inner.changing.blocking_lock();
        let Some(connection) = unwritten() else { return Ok(false) };
        self.inner.store.remember(&connection)?;
        if let Some(held) = self.state().in_epoch(epoch) {
            held.unwritten = false;
        }
        Ok(true)
    }

    async fn begin_session(
        &self,
        connection: Connection,
        client: Client,
        unwritten: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let id = connection.id;
        let (epoch, shown) = {
            let mut state = self.state();
            // After signing in again while all connections are shown, all of them stay shown.
            let among_all = state.shown == Shown::All && state.connection(connection.id).is_some();
            let shown = if among_all { Shown::All } else { Shown::One(connection.id) };
            let epoch = state.connect(connection, client.clone());
            if let Some(held) = state.connection_mut(id) {
                held.unwritten = unwritten;
            }
            (epoch, shown)
        };
        self.keep_renewed(epoch, &client);
        self.show(shown, now).await
    }
}

/// Checks that the credential can read the token list. An API token that can use the API but not
/// this isn't invalid (docs/entri-api.md#credentials).
pub(super) async fn may_manage(
    client: &Client,
    kind: CredentialKind,
    id: &OrganizationId,
) -> Result<(), Error> {
    match client.tokens(&TokenOwner::Organization(id.clone())).next().await {
        Ok(_) => Ok(()),
        Err(error) => Err(match (error, kind) {
            (
                ApiError::Unauthorized { .. } | ApiError::Forbidden { .. },
                CredentialKind::ApiToken,
            ) => Error::CannotManage,
            (ApiError::Forbidden { .. }, CredentialKind::Session) => Error::RoleTooLow,
            (error, _) => error.into(),
        }),
    }
}

/// The user's role, if the list of members shows it. Some roles can't read that list
/// (docs/entri-api.md#members).
async fn role(client: &Client, user: Option<&User>) -> Option<String> {
    let user = user?;
    let members = client.members().collect_all().await.ok()?;
    let same = |member: &&entri_api::Member| {
        member.id == user.id || (user.email.is_some() && member.email == user.email)
    };
    let member = members.items.iter().find(same)?;
    Some(member.role.as_ref()?.text().to_owned())
}
