//! The sandbox's own account of what happened, for tests and rigs to compare with.

use std::collections::{HashMap, HashSet};

use axum::http::{Method, Uri};
use chrono::{DateTime, Utc};

use crate::ready::StartError;
use crate::sandbox::Sandbox;
use crate::script::RequestRecord;
use crate::shared::lock;
use crate::store::StoredToken;

use crate::odd::{DateOf, Said};

/// The most requests that are remembered one by one.
const MOST_RECORDS: usize = 10_000;

/// Who ended a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A request with this path.
    Request(String),
    /// Somebody else: a list that moves, or [`Sandbox::revoke_elsewhere`].
    Somebody,
}

/// How a token ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How many requests had come by then, that one included.
    pub requests: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: By,
}

/// A token from its beginning to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// The token, with its true dates.
    pub token: StoredToken,
    /// How many requests had come when it was created; 0 for one that was there at the start.
    pub began: u64,
    /// How it ended; `None` as long as it lives, and for one that ended within a history.
    pub ended: Option<Ended>,
}

/// A token as a list tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The id, in digits where it is a number.
    pub id: String,
    /// What is said of the creation.
    pub created: Said,
    /// What is said of the expiry.
    pub expires: Said,
    /// What is said of the last use.
    pub last_used: Said,
}

/// What came in, and what it did.
#[derive(Default)]
pub struct Ledger {
    records: Vec<RequestRecord>,
    requests: u64,
    counts: HashMap<(Method, String), u64>,
    began: HashMap<String, u64>,
    ended: HashMap<String, Ended>,
}

impl Ledger {
    pub fn record(&mut self, method: &Method, uri: &Uri) {
        self.requests += 1;
        *self.counts.entry((method.clone(), uri.path().to_owned())).or_default() += 1;
        if self.records.len() < MOST_RECORDS {
            self.records.push(RequestRecord { method: method.clone(), path: uri.to_string() });
        }
    }

    pub fn began(&mut self, id: &str) {
        self.began.insert(id.to_owned(), self.requests);
    }

    pub fn ended(&mut self, id: &str, at: DateTime<Utc>, by: By) {
        self.ended.insert(id.to_owned(), Ended { requests: self.requests, at, by });
    }
}

impl Sandbox {
    /// The first 10,000 requests.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        lock(&self.shared.ledger).records.clone()
    }

    /// How many requests have come.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        lock(&self.shared.ledger).requests
    }

    /// How many requests of this method have come to paths that end so, queries aside.
    #[must_use]
    pub fn asked(&self, method: &Method, path: &str) -> u64 {
        let ledger = lock(&self.shared.ledger);
        let fits = |(key, _): &(&(Method, String), &u64)| key.0 == *method && key.1.ends_with(path);
        ledger.counts.iter().filter(fits).map(|(_, count)| count).sum()
    }

    /// Every token that was ever there, from its beginning to its end.
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

    /// What a list says of a token, in the variant that is set. It is the truth, as far as the form
    /// can say it.
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

    /// The tokens of a project, or of the organization itself, that lived ever since so many requests
    /// had come and are not among these ids, which are as they were told: what a list lacks that was
    /// read since then. A list that is called whole lacks none.
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

    /// Gives a token another name, as somebody may on Entri's own pages.
    pub fn rename_elsewhere(&self, id: &str, name: &str) -> Result<(), StartError> {
        Ok(self.shared.store.rename(id, name)?)
    }

    /// Revokes a token as somebody else would; whether it lived.
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
