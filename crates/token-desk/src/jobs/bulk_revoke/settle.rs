//! Finds out what really happened to the tokens. A server may fail after it has revoked a token, or say that a
//! token is gone and still list it, so fresh lists decide.

use std::collections::{BTreeMap, HashMap, HashSet};

use entri_api::{
    Client, Error as ApiError, Presence, ProjectId, Sighting, Token, TokenId, TokenOwner,
};

use crate::jobs::revoke::Guard;
use crate::model::bulk_revoke::{BulkRevokeOutcome, PlannedToken};

/// How often a list is requested if the server fails.
const TRIES: usize = 5;

/// What fresh lists say about each token, by id; missing if its list couldn't be read.
#[derive(Default)]
pub(super) struct Settled(HashMap<TokenId, Presence>);

/// A token and its outcome, according to its own requests.
type Ended = (PlannedToken, BulkRevokeOutcome);

impl Settled {
    /// Reads the lists that the tokens were in.
    pub(super) async fn by_fresh_lists(guard: &Guard<'_>, outcomes: &[Ended]) -> Self {
        let mut lists: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ended in outcomes {
            lists
                .entry(ended.0.project_id.as_ref().map(ProjectId::borrowed))
                .or_default()
                .push(ended);
        }
        let mut said = HashMap::new();
        for (project, tokens) in lists {
            let owner = guard.owner(project);
            said.extend(presences(&guard.live.client, &owner, &tokens).await);
        }
        Self(said)
    }

    /// Whether the lists tell for each of these tokens whether it exists.
    pub(super) fn is_whole_for(&self, outcomes: &[Ended]) -> bool {
        outcomes.iter().all(|(token, _)| self.0.get(&token.key.id).is_some_and(is_known))
    }

    /// Corrects the outcome by the fresh list; returns whether that changed it.
    pub(super) fn correct(&self, token: &PlannedToken, outcome: &mut BulkRevokeOutcome) -> bool {
        let corrected = match self.0.get(&token.key.id) {
            // Nobody can tell who revoked it, since none of our DELETEs was answered.
            Some(presence) if is_unanswered(outcome) && is_gone(presence) => {
                BulkRevokeOutcome::AlreadyGone
            }
            Some(Presence::Present(listed)) if !bears_out(listed, outcome) => {
                BulkRevokeOutcome::Failed(
                    "The server reported success but still lists this token. Try again.".to_owned(),
                )
            }
            _ => return false,
        };
        *outcome = corrected;
        true
    }
}

/// Whether only a list can tell that the token is gone.
fn is_unanswered(outcome: &BulkRevokeOutcome) -> bool {
    matches!(outcome, BulkRevokeOutcome::Failed(_) | BulkRevokeOutcome::UsedSince(_))
}

/// Whether the listed record agrees with the outcome. A server may list a revoked token as deactivated.
fn bears_out(listed: &Token, outcome: &BulkRevokeOutcome) -> bool {
    match outcome {
        BulkRevokeOutcome::Revoked => listed.revoked,
        BulkRevokeOutcome::AlreadyGone => listed.ended,
        _ => true,
    }
}

fn is_known(presence: &Presence) -> bool {
    !matches!(presence, Presence::Unknown(_))
}

/// A token that is only deactivated can be reactivated.
fn is_gone(presence: &Presence) -> bool {
    match presence {
        Presence::Present(listed) => listed.ended,
        Presence::Absent(_) => true,
        Presence::Unknown(_) => false,
    }
}

/// What their owner's list says about these tokens; empty if it couldn't be read.
async fn presences(
    client: &Client,
    owner: &TokenOwner,
    tokens: &[&Ended],
) -> HashMap<TokenId, Presence> {
    let mut said = HashMap::new();
    for _ in 0..TRIES {
        match sighting(client, owner, tokens).await {
            Ok(sighting) => {
                let of =
                    |(token, _): &&Ended| (token.key.id.clone(), sighting.presence(&token.key.id));
                said = tokens.iter().map(of).collect();
                if said.values().all(is_known) {
                    break;
                }
            }
            Err(ApiError::Unauthorized { .. } | ApiError::Forbidden { .. }) => break,
            Err(error) => tracing::debug!(%error, "a list to compare with could not be read"),
        }
    }
    said
}

/// Reads a list; a second time if nothing but that says that one of the tokens is gone.
async fn sighting(
    client: &Client,
    owner: &TokenOwner,
    tokens: &[&Ended],
) -> Result<Sighting, ApiError> {
    let ids: HashSet<_> = tokens.iter().map(|(token, _)| token.key.id.clone()).collect();
    let mut sighting = client.find_tokens(owner, &ids).await?;
    for (token, _) in tokens.iter().filter(|(_, outcome)| is_unanswered(outcome)) {
        client.confirmed(owner, &mut sighting, &ids, &token.key.id).await?;
    }
    Ok(sighting)
}
