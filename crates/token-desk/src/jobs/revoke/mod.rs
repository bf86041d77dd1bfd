//! Revokes a token: shows it first, reads it again, then deletes it.

mod guard;
mod left;
mod lists;
mod proof;
mod to_type;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{ProjectId, Token};
use token_audit::{Date, RevokeGrade, TokenFacts, labelled_production};

use crate::desk::Desk;
use crate::desk::edits::Edit;
use crate::desk::live::LiveConnection;
use crate::desk::status::NoAccess;
use crate::elapsed::Stopwatch;
use crate::error::{Error, RotationError};
use crate::jobs::browse::details::Details;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::storage::journal::{InHand, Intent};
use crate::system::threads::blocking;
use crate::text;

pub(crate) use guard::{Decided, Guard, Guarded, Looked, Reason, SHORT};
pub(crate) use left::Left;
pub use proof::Proof;
pub use to_type::ToType;

/// What the admin is shown before a token is revoked.
#[derive(Debug, Clone)]
pub struct RevokePreview {
    /// The token to be revoked.
    pub token: Details,
    /// How much confirmation is needed.
    pub grade: RevokeGrade,
    /// Whether it may be the token that the app signs in with: the server doesn't show which one
    /// that is.
    pub may_be_own: bool,
    /// Whether its name says that it is for production.
    pub production: bool,
    /// The text to type, if the grade requires it.
    pub to_type: ToType,
    /// The token as it is shown here; sent back with the confirmation.
    pub seen: Seen,
}

/// A token as the admin was shown it: enough to recognize it if its id is reused, and to see
/// whether it is in use. The list may change while the question is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The token's name, as the server gave it.
    pub name: String,
    /// When it was created; `Date::None` if the server doesn't say.
    pub created: Date,
    /// When it was last used; `Date::None` if no use is recorded.
    pub last_used: Date,
}

/// A revoke that the admin confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeRequest {
    /// The token to revoke.
    pub key: TokenKey,
    /// The token as it was shown for confirmation.
    pub seen: Seen,
    /// The typed text, if the grade requires it.
    pub typed: Option<String>,
}

/// The result of a revoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// The token's name, to say what was revoked.
    pub name: String,
    /// Whether this request revoked it.
    pub outcome: RevokeOutcome,
    /// Whether the server refuses its value now; `None` if it wasn't at hand, or no
    /// request of ours revoked the token.
    pub proof: Option<Proof>,
}

/// Whether the token was still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum RevokeOutcome {
    /// It was, and this request revoked it.
    Revoked,
    /// It was gone before this request.
    AlreadyGone,
}

impl Desk {
    /// What to show before the token is revoked.
    pub fn preview_revoke(
        &self,
        key: &TokenKey,
        now: DateTime<Utc>,
    ) -> Result<RevokePreview, Error> {
        let token = self.details(key, now).ok_or(Error::TokenGone)?;
        let (clocks, facts) = (self.clocks(now), self.facts(key, now)?);
        let grade = clocks.revoke_grade(key.connection, &facts, &token.name);
        let may_be_own = self.may_be_own(key.connection, token.preview.as_deref(), grade);
        let grade = if may_be_own { RevokeGrade::TypeName } else { grade };
        let (name, created, last_used) = (token.name.clone(), token.created, token.last_used);
        let to_type = ToType::of(&name, key);
        Ok(RevokePreview {
            grade,
            may_be_own,
            production: labelled_production(&name),
            to_type,
            seen: Seen { name, created, last_used },
            token,
        })
    }

    /// Revokes the token, unless it has changed since its preview was made.
    pub async fn revoke(
        &self,
        request: RevokeRequest,
        now: DateTime<Utc>,
    ) -> Result<Revoked, Error> {
        let (watch, connection) = (Stopwatch::start(), request.key.connection);
        if self.signs_in_with_new(&request.key) {
            return Err(RotationError::SignsIn.into());
        }
        let is_of_rotation = self.rotation_of(&request.key).is_some();
        let revoked = self.revoke_for(request, None, now).await?;
        if is_of_rotation {
            // Only a list that was asked for since shows that it is gone.
            let passed = TimeDelta::from_std(watch.elapsed()).unwrap_or_default();
            let desk = self.clone();
            tokio::spawn(async move { desk.sync_anew(connection, now + passed).await });
        }
        Ok(revoked)
    }

    /// Like [`Self::revoke`]. If its value was found where it shouldn't be, further uses are no reason to wait: the
    /// number is that of the incident in the journal.
    pub(crate) async fn revoke_for(
        &self,
        request: RevokeRequest,
        incident: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Revoked, Error> {
        let RevokeRequest { key, seen, typed } = request;
        let plan = self.preview_revoke(&key, now)?;
        let name = text::visible(&seen.name);
        let is_typed = || ToType::of(&seen.name, &key).is(typed.as_deref().unwrap_or_default());
        if plan.grade == RevokeGrade::TypeName && !is_typed() {
            return Err(Error::NameMismatch);
        }
        let (facts, project) = (self.facts(&key, now)?, self.project_of(&key)?);
        let value = self.inner.vault.value_of(&key);
        let mut guard = Guard::of(self, key.connection, [key.id.clone()].into()).await?;
        guard.part_of = incident;
        let decided = Decided {
            reason: if incident.is_some() { Reason::ValueFound } else { Reason::Decided },
            id: &key.id,
            project_id: project.as_ref().map(ProjectId::borrowed),
            name: &seen.name,
            created: seen.created,
            last_used: seen.last_used,
            revoked: facts.revoked,
            own: facts.own,
            may_be_own: plan.may_be_own,
            grade: plan.grade,
        };
        let (outcome, stage, begun) = match guard.revoke(&decided, now).await? {
            Guarded::Revoked(begun) => (RevokeOutcome::Revoked, Deed::Revoked, Some(begun)),
            Guarded::Gone => (RevokeOutcome::AlreadyGone, Deed::Gone, None),
            Guarded::Left(left, token) => {
                self.read(key.connection, project, token, now).await?;
                return Err(left.error(name, self.clocks(now).of(key.connection)).into());
            }
        };
        let LiveConnection { connection, epoch, client } = guard.live;
        if facts.own {
            self.signed_itself_out(epoch);
        }
        self.take_out(connection, key, stage, now).await?;
        let proof = proof::of(&client, value.zip(begun), now).await?;
        Ok(Revoked { name, outcome, proof })
    }

    /// Takes a token that is gone out of the list and the selection, and ends what is open about it.
    async fn take_out(
        &self,
        connection: Connection,
        key: TokenKey,
        stage: Deed,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.inner.vault.forget_former(|of| *of == key);
        let desk = self.clone();
        blocking(move || {
            desk.end_for(&connection, &[(&key.id, stage)], now);
            desk.settle_rotations(&connection, now);
            desk.settle_incidents(&connection, now);
            desk.edit(key.connection, [Edit::Gone(key.id.clone())], now);
            desk.select([key], false);
        })
        .await
    }

    /// The app's own token is gone, so that every further request would be refused.
    fn signed_itself_out(&self, epoch: u32) {
        if let Some(held) = self.state().in_epoch(epoch) {
            held.status.no_access = Some(NoAccess::Refused);
        }
        self.tell();
    }

    async fn begin_revoke(
        &self,
        live: &LiveConnection,
        token: &Token,
        part_of: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let (journals, live) = (Arc::clone(&self.inner.journals), live.clone());
        let token = token.clone();
        blocking(move || {
            let intent = Intent {
                act: Deed::Revoke,
                connection: &live.connection,
                project_id: token.project_id.as_ref().map(ProjectId::borrowed),
                name: &token.name,
                token_id: Some(&token.id),
                known: Vec::new(),
                part_of,
            };
            journals.begin_or_owe(&intent, now)
        })
        .await
    }

    /// Shows the record that was just read in place of the one that was confirmed.
    async fn read(
        &self,
        connection: ConnectionId,
        project_id: Option<ProjectId>,
        token: Box<Token>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.edit(connection, [Edit::Read { token, project_id }], now)).await
    }

    fn facts(&self, key: &TokenKey, now: DateTime<Utc>) -> Result<TokenFacts, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(key).ok_or(Error::TokenGone)?;
        Ok(list.facts(index, self.clocks(now).as_of(key.connection)))
    }

    fn project_of(&self, key: &TokenKey) -> Result<Option<ProjectId>, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(key).ok_or(Error::TokenGone)?;
        Ok(list.project(index).map(|project| project.id.clone()))
    }
}
