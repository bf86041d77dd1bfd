//! Creates a token: checks the form, sends the request once, and parks the value in the vault.

mod differs;
pub(crate) mod form;
mod like;
mod summary;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use differs::differences;
use entri_api::{CreatedToken, Error as ApiError, NewToken, ProjectId, Secret, TokenOwner};
pub use form::CreateCheck;
use token_audit::Date;

use crate::desk::Desk;
use crate::desk::edits::Edit;
use crate::desk::live::LiveConnection;
use crate::desk::vault::{Coming, Window};
use crate::error::{Error, Problem};
use crate::jobs::unresolved::is_of_its_time;
use crate::list::Inventory;
use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::notes::Notes;
use crate::model::time::dates::told;
use crate::model::time::moment::Moment;
use crate::model::token::TokenKey;
use crate::model::token::created::Created;
use crate::model::token::identity::Identity;
use crate::storage::journal::{InHand, Intent, Outset};
use crate::system::threads::blocking;

/// What is entered in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// The connection to create it in.
    pub connection: ConnectionId,
    /// The token's name, as typed.
    pub name: String,
    /// When it should expire.
    pub expiry: Expiry,
    /// The scopes: any text without spaces, since no full list is documented
    /// (docs/entri-api.md#scopes).
    pub scopes: Vec<String>,
    /// The project it should belong to; `None` for the organization.
    pub project_id: Option<ProjectId>,
    /// The notes to keep on this computer.
    pub notes: Notes,
}

/// When a token should expire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expiry {
    /// The token has no expiry date.
    Never,
    /// At the end of the UTC day that is so many days ahead.
    Days(u16),
    /// At the end of this UTC day, written as `2027-02-22`.
    Date(String),
}

/// What a create is a part of, by its number in the journal.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PartOf {
    Rotation(i64),
    Incident(i64),
}

/// A create whose request is in flight.
struct Begun<'a> {
    attempt: InHand,
    coming: Coming<'a>,
    /// The number of the rotation it is for.
    rotation: Option<i64>,
}

impl PartOf {
    fn number(self) -> i64 {
        let (Self::Rotation(number) | Self::Incident(number)) = self;
        number
    }
}

impl Desk {
    /// Creates the token. The request is sent once, whatever happens to its response.
    ///
    /// # Errors
    /// [`ApiError::OutcomeUnknown`] if it was sent and nobody knows whether the token exists.
    pub async fn create(
        &self,
        request: CreateRequest,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        self.create_for(request, None, now).await
    }

    /// Like [`Self::create`], as a part of something.
    pub(crate) async fn create_for(
        &self,
        request: CreateRequest,
        part_of: Option<PartOf>,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let coming = self.inner.vault.expect();
        let new = self.new_token(&request, now)?;
        let live = self.live(request.connection).await?;
        let owner = match request.project_id {
            Some(id) => TokenOwner::Project(id),
            None => TokenOwner::Organization(live.connection.organization_id.clone()),
        };
        let begun = self.begin_create(&live, &owner, (&new.name, part_of), now).await?;
        let rotation = match part_of {
            Some(PartOf::Rotation(number)) => Some(number),
            Some(PartOf::Incident(_)) | None => None,
        };
        match live.client.create_token(&owner, &new).await {
            Ok(created) => {
                let differs = differences(&new, &created.token);
                let begun = Begun { attempt: begun, coming, rotation };
                let made = self.made(begun, &live, owner, created, differs, now).await?;
                self.keep_notes(&made, &request.notes).await;
                Ok(made)
            }
            Err(ApiError::UnreadableCreate { body, .. }) => {
                self.keep_unread(Begun { attempt: begun, coming, rotation }, &live, new, body, now)
                    .await
            }
            Err(error) => {
                self.not_made(begun, &live, &error, now).await?;
                Err(self.refused(error, &live, now))
            }
        }
    }

    /// Entri's limits aren't documented: a server that has one may refuse with either status.
    fn refused(&self, error: ApiError, live: &LiveConnection, now: DateTime<Utc>) -> Error {
        let limit = matches!(error, ApiError::Invalid { status: 409 | 422, .. });
        let list = self.list_of(live.connection.id).ok().filter(|_| limit);
        let expired = |list: Arc<Inventory>| {
            list.records().any(|token| token.expires.at().is_some_and(|at| at <= now))
        };
        if list.is_some_and(expired) { Error::TooManyMaybe(error) } else { error.into() }
    }

    /// The token exists; the response is kept so that its value isn't lost.
    async fn keep_unread(
        &self,
        Begun { attempt, coming, rotation }: Begun<'_>,
        live: &LiveConnection,
        new: NewToken,
        body: Secret,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let begun = attempt.reached(Deed::Unreadable, now).await?;
        let (mask, NewToken { name, scopes, .. }) = (body.mask(), new);
        let made = self.inner.vault.park(&coming, body, begun, |handle| Created {
            handle,
            mask,
            key: None,
            name,
            expires: Date::Unreadable,
            scopes,
            differs: None,
            rotation,
        });
        self.parked(coming.window(), live).await?;
        Ok(made)
    }

    /// Records what came of the request. Where nobody knows whether the token exists, the lists are searched
    /// for it.
    async fn not_made(
        &self,
        begun: InHand,
        live: &LiveConnection,
        error: &ApiError,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let connection = live.connection.id;
        let stage = came_to(error);
        drop(begun.reached(stage, now).await?);
        match stage {
            Deed::Unclear => {
                self.show_journal(live.connection.clone()).await?;
                self.look_for_it(connection, now);
            }
            Deed::Denied => self.look_later(connection, now),
            _ => {}
        }
        Ok(())
    }

    /// Records the create. Nothing is sent before this is on disk.
    async fn begin_create(
        &self,
        live: &LiveConnection,
        owner: &TokenOwner,
        (name, part_of): (&str, Option<PartOf>),
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let list = self.list_of(live.connection.id)?;
        let skew = live.client.clock_skew();
        let (journals, connection) = (Arc::clone(&self.inner.journals), live.connection.clone());
        let (project_id, name) = (project_id(owner).cloned(), name.to_owned());
        blocking(move || {
            // Existing tokens that could later be mistaken for it.
            let there = list.records().filter(|token| {
                let here = token.project_id == project_id.as_ref().map(ProjectId::borrowed);
                let dated = here && token.created.at().is_some();
                let skew = skew.unwrap_or_default();
                token.name == name || dated && is_of_its_time(token.created, now, skew)
            });
            let intent = Intent {
                act: Deed::Create,
                connection: &connection,
                project_id: project_id.as_ref().map(ProjectId::borrowed),
                name: &name,
                token_id: None,
                known: there.map(|token| token.id.0.to_owned()).collect(),
                part_of: part_of.map(PartOf::number),
            };
            let begun = journals.begin(&intent, now)?;
            begun.tried(Outset::of(
                Moment::now(now, skew),
                &list,
                project_id.as_ref().map(ProjectId::borrowed),
            ));
            Ok(begun)
        })
        .await?
    }

    async fn made(
        &self,
        Begun { attempt, coming, rotation }: Begun<'_>,
        live: &LiveConnection,
        owner: TokenOwner,
        CreatedToken { token, secret }: CreatedToken,
        differs: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let attempt = attempt.made(&token.id, now).await?;
        let (mask, id, window) = (secret.mask(), live.connection.id, coming.window());
        let key = TokenKey { connection: id, id: token.id.clone() };
        let identity = Identity { name: token.name.clone(), created: told(token.created_at) };
        self.fingerprint(&live.connection, (key.clone(), identity), secret.clone(), true);
        let shown = self.inner.vault.park(&coming, secret, attempt, |handle| Created {
            handle,
            mask,
            key: Some(key),
            name: token.name.clone(),
            expires: told(token.expires_at),
            scopes: token.scopes.clone(),
            differs,
            rotation,
        });
        let desk = self.clone();
        let project_id = project_id(&owner).cloned();
        // It is shown at once; the next list brings the server's fuller record of it.
        let edit = Edit::Read { token: Box::new(token), project_id };
        blocking(move || desk.edit(id, [edit], now)).await?;
        self.parked(window, live).await?;
        Ok(shown)
    }

    /// Reports that a value was parked. If it was wiped because its window is closed, the app asks
    /// about the token, as about any whose window was closed.
    async fn parked(&self, window: Window, live: &LiveConnection) -> Result<(), Error> {
        if self.inner.vault.is_closed(window) {
            return self.show_journal(live.connection.clone()).await;
        }
        self.tell();
        Ok(())
    }

    /// Stores the notes. If that fails, it is only reported: the token exists, and its value comes
    /// first.
    async fn keep_notes(&self, made: &Created, notes: &Notes) {
        if let Some(key) = made.key.clone().filter(|_| *notes != Notes::default())
            && let Err(error) = self.write_notes(key, notes).await
        {
            self.state().note(Problem::from(&error));
        }
    }
}

fn project_id(owner: &TokenOwner) -> Option<&ProjectId> {
    match owner {
        TokenOwner::Project(id) => Some(id),
        TokenOwner::Organization(_) => None,
    }
}

/// The outcome of a create without a token. Only a request that never reached the server certainly created
/// nothing; even a redirect or an unexpected response proves nothing.
fn came_to(error: &ApiError) -> Deed {
    match error {
        ApiError::Unreachable { .. }
        | ApiError::Tls { .. }
        | ApiError::ForeignSession { .. }
        | ApiError::Setup(_) => Deed::Refused,
        ApiError::Unauthorized { .. }
        | ApiError::ApiTokenWanted { .. }
        | ApiError::Forbidden { .. }
        | ApiError::NotFound { .. }
        | ApiError::Invalid { .. }
        | ApiError::RateLimited { .. }
        | ApiError::OriginRefused { .. } => Deed::Denied,
        _ => Deed::Unclear,
    }
}
