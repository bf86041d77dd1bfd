//! The only way to revoke a token: read it again, compare it with what was confirmed, and delete it. If the
//! server says that it has no such token, search for it.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_api::{Client, Error as ApiError, Incomplete, Presence, Revocation, Token, TokenOwner};
use token_audit::{Date, RevokeGrade, TokenFacts};

use super::Left;
use super::lists::Lists;
use crate::desk::Desk;
use crate::desk::live::InUse;
use crate::error::Error;
use crate::model::connection::ConnectionId;
use crate::model::gaps::{Gap, Why};
use crate::model::time::dates::{Stamp, told};
use crate::model::token::identity::{Identity, Likeness};
use crate::storage::journal::Stage;

/// How long to wait if a server asks to wait and doesn't say how long.
pub(crate) const SHORT: Duration = Duration::from_secs(1);

/// A token as it was when its revoke was confirmed.
pub(crate) struct Decided<'a> {
    pub id: &'a str,
    /// The id of its project; `None` for the organization's own.
    pub project_id: Option<&'a str>,
    pub name: &'a str,
    pub created: Date,
    pub last_used: Date,
    /// Whether the server listed it as revoked.
    pub revoked: bool,
    /// Whether it was known to be the app's own.
    pub own: bool,
    /// Whether it was said that it may be.
    pub may_be_own: bool,
    /// How much confirmation was given.
    pub grade: RevokeGrade,
}

/// What came of a token.
pub(crate) enum Guarded {
    /// A DELETE of ours was answered.
    Revoked,
    /// It was gone before.
    Gone,
    /// No DELETE was sent, for this reason. This is the token's current record.
    Left(Left, Box<Token>),
}

/// What the last look at a token says.
pub(crate) enum Looked {
    /// Nothing speaks against revoking it. This is its current record.
    Clear(Box<Token>),
    /// There is nothing to send.
    Ended(Guarded),
}

/// Revokes tokens of one connection, as long as its sign-in stays the same.
pub(crate) struct Guard<'a> {
    desk: &'a Desk,
    pub in_use: InUse,
    /// The bulk revoke that this is for, by its number in the journal.
    pub bulk: Option<i64>,
    lists: Lists,
}

impl<'a> Guard<'a> {
    /// For the tokens with these ids.
    ///
    /// # Errors
    /// [`Error::OtherOrganization`] where the session was switched; what [`Desk::in_use`] gives.
    pub async fn of(
        desk: &'a Desk,
        connection: ConnectionId,
        ids: HashSet<String>,
    ) -> Result<Self, Error> {
        let (in_use, lists) = (desk.in_use(connection).await?, Lists::new(ids));
        let guard = Self { desk, in_use, bulk: None, lists };
        guard.in_use.in_its_organization().await?;
        Ok(guard)
    }

    /// Revokes a token, unless something speaks against that. If the server asks for a pause
    /// (docs/entri-api.md#rate-limits), this waits once, at most a minute, and rechecks the token.
    ///
    /// # Errors
    /// Those of [`Self::look`] and [`Self::delete`].
    pub async fn revoke(
        &mut self,
        decided: &Decided<'_>,
        now: DateTime<Utc>,
    ) -> Result<Guarded, Error> {
        match self.revoke_once(decided, now).await {
            Err(Error::Api(ApiError::RateLimited { wait, .. })) => {
                tokio::time::sleep(wait.unwrap_or(SHORT)).await;
                self.revoke_once(decided, now).await
            }
            answer => answer,
        }
    }

    async fn revoke_once(
        &mut self,
        decided: &Decided<'_>,
        now: DateTime<Utc>,
    ) -> Result<Guarded, Error> {
        match self.look(decided, now).await? {
            Looked::Clear(fresh) => self.delete(decided, &fresh, now).await,
            Looked::Ended(guarded) => Ok(guarded),
        }
    }

    /// Reads a token again and compares it with what was confirmed. It changes nothing, so it can be
    /// canceled.
    ///
    /// # Errors
    /// What concerns the one token: its owner's list cannot be read, or does not say whether it is there.
    pub async fn look(
        &mut self,
        decided: &Decided<'_>,
        now: DateTime<Utc>,
    ) -> Result<Looked, Error> {
        // The list of another owner may have two tokens with the id, where the own one has one.
        self.desk.is_the_only_one(self.in_use.connection.id, decided.id)?;
        let owner = self.owner(decided.project_id);
        let presence = self.lists.find(&self.in_use.client, &owner, decided.id).await?;
        let Some(fresh) = present(presence, decided.id)? else {
            return Ok(Looked::Ended(Guarded::Gone));
        };
        if fresh.ended && !decided.revoked {
            return Ok(Looked::Ended(Guarded::Gone));
        }
        if let Some(left) = self.compare(decided, &fresh, now) {
            return Ok(Looked::Ended(Guarded::Left(left, Box::new(fresh))));
        }
        // The session may have been switched while other tokens were revoked.
        self.in_use.in_its_organization().await?;
        Ok(Looked::Clear(Box::new(fresh)))
    }

    /// Revokes a token that was just checked.
    ///
    /// # Errors
    /// [`Error::SignInReplaced`] where the connection was left, or has another credential by now; what
    /// the server answers.
    pub async fn delete(
        &mut self,
        decided: &Decided<'_>,
        fresh: &Token,
        now: DateTime<Utc>,
    ) -> Result<Guarded, Error> {
        if !self.desk.is_in_session(self.in_use.session) {
            return Err(Error::SignInReplaced);
        }
        let owner = self.owner(decided.project_id);
        let outcome = self.delete_in_journal(&owner, fresh, now).await?;
        self.lists.lost_one(&owner);
        Ok(outcome)
    }

    /// Who the token belongs to.
    pub fn owner(&self, project_id: Option<&str>) -> TokenOwner {
        match project_id {
            Some(project) => TokenOwner::Project(project.to_owned()),
            None => TokenOwner::Organization(self.in_use.connection.organization_id.clone()),
        }
    }

    /// What speaks against revoking it.
    fn compare(&self, decided: &Decided<'_>, fresh: &Token, now: DateTime<Utc>) -> Option<Left> {
        if let Some(left) = other_token(decided, fresh) {
            return Some(left);
        }
        // If two tokens look alike, either may be meant, so neither is revoked without asking.
        let fits = |preview: &String| self.in_use.client.matches_preview(preview);
        let own = decided.own || fresh.preview.as_ref().is_some_and(fits);
        if own && !decided.own && !decided.may_be_own {
            return Some(Left::Own);
        }
        let last_used = told(fresh.last_used_at);
        // The last use of the app's own token says nothing, since checking it is itself a use.
        if !own && Stamp::from(last_used) != Stamp::from(decided.last_used) {
            return Some(last_used.at().map_or(Left::NotCompared, Left::UsedSince));
        }
        if !own && self.is_use_silenced(decided, fresh) {
            return Some(Left::NotCompared);
        }
        let clocks = self.desk.clocks(now);
        let connection = self.in_use.connection.id;
        let facts = TokenFacts {
            created: told(fresh.created_at),
            expires: told(fresh.expires_at),
            last_used,
            last_used_reported: fresh.last_used_reported,
            revoked: fresh.revoked,
            own,
            read: clocks.of(connection),
        };
        let grade = clocks.revoke_grade(connection, &facts, &fresh.name);
        let told = decided.own || decided.may_be_own;
        if !told && self.desk.may_be_own(connection, fresh.preview.as_deref(), grade) {
            return Some(Left::Own);
        }
        (grade > decided.grade).then_some(Left::Changed)
    }

    /// Whether the server used to report when this owner's tokens were used, and no longer does: the
    /// token may have been used since.
    fn is_use_silenced(&self, decided: &Decided<'_>, fresh: &Token) -> bool {
        if fresh.last_used_reported || self.lists.report_use(&self.owner(decided.project_id)) {
            return false;
        }
        let Ok(list) = self.desk.list_of(self.in_use.connection.id) else { return false };
        let mut records = list.records();
        records.any(|it| it.project_id == decided.project_id && it.last_used != Date::None)
    }

    /// Recorded before and after the attempt. If recording fails, the token is revoked anyway: a token that
    /// shouldn't exist is worse.
    async fn delete_in_journal(
        &self,
        owner: &TokenOwner,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<Guarded, Error> {
        let begun = self.desk.begin_revoke(&self.in_use, token, self.bulk, now).await?;
        let outcome = delete_once(&self.in_use.client, owner, &token.id).await;
        let stage = match &outcome {
            Ok(Guarded::Gone) => Stage::Gone,
            Ok(_) => Stage::Revoked,
            Err(Error::Api(ApiError::OutcomeUnknown { .. }) | Error::PresenceUnknown { .. }) => {
                Stage::Unclear
            }
            Err(_) => Stage::Refused,
        };
        begun.reached(stage, now).await?;
        outcome
    }
}

/// Sends the DELETE. If the server has no such token, only a complete list proves that it is gone
/// (docs/entri-api.md#tokens); if that list can't be read, nobody can tell.
async fn delete_once(client: &Client, owner: &TokenOwner, id: &str) -> Result<Guarded, Error> {
    if client.revoke_token(owner, id).await? == Revocation::Revoked {
        return Ok(Guarded::Revoked);
    }
    let host = || client.base_url().host().to_owned();
    match client.find_token(owner, id).await {
        Ok(Presence::Absent(_)) => Ok(Guarded::Gone),
        Ok(Presence::Present(token)) if token.ended => Ok(Guarded::Gone),
        Ok(Presence::Present(_)) => Err(Error::NotRevoked { host: host() }),
        Ok(Presence::Unknown(reason)) => Err(Error::PresenceUnknown { reason }),
        Err(error) => {
            tracing::debug!(%error, "the list to compare a 404 with could not be read");
            let reason = "HTTP 404, and the list cannot be read".to_owned();
            Err(ApiError::OutcomeUnknown { act: "revoke the token", host: host(), reason }.into())
        }
    }
}

/// The token; `None` if it is proven to be gone.
///
/// # Errors
/// [`Error::PresenceUnknown`] if nobody can tell, [`Error::DuplicateId`] if several have the id.
fn present(presence: Presence, id: &str) -> Result<Option<Token>, Error> {
    match presence {
        Presence::Present(token) => Ok(Some(*token)),
        Presence::Absent(_) => Ok(None),
        Presence::Unknown(Incomplete::RepeatedId) => Err(Error::DuplicateId { id: id.to_owned() }),
        Presence::Unknown(reason) => Err(Error::PresenceUnknown { reason }),
    }
}

/// An id may be reused: it is the same token if its name and creation date are the same.
fn other_token(decided: &Decided<'_>, fresh: &Token) -> Option<Left> {
    let known = Identity { name: decided.name.to_owned(), created: decided.created };
    match known.compare(&fresh.name, told(fresh.created_at)) {
        Likeness::Same => None,
        Likeness::Undated => Some(Left::NotRecognized),
        Likeness::Doubtful | Likeness::Other => Some(Left::OtherToken { name: fresh.name.clone() }),
    }
}

impl Desk {
    /// Whether the connection that had this credential is still there, and still has it.
    fn is_in_session(&self, session: u32) -> bool {
        self.state().in_session(session).is_some()
    }

    /// Makes sure that no two tokens of a connection have this id, as far as its lists show.
    ///
    /// # Errors
    /// [`Error::DuplicateId`] where two have it, [`Error::MayBeDoubled`] if nobody can tell: of the
    /// lists of before the app's start the disk keeps only that some ids are doubled.
    fn is_the_only_one(&self, id: ConnectionId, token: &str) -> Result<(), Error> {
        let state = self.state();
        let Some(line) = state.line(id) else { return Ok(()) };
        if line.ambiguous.contains(token) {
            return Err(Error::DuplicateId { id: token.to_owned() });
        }
        let doubled = |gap: &Gap| gap.why == Why::Incomplete(Incomplete::RepeatedId);
        let known = !line.ambiguous.is_empty() || !line.status.gaps.iter().any(doubled);
        if known { Ok(()) } else { Err(Error::MayBeDoubled) }
    }
}
