//! The sandbox's own account of what happened, for tests and rigs to compare with.

use std::collections::HashSet;

use axum::http::Method;
use chrono::{DateTime, Utc};

use super::Sandbox;
use crate::lock::lock;
use crate::model::StoredToken;
use crate::oddities::Said;
use crate::shape::DateOf;
use crate::start::StartError;
use crate::state::{By, Credential, Ended, RequestRecord};

/// A token from its beginning to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// The token, with its true dates.
    pub token: StoredToken,
    /// How many requests had come when it was created; 0 if it existed at the start.
    pub began: u64,
    /// How it was revoked; `None` if it wasn't, or was within a history.
    pub ended: Option<Ended>,
}

/// A token as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The id, in digits if it is a number.
    pub id: String,
    /// What the list says about its creation.
    pub created: Said,
    /// What the list says about its expiry.
    pub expires: Said,
    /// What the list says about its last use.
    pub last_used: Said,
}

impl Sandbox {
    /// The first 10,000 requests, in the order they came.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        lock(&self.shared.ledger).records.clone()
    }

    /// The first 10,000 credentials that came with requests, and when.
    #[must_use]
    pub fn credentials(&self) -> Vec<(Credential, DateTime<Utc>)> {
        lock(&self.shared.ledger).credentials.clone()
    }

    /// How many requests have come since the start.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        lock(&self.shared.ledger).requests
    }

    /// How many requests with this method have come to paths with this ending, not counting the
    /// query.
    #[must_use]
    pub fn asked(&self, method: &Method, path: &str) -> u64 {
        let ledger = lock(&self.shared.ledger);
        let fits = |(key, _): &(&(Method, String), &u64)| key.0 == *method && key.1.ends_with(path);
        ledger.counts.iter().filter(fits).map(|(_, count)| count).sum()
    }

    /// Every token that ever existed, from its creation to its end.
    pub fn lives(&self) -> Result<Vec<Life>, StartError> {
        let tokens = self.truth()?;
        let ledger = lock(&self.shared.ledger);
        let life = |token: StoredToken| Life {
            began: ledger.began.get(&token.id).copied().unwrap_or_default(),
            ended: ledger.ended.get(&token.id).cloned(),
            token,
        };
        Ok(tokens.into_iter().map(life).collect())
    }

    /// What a list says about a token in the current variant: the truth, as far as the form can
    /// express it.
    #[must_use]
    pub fn told(&self, token: &StoredToken) -> Told {
        let variant = self.shared.variant();
        let said = |date: DateOf| date.said(&variant, token);
        Told {
            id: variant.odd.ids.told(&token.id),
            created: said(DateOf::Created),
            expires: said(DateOf::Expires),
            last_used: said(DateOf::LastUsed),
        }
    }

    /// The tokens of a project, or of the organization itself, that have existed since so many
    /// requests had come and aren't among these ids, which are as a list shows them. This is what a
    /// list lacks that was read since then. A list that is reported as complete lacks none.
    pub fn lacking<'a>(
        &self,
        project: Option<&str>,
        since: u64,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<StoredToken>, StartError> {
        let ids: HashSet<&str> = ids.into_iter().collect();
        let lacks = |life: &Life| {
            life.token.project_id.as_deref() == project
                && !life.token.revoked
                && life.began <= since
                && !ids.contains(&*self.told(&life.token).id)
        };
        Ok(self.lives()?.into_iter().filter(lacks).map(|life| life.token).collect())
    }

    /// Renames a token, as somebody may on Entri's own pages.
    pub fn rename_elsewhere(&self, id: &str, name: &str) -> Result<(), StartError> {
        Ok(self.shared.store.rename(id, name)?)
    }

    /// Revokes a token as somebody else would; returns whether it was still active.
    pub fn revoke_elsewhere(&self, id: &str) -> Result<bool, StartError> {
        let Some(token) = self.truth()?.into_iter().find(|token| token.id == id) else {
            return Ok(false);
        };
        let now = self.shared.now();
        let revoked = self.shared.store.revoke(token.project_id.as_deref(), id)?.is_some();
        if revoked {
            lock(&self.shared.ledger).ended(id, now, By::Somebody);
        }
        Ok(revoked)
    }
}
