//! Creates a token: checks the form, sends the request once, and parks the value in the vault.

mod differs;
pub(crate) mod form;
mod like;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use differs::differences;
use entri_api::{CreatedToken, Error as ApiError, NewToken, TokenOwner};
pub use form::CreateCheck;
use token_audit::Date;

use crate::desk::Desk;
use crate::desk::edits::Edit;
use crate::desk::live::InUse;
use crate::desk::vault::Window;
use crate::error::{Error, Problem};
use crate::jobs::unresolved::is_of_its_time;
use crate::model::connection::ConnectionId;
use crate::model::notes::Notes;
use crate::model::time::dates::told;
use crate::model::token::TokenKey;
use crate::model::token::created::Created;
use crate::storage::journal::{Act, InHand, Intent, Moment, Outset, Stage};
use crate::system::threads::blocking;

/// What the form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// The connection to create it in.
    pub connection: ConnectionId,
    /// The token's name.
    pub name: String,
    /// When it should expire.
    pub expiry: Expiry,
    /// Its scopes; any text without spaces, since no full list is documented (docs/entri-api.md#tokens).
    pub scopes: Vec<String>,
    /// The project it should belong to; `None` for the organization.
    pub project_id: Option<String>,
    /// The notes to keep on this computer.
    pub notes: Notes,
}

/// When a token should expire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expiry {
    /// Never.
    Never,
    /// At the end of the UTC day that many days ahead.
    Days(u16),
    /// At the end of this UTC day, written as `2027-02-22`.
    Date(String),
}

/// A create that is in flight.
struct Begun {
    attempt: InHand,
    /// Where its value is waited for.
    window: Window,
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
        let window = self.inner.vault.window();
        let check = self.check_create(&request, now);
        if let Some(error) = check.error() {
            return Err(Error::Form(error.to_owned()));
        }
        let in_use = self.in_use(request.connection).await?;
        let owner = match request.project_id {
            Some(id) => TokenOwner::Project(id),
            None => TokenOwner::Organization(in_use.connection.organization_id.clone()),
        };
        let new = NewToken {
            name: request.name.trim().to_owned(),
            scopes: request.scopes,
            expires_at: check.expires,
        };
        let begun = self.begin_create(&in_use, &owner, &new.name, now).await?;
        match in_use.client.create_token(&owner, &new).await {
            Ok(created) => {
                let differs = differences(&new, &created.token);
                let begun = Begun { attempt: begun, window };
                let made = self.made(begun, &in_use, owner, created, differs, now).await?;
                self.keep_notes(&made, &request.notes).await;
                Ok(made)
            }
            // The token exists; the response is kept so that its value isn't lost.
            Err(ApiError::UnreadableCreate { body, .. }) => {
                let begun = begun.reached(Stage::Unreadable, now).await?;
                let (mask, NewToken { name, scopes, .. }) = (body.mask(), new);
                let made = self.inner.vault.park(window, body, begun, |handle| Created {
                    handle,
                    mask,
                    key: None,
                    name,
                    expires: Date::Unreadable,
                    scopes,
                    differs: None,
                });
                self.parked(window, &in_use).await?;
                Ok(made)
            }
            Err(error) => {
                let stage = came_to(&error);
                drop(begun.reached(stage, now).await?);
                match stage {
                    Stage::Unclear => {
                        self.show_journal(in_use.connection).await?;
                        self.look_for_it(request.connection, now);
                    }
                    Stage::Denied => self.look_later(request.connection, now),
                    _ => {}
                }
                Err(error.into())
            }
        }
    }

    /// Nothing is sent before this is on disk.
    async fn begin_create(
        &self,
        in_use: &InUse,
        owner: &TokenOwner,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let list = self.list_of(in_use.connection.id)?;
        let skew = in_use.client.clock_skew();
        let (journals, connection) = (Arc::clone(&self.inner.journals), in_use.connection.clone());
        let (project_id, name) = (project_id(owner).map(str::to_owned), name.to_owned());
        blocking(move || {
            // Existing tokens that could later be mistaken for it.
            let there = list.records().filter(|token| {
                let here = token.project_id == project_id.as_deref();
                let dated = here && token.created.at().is_some();
                let skew = skew.unwrap_or_default();
                token.name == name || dated && is_of_its_time(token.created, now, skew)
            });
            let intent = Intent {
                act: Act::Create,
                connection: &connection,
                project_id: project_id.as_deref(),
                name: &name,
                token_id: None,
                known: there.map(|token| token.id.to_owned()).collect(),
                part_of: None,
            };
            let begun = journals.begin(&intent, now)?;
            begun.tried(Outset::of(Moment::now(now, skew), &list, project_id.as_deref()));
            Ok(begun)
        })
        .await?
    }

    async fn made(
        &self,
        Begun { attempt, window }: Begun,
        in_use: &InUse,
        owner: TokenOwner,
        CreatedToken { token, secret }: CreatedToken,
        differs: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let attempt = attempt.made(&token.id, now).await?;
        let (mask, id) = (secret.mask(), in_use.connection.id);
        let shown = self.inner.vault.park(window, secret, attempt, |handle| Created {
            handle,
            mask,
            key: Some(TokenKey { connection: id, id: token.id.clone() }),
            name: token.name.clone(),
            expires: told(token.expires_at),
            scopes: token.scopes.clone(),
            differs,
        });
        let desk = self.clone();
        let project_id = project_id(&owner).map(str::to_owned);
        // It is shown at once; the next list brings the server's fuller record of it.
        let edit = Edit::Read { token: Box::new(token), project_id };
        blocking(move || desk.edit(id, [edit], now)).await?;
        self.parked(window, in_use).await?;
        Ok(shown)
    }

    /// A value was parked, or wiped if its window is closed: then the app asks about the token, as for any
    /// token whose window was closed.
    async fn parked(&self, window: Window, in_use: &InUse) -> Result<(), Error> {
        if window == self.inner.vault.window() {
            self.tell();
            return Ok(());
        }
        self.show_journal(in_use.connection.clone()).await
    }

    /// The token exists whether or not they can be kept: its value comes first.
    async fn keep_notes(&self, made: &Created, notes: &Notes) {
        if let Some(key) = made.key.clone().filter(|_| *notes != Notes::default())
            && let Err(error) = self.write_notes(key, notes).await
        {
            self.state().note(Problem::from(&error));
        }
    }
}

fn project_id(owner: &TokenOwner) -> Option<&str> {
    match owner {
        TokenOwner::Project(id) => Some(id),
        TokenOwner::Organization(_) => None,
    }
}

/// The outcome of a create without a token. Only a request that never reached the server certainly created
/// nothing; even a redirect or an unexpected response proves nothing.
fn came_to(error: &ApiError) -> Stage {
    match error {
        ApiError::Unreachable { .. }
        | ApiError::Tls { .. }
        | ApiError::ForeignSession { .. }
        | ApiError::Setup(_) => Stage::Refused,
        ApiError::Unauthorized { .. }
        | ApiError::ApiTokenWanted { .. }
        | ApiError::Forbidden { .. }
        | ApiError::NotFound { .. }
        | ApiError::Invalid { .. }
        | ApiError::RateLimited { .. }
        | ApiError::OriginRefused { .. } => Stage::Denied,
        _ => Stage::Unclear,
    }
}
