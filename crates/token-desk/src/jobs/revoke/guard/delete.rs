//! The DELETE itself, and what its answer means.

use chrono::{DateTime, Utc};
use entri_api::{Client, Error as ApiError, Presence, Revocation, Token, TokenId, TokenOwner};

use super::{Guard, Guarded};
use crate::error::{Error, NotRevoked};
use crate::model::deed::Deed;

/// What became of a DELETE.
enum Answer {
    Revoked,
    Gone,
}

impl Guard<'_> {
    /// Recorded before and after the attempt. If recording fails, the token is revoked anyway: a token that
    /// shouldn't exist is worse.
    pub(super) async fn delete_in_journal(
        &self,
        owner: &TokenOwner,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<Guarded, Error> {
        let begun = self.desk.begin_revoke(&self.live, token, self.part_of, now).await?;
        let outcome = delete_once(&self.live.client, owner, &token.id).await;
        let stage = match &outcome {
            Ok(Answer::Gone) => Deed::Gone,
            Ok(Answer::Revoked) => Deed::Revoked,
            Err(Error::Api(ApiError::OutcomeUnknown { .. }) | Error::PresenceUnknown { .. }) => {
                Deed::Unclear
            }
            Err(_) => Deed::Refused,
        };
        let begun = begun.reached(stage, now).await?;
        Ok(match outcome? {
            Answer::Revoked => Guarded::Revoked(Box::new(begun)),
            Answer::Gone => Guarded::Gone,
        })
    }
}

/// Sends the DELETE. If the server has no such token, only a complete list proves that it is gone
/// (docs/entri-api.md#tokens); if that list can't be read, nobody can tell.
async fn delete_once(client: &Client, owner: &TokenOwner, id: &TokenId) -> Result<Answer, Error> {
    if client.revoke_token(owner, id).await? == Revocation::Revoked {
        return Ok(Answer::Revoked);
    }
    let host = || client.base_url().host().to_owned();
    match client.find_token(owner, id).await {
        Ok(Presence::Absent(_)) => Ok(Answer::Gone),
        Ok(Presence::Present(token)) if token.ended => Ok(Answer::Gone),
        Ok(Presence::Present(_)) => Err(NotRevoked::StillListed { host: host() }.into()),
        Ok(Presence::Unknown(reason)) => Err(Error::PresenceUnknown { reason }),
        Err(error) => {
            tracing::debug!(%error, "the list to compare a 404 with could not be read");
            let reason = "HTTP 404, and the list cannot be read".to_owned();
            Err(ApiError::OutcomeUnknown { act: "revoke the token", host: host(), reason }.into())
        }
    }
}
