//! The only way to revoke a token: read it again, compare it with what was confirmed, and delete it. If the
//! server says that it has no such token, search for it.

mod compare;
mod delete;
mod presence;

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_api::{Error as ApiError, ProjectId, Token, TokenId, TokenOwner};
use token_audit::{Date, RevokeGrade};

use super::Left;
use super::lists::Lists;
use crate::desk::Desk;
use crate::desk::live::LiveConnection;
use crate::error::Error;
use crate::model::connection::ConnectionId;
use crate::storage::journal::InHand;
use presence::present;

/// How long to wait if a server asks to wait and doesn't say how long.
pub(crate) const SHORT: Duration = Duration::from_secs(1);

/// A token as it was when its revoke was confirmed.
pub(crate) struct Decided<'a> {
    pub id: &'a TokenId,
    /// The id of its project; `None` for the organization's own.
    pub project_id: Option<ProjectId<&'a str>>,
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
    pub reason: Reason,
}

/// Why a token is revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Somebody decided so: nobody should be using it.
    Decided,
    /// Its value was found: whoever shouldn't may be using it, so that uses are no reason to wait.
    ValueFound,
}

/// What happened to a token that was to be revoked.
pub(crate) enum Guarded {
    /// A DELETE of ours was answered. What is learned about it later belongs to its attempt.
    Revoked(Box<InHand>),
    /// It was gone before.
    Gone,
    /// No DELETE was sent, for this reason. This is the token's current record.
    Left(Left, Box<Token>),
}

/// The result of reading a token right before its DELETE.
pub(crate) enum Looked {
    /// The token is as confirmed and can be revoked. This is its current record.
    Clear(Box<Token>),
    /// There is nothing to send.
    Ended(Guarded),
}

/// Revokes tokens of one connection, as long as its sign-in stays the same.
pub(crate) struct Guard<'a> {
    desk: &'a Desk,
    pub live: LiveConnection,
    /// The bulk revoke or the incident that this is for, by its number in the journal.
    pub part_of: Option<i64>,
    lists: Lists,
}

impl<'a> Guard<'a> {
    /// Starts revoking the tokens with these ids.
    ///
    /// # Errors
    ///
    /// [`Error::OtherOrganization`] if the session was switched; the errors of [`Desk::live`].
    pub async fn of(
        desk: &'a Desk,
        connection: ConnectionId,
        ids: HashSet<TokenId>,
    ) -> Result<Self, Error> {
        let (live, lists) = (desk.live(connection).await?, Lists::new(ids));
        let guard = Self { desk, live, part_of: None, lists };
        guard.live.in_its_organization().await?;
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
        // Another owner's list may have two tokens with the id, even if this one has only one.
        self.desk.is_the_only_one(self.live.connection.id, decided.id)?;
        let owner = self.owner(decided.project_id);
        let presence = self.lists.find(&self.live.client, &owner, decided.id).await?;
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
        self.live.in_its_organization().await?;
        Ok(Looked::Clear(Box::new(fresh)))
    }

    /// Revokes a token that was just checked.
    ///
    /// # Errors
    ///
    /// [`Error::SignInReplaced`] if the connection was removed or has another credential by now;
    /// the errors of the request.
    pub async fn delete(
        &mut self,
        decided: &Decided<'_>,
        fresh: &Token,
        now: DateTime<Utc>,
    ) -> Result<Guarded, Error> {
        if !self.desk.is_in_epoch(self.live.epoch) {
            return Err(Error::SignInReplaced);
        }
        let owner = self.owner(decided.project_id);
        let outcome = self.delete_in_journal(&owner, fresh, now).await?;
        self.lists.lost_one(&owner);
        Ok(outcome)
    }

    /// The organization or project that the token belongs to.
    pub fn owner(&self, project_id: Option<ProjectId<&str>>) -> TokenOwner {
        match project_id {
            Some(project) => TokenOwner::Project(project.into_owned()),
            None => TokenOwner::Organization(self.live.connection.organization_id.clone()),
        }
    }
}

impl Desk {
    /// Whether the connection that had this credential is still there, and still has it.
    fn is_in_epoch(&self, epoch: u32) -> bool {
        self.state().in_epoch(epoch).is_some()
    }
}
