//! Revoking a token: shown first, read again, then deleted.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::{Client, Error as ApiError, Incomplete, Presence, Revocation, Token, TokenOwner};
use token_audit::{Date, RevokeGrade, TokenFacts};

use crate::connection::ConnectionId;
use crate::dates::{Stamp, told};
use crate::desk::{Desk, InUse, blocking};
use crate::details::Details;
use crate::edits::Edit;
use crate::error::Error;
use crate::inventory::TokenKey;
use crate::journal::{Act, InHand, Intent, Stage};
use crate::{text, when};

/// What the admin is shown before a token is revoked.
#[derive(Debug, Clone)]
pub struct RevokePlan {
    /// The token.
    pub token: Details,
    /// How much confirmation it takes.
    pub grade: RevokeGrade,
    /// The last use the plan was made with; sent back with the confirmation.
    pub seen: Date,
}

/// The confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeRequest {
    /// The token.
    pub key: TokenKey,
    /// The last use the plan was made with.
    pub seen: Date,
    /// The name as typed, where the grade asks for it.
    pub typed_name: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// The token's name.
    pub name: String,
    /// Whether this request ended it.
    pub outcome: RevokeOutcome,
}

/// Whether the token was still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeOutcome {
    /// It was, and is revoked now.
    Revoked,
    /// It was gone already.
    AlreadyGone,
}

impl Desk {
    /// What to show before the token is revoked.
    pub fn plan_revoke(&self, key: &TokenKey, now: DateTime<Utc>) -> Result<RevokePlan, Error> {
        let token = self.details(key, now).ok_or(Error::TokenGone)?;
        let facts = self.facts(key)?;
        let grade = self.clocks(now).revoke_grade(key.connection, &facts, &token.name);
        Ok(RevokePlan { grade, seen: token.last_used, token })
    }

    /// Revokes the token, unless it was used since the plan was made. Of the app's own token that
    /// says nothing: looking again is itself a use of it.
    pub async fn revoke(
        &self,
        request: RevokeRequest,
        now: DateTime<Utc>,
    ) -> Result<Revoked, Error> {
        let RevokeRequest { key, seen, typed_name } = request;
        let plan = self.plan_revoke(&key, now)?;
        let name = text::visible(&plan.token.name);
        if plan.grade == RevokeGrade::TypeName && typed_name.as_deref() != Some(&*name) {
            return Err(Error::NameMismatch);
        }
        let own = self.facts(&key)?.own;
        let in_use = self.in_use(key.connection).await?;
        in_use.in_its_organization().await?;
        let owner = self.owner(&key, &in_use.connection.organization_id)?;
        let fresh = present(in_use.client.find_token(&owner, &key.id).await?, &key.id)?;
        let outcome = match fresh {
            None => RevokeOutcome::AlreadyGone,
            Some(token) if !own && was_used(seen, told(token.last_used_at)) => {
                let at = self.clocks(now).of(key.connection);
                let used = told(token.last_used_at);
                self.read(key.connection, &owner, token, now).await?;
                return Err(match used {
                    Date::At(used) => Error::UsedSince { name, when: when::relative(used, at) },
                    Date::None => Error::UsedSince { name, when: String::new() },
                    Date::Unreadable => Error::UseNotCompared { name },
                });
            }
            Some(token) if self.grade_again(key.connection, &token, own, now) > plan.grade => {
                self.read(key.connection, &owner, token, now).await?;
                return Err(Error::ChangedSince { name });
            }
            Some(token) => self.delete(&in_use, &owner, &token, now).await?,
        };
        let desk = self.clone();
        blocking(move || {
            desk.end_for(&in_use.connection, &key.id, now);
            desk.edit(key.connection, [Edit::Gone(key.id.clone())], now);
            desk.select([key], false);
        })
        .await?;
        Ok(Revoked { name, outcome })
    }

    /// Written down before it is tried and after; where that fails the token is revoked all the same,
    /// since one that should not exist is the worse thing.
    pub(crate) async fn delete(
        &self,
        in_use: &InUse,
        owner: &TokenOwner,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<RevokeOutcome, Error> {
        let begun = self.begin_revoke(in_use, token, now).await?;
        let outcome = revoke_once(&in_use.client, owner, &token.id).await;
        let stage = match &outcome {
            Ok(RevokeOutcome::Revoked) => Stage::Revoked,
            Ok(RevokeOutcome::AlreadyGone) => Stage::Gone,
            Err(Error::Api(ApiError::OutcomeUnknown { .. }) | Error::PresenceUnknown { .. }) => {
                Stage::Unclear
            }
            Err(_) => Stage::Refused,
        };
        if let Some(begun) = begun {
            begun.reached(stage, now).await?;
        }
        outcome
    }

    async fn begin_revoke(
        &self,
        in_use: &InUse,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<InHand>, Error> {
        let (journals, in_use) = (Arc::clone(&self.inner.journals), in_use.clone());
        let token = token.clone();
        blocking(move || {
            let intent = Intent {
                act: Act::Revoke,
                connection: &in_use.connection,
                project_id: token.project_id.as_deref(),
                name: &token.name,
                token_id: Some(&token.id),
                known: Vec::new(),
            };
            let begun = journals.begin(&intent, now);
            begun.inspect_err(|error| tracing::warn!(%error, "a revoke is not in the journal")).ok()
        })
        .await
    }

    /// Shows the record that was just read in place of the one the plan was made with.
    async fn read(
        &self,
        connection: ConnectionId,
        owner: &TokenOwner,
        token: Token,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        let edit = Edit::Read { token: Box::new(token), project_id: project_of(owner) };
        blocking(move || desk.edit(connection, [edit], now)).await
    }

    /// What revoking takes by the record that was just read.
    fn grade_again(
        &self,
        connection: ConnectionId,
        fresh: &Token,
        own: bool,
        now: DateTime<Utc>,
    ) -> RevokeGrade {
        let facts = TokenFacts {
            created: told(fresh.created_at),
            expires: told(fresh.expires_at),
            last_used: told(fresh.last_used_at),
            last_used_reported: fresh.last_used_reported,
            revoked: fresh.revoked,
            own,
        };
        self.clocks(now).revoke_grade(connection, &facts, &fresh.name)
    }

    fn facts(&self, key: &TokenKey) -> Result<TokenFacts, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(key).ok_or(Error::TokenGone)?;
        Ok(list.facts(index))
    }

    fn owner(&self, key: &TokenKey, organization_id: &str) -> Result<TokenOwner, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(key).ok_or(Error::TokenGone)?;
        Ok(match list.project(index) {
            Some(project) => TokenOwner::Project(project.id.clone()),
            None => TokenOwner::Organization(organization_id.to_owned()),
        })
    }
}

/// Sends the DELETE. Where the server has no such token, only a list that was read whole says that it
/// is gone (contract §5); where that list cannot be had, nobody knows.
async fn revoke_once(
    client: &Client,
    owner: &TokenOwner,
    id: &str,
) -> Result<RevokeOutcome, Error> {
    if client.revoke_token(owner, id).await? == Revocation::Revoked {
        return Ok(RevokeOutcome::Revoked);
    }
    let host = || client.base_url().host().to_owned();
    match client.find_token(owner, id).await {
        Ok(Presence::Absent(_)) => Ok(RevokeOutcome::AlreadyGone),
        Ok(Presence::Present(token)) if token.revoked => Ok(RevokeOutcome::AlreadyGone),
        Ok(Presence::Present(_)) => Err(Error::NotRevoked { host: host() }),
        Ok(Presence::Unknown(reason)) => Err(Error::PresenceUnknown { reason }),
        Err(error) => {
            tracing::debug!(%error, "the list to compare a 404 with could not be read");
            let reason = "HTTP 404, and the list cannot be read".to_owned();
            Err(ApiError::OutcomeUnknown { act: "revoke the token", host: host(), reason }.into())
        }
    }
}

/// The token; `None` where it is proven to be gone.
///
/// # Errors
/// [`Error::PresenceUnknown`] where nobody can tell, [`Error::DuplicateId`] where several have the id.
pub(crate) fn present(presence: Presence, id: &str) -> Result<Option<Token>, Error> {
    match presence {
        Presence::Present(token) => Ok(Some(*token)),
        Presence::Absent(_) => Ok(None),
        Presence::Unknown(Incomplete::RepeatedId) => Err(Error::DuplicateId { id: id.to_owned() }),
        Presence::Unknown(reason) => Err(Error::PresenceUnknown { reason }),
    }
}

fn project_of(owner: &TokenOwner) -> Option<String> {
    match owner {
        TokenOwner::Project(id) => Some(id.clone()),
        TokenOwner::Organization(_) => None,
    }
}

/// Whether a last use is another one than was seen before, in whole seconds: all that a list keeps. One
/// that cannot be read may be; where neither can, whoever confirmed it was told so.
pub(crate) fn was_used(seen: Date, used: Date) -> bool {
    Stamp::from(seen) != Stamp::from(used)
}
