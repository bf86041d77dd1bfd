//! What really became of the tokens: a server may fail after it has done what it was asked, or say
//! that a token is gone which it still lists. The lists are read anew, and they decide.

use std::collections::{HashMap, HashSet};

use entri_api::{Client, Error as ApiError, TokenOwner};

use super::{CleanupOutcome, PlannedToken};
use crate::revoke::Guard;

/// How often a list is asked for, where the server fails.
const TRIES: usize = 5;

/// The ids that still work, by whom they belong to; `None` where the list could not be read.
#[derive(Default)]
pub(super) struct Settled(HashMap<Option<String>, Option<HashSet<String>>>);

impl Settled {
    /// Reads the lists that the tokens were in.
    pub(super) async fn by_fresh_lists(
        guard: &Guard<'_>,
        outcomes: &[(PlannedToken, CleanupOutcome)],
    ) -> Self {
        let mut lists = HashMap::new();
        for (token, _) in outcomes {
            if !lists.contains_key(&token.project_id) {
                let owner = guard.owner(token.project_id.as_deref());
                let client = &guard.in_use.client;
                let mut living = living(client, &owner).await;
                let unanswered = outcomes.iter().any(|(it, outcome)| {
                    let absent = living.as_ref().is_some_and(|ids| !ids.contains(&it.key.id));
                    it.project_id == token.project_id && is_unanswered(outcome) && absent
                });
                if unanswered {
                    living = confirmed(client, &owner, living).await;
                }
                lists.insert(token.project_id.clone(), living);
            }
        }
        Self(lists)
    }

    /// Whether every list that these tokens were in could be read whole.
    pub(super) fn is_whole_for(&self, outcomes: &[(PlannedToken, CleanupOutcome)]) -> bool {
        outcomes.iter().all(|(token, _)| matches!(self.0.get(&token.project_id), Some(Some(_))))
    }

    /// Makes the outcome what the fresh list says; whether that changed it.
    pub(super) fn correct(&self, token: &PlannedToken, outcome: &mut CleanupOutcome) -> bool {
        let Some(Some(living)) = self.0.get(&token.project_id) else { return false };
        let corrected = match (&*outcome, living.contains(&token.key.id)) {
            // Who ended it nobody can tell: no DELETE of ours was answered.
            (outcome, false) if is_unanswered(outcome) => CleanupOutcome::AlreadyGone,
            (CleanupOutcome::Revoked | CleanupOutcome::AlreadyGone, true) => {
                CleanupOutcome::Failed(
                    "The server said that it is gone, and lists it still. Plan it again."
                        .to_owned(),
                )
            }
            _ => return false,
        };
        *outcome = corrected;
        true
    }
}

/// Whether nothing but a list can say that the token is gone.
fn is_unanswered(outcome: &CleanupOutcome) -> bool {
    matches!(outcome, CleanupOutcome::Failed(_) | CleanupOutcome::UsedSince(_))
}

/// What one of two readings has is there: a change of somebody else's can move a token from an unread
/// page to a read one.
async fn confirmed(
    client: &Client,
    owner: &TokenOwner,
    first: Option<HashSet<String>>,
) -> Option<HashSet<String>> {
    let (mut ids, second) = (first?, living(client, owner).await?);
    ids.extend(second);
    Some(ids)
}

/// The ids of an owner's tokens that are not revoked.
async fn living(client: &Client, owner: &TokenOwner) -> Option<HashSet<String>> {
    for _ in 0..TRIES {
        match client.tokens(owner).collect_all().await {
            Ok(list) if list.completeness.proof().is_some() => {
                let living = list.items.into_iter().filter(|token| !token.revoked);
                return Some(living.map(|token| token.id).collect());
            }
            Ok(_) => {}
            Err(ApiError::Unauthorized { .. } | ApiError::Forbidden { .. }) => return None,
            Err(error) => tracing::debug!(%error, "a list to compare with could not be read"),
        }
    }
    None
}
