//! Revokes a token: shows it first, reads it again, then deletes it.

mod guard;
mod left;
mod lists;
mod to_type;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::Token;
use token_audit::{Date, RevokeGrade, TokenFacts};

use crate::desk::Desk;
use crate::desk::edits::Edit;
use crate::desk::live::InUse;
use crate::error::Error;
use crate::jobs::browse::details::Details;
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::storage::journal::{Act, InHand, Intent, Stage};
use crate::system::threads::blocking;
use crate::text;

pub(crate) use guard::{Decided, Guard, Guarded, Looked, SHORT};
pub(crate) use left::Left;
pub use to_type::ToType;

/// What the admin is shown before a token is revoked.
#[derive(Debug, Clone)]
pub struct RevokePlan {
    /// The token.
    pub token: Details,
    /// How much confirmation it takes.
    pub grade: RevokeGrade,
    /// Whether it may be the token that the app signs in with: the server does not show which one is.
    pub may_be_own: bool,
    /// The text to type, if the grade requires it.
    pub to_type: ToType,
    /// The state the plan is based on; sent back with the confirmation.
    pub seen: Seen,
}

/// What the admin was shown: enough to recognize the token if its id is reused, and whether it is in use. The
/// list may change while the question is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The token's name, as the server gave it.
    pub name: String,
    /// When it was created.
    pub created: Date,
    /// When it was last used.
    pub last_used: Date,
}

/// The confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeRequest {
    /// The token.
    pub key: TokenKey,
    /// What the plan was made with.
    pub seen: Seen,
    /// The typed text, if the grade requires it.
    pub typed: Option<String>,
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
        let (clocks, facts) = (self.clocks(now), self.facts(key, now)?);
        let grade = clocks.revoke_grade(key.connection, &facts, &token.name);
        let may_be_own = self.may_be_own(key.connection, token.preview.as_deref(), grade);
        let grade = if may_be_own { RevokeGrade::TypeName } else { grade };
        let (name, created, last_used) = (token.name.clone(), token.created, token.last_used);
        let to_type = ToType::of(&name, key);
        Ok(RevokePlan {
            grade,
            may_be_own,
            to_type,
            seen: Seen { name, created, last_used },
            token,
        })
    }

    /// Revokes the token, unless it has changed since the plan was made.
    pub async fn revoke(
        &self,
        request: RevokeRequest,
        now: DateTime<Utc>,
    ) -> Result<Revoked, Error> {
        let RevokeRequest { key, seen, typed } = request;
        let plan = self.plan_revoke(&key, now)?;
        let name = text::visible(&seen.name);
        let is_typed = || ToType::of(&seen.name, &key).is(typed.as_deref().unwrap_or_default());
        if plan.grade == RevokeGrade::TypeName && !is_typed() {
            return Err(Error::NameMismatch);
        }
        let (facts, project) = (self.facts(&key, now)?, self.project_of(&key)?);
        let mut guard = Guard::of(self, key.connection, [key.id.clone()].into()).await?;
        let decided = Decided {
            id: &key.id,
            project_id: project.as_deref(),
            name: &seen.name,
            created: seen.created,
            last_used: seen.last_used,
            revoked: facts.revoked,
            own: facts.own,
            may_be_own: plan.may_be_own,
            grade: plan.grade,
        };
        let (outcome, stage) = match guard.revoke(&decided, now).await? {
            Guarded::Revoked => (RevokeOutcome::Revoked, Stage::Revoked),
            Guarded::Gone => (RevokeOutcome::AlreadyGone, Stage::Gone),
            Guarded::Left(left, token) => {
                self.read(key.connection, project, token, now).await?;
                return Err(left.error(name, self.clocks(now).of(key.connection)));
            }
        };
        let (desk, connection) = (self.clone(), guard.in_use.connection);
        blocking(move || {
            desk.end_for(&connection, &[(&key.id, stage)], now);
            desk.edit(key.connection, [Edit::Gone(key.id.clone())], now);
            desk.select([key], false);
        })
        .await?;
        Ok(Revoked { name, outcome })
    }

    async fn begin_revoke(
        &self,
        in_use: &InUse,
        token: &Token,
        part_of: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
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
                part_of,
            };
            journals.begin_or_owe(&intent, now)
        })
        .await
    }

    /// Shows the record that was just read instead of the one the plan was made with.
    async fn read(
        &self,
        connection: ConnectionId,
        project_id: Option<String>,
        token: Box<Token>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.edit(connection, [Edit::Read { token, project_id }], now)).await
    }

    fn facts(&self, key: &TokenKey, now: DateTime<Utc>) -> Result<TokenFacts, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(key).ok_or(Error::TokenGone)?;
        Ok(list.facts(index, self.clocks(now).read(key.connection)))
    }

    fn project_of(&self, key: &TokenKey) -> Result<Option<String>, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(key).ok_or(Error::TokenGone)?;
        Ok(list.project(index).map(|project| project.id.clone()))
    }
}
