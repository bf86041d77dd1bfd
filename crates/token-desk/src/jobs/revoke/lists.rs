//! What the owners' lists say about tokens to revoke. Each list is read once, and then only a token's page just
//! before its DELETE.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use entri_api::{
    Client, Error as ApiError, Presence, ServerMessage, Sighting, TokenId, TokenOwner,
};

use crate::elapsed::Stopwatch;
use crate::error::{Error, NotRevoked};

/// How long a list that was read stays valid.
const HOLDS: Duration = Duration::from_secs(60);

/// The lists as they were read last.
pub(super) struct Lists {
    /// The tokens that are to be revoked.
    ids: HashSet<TokenId>,
    known: HashMap<TokenOwner, Known>,
    /// The lists that may not be read, and what the server says of that.
    refused: HashMap<TokenOwner, (Stopwatch, ServerMessage)>,
}

struct Known {
    read: Stopwatch,
    sighting: Sighting,
    /// The number of its tokens revoked since.
    gone: usize,
}

impl Lists {
    pub fn new(ids: HashSet<TokenId>) -> Self {
        Self { ids, known: HashMap::new(), refused: HashMap::new() }
    }

    /// Whether a token is there now.
    ///
    /// # Errors
    /// [`NotRevoked::ListForbidden`] where its owner's list may not be read, which concerns the tokens of that
    /// owner alone.
    pub async fn find(
        &mut self,
        client: &Client,
        owner: &TokenOwner,
        id: &TokenId,
    ) -> Result<Presence, Error> {
        let host = client.base_url().host().to_owned();
        if let Some((read, message)) = self.refused.get(owner)
            && read.elapsed() < HOLDS
        {
            return Err(NotRevoked::ListForbidden { host, message: message.clone() }.into());
        }
        let read = Stopwatch::start();
        match self.look(client, owner, id).await {
            Err(ApiError::Forbidden { message, .. }) => {
                self.refused.insert(owner.clone(), (read, message.clone()));
                Err(NotRevoked::ListForbidden { host, message }.into())
            }
            presence => Ok(presence?),
        }
    }

    async fn look(
        &mut self,
        client: &Client,
        owner: &TokenOwner,
        id: &TokenId,
    ) -> Result<Presence, ApiError> {
        if let Some(known) = self.known.get(owner).filter(|it| it.read.elapsed() < HOLDS)
            && let Some(now) = client.find_again(&known.sighting, id, known.gone).await?
        {
            return Ok(now);
        }
        let read = Stopwatch::start();
        let mut sighting = client.find_tokens(owner, &self.ids).await?;
        let presence = client.confirmed(owner, &mut sighting, &self.ids, id).await?;
        self.known.insert(owner.clone(), Known { read, sighting, gone: 0 });
        Ok(presence)
    }

    /// Whether the owner's list, as it was read last, reports a last use for any token.
    pub fn report_use(&self, owner: &TokenOwner) -> bool {
        self.known.get(owner).is_some_and(|known| known.sighting.last_used_reported())
    }

    /// One of them was revoked, so the following tokens move up.
    pub fn lost_one(&mut self, owner: &TokenOwner) {
        if let Some(known) = self.known.get_mut(owner) {
            known.gone += 1;
        }
    }
}
