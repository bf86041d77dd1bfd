//! The requests so far, and what they did.

use std::collections::HashMap;

use axum::http::{Method, Uri};
use chrono::{DateTime, Utc};

use crate::model::StoredToken;

/// The most requests that are remembered one by one.
const MOST_RECORDS: usize = 10_000;

/// A request that came in. Nothing from its headers or body is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// The HTTP method of the request.
    pub method: Method,
    /// The path, with its query.
    pub path: String,
}

/// Whose a credential was that came with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// Somebody's who may ask.
    Accepted,
    /// The value of the token with this id, which is revoked.
    Revoked(String),
    /// A value that no token ever had.
    Unknown,
}

/// Who revoked a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A request to this path.
    Request(String),
    /// Somebody else: a list that moves, or [`crate::Sandbox::revoke_elsewhere`].
    Somebody,
}

/// How and when a token was revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How many requests had come by then, including the one that revoked it.
    pub requests: u64,
    /// When it was revoked, by the sandbox's clock.
    pub at: DateTime<Utc>,
    /// Who revoked it, or which request.
    pub by: By,
}

/// What a request did to a token, for the activity log.
#[derive(Debug, Clone)]
pub struct Logged {
    pub action: &'static str,
    pub at: DateTime<Utc>,
    /// The position among the members of who did it.
    pub member: u8,
    pub token: StoredToken,
}

/// The requests so far, and what they did.
#[derive(Default)]
pub struct Ledger {
    pub records: Vec<RequestRecord>,
    pub requests: u64,
    pub counts: HashMap<(Method, String), u64>,
    /// The first credentials that came, and when.
    pub credentials: Vec<(Credential, DateTime<Utc>)>,
    pub began: HashMap<String, u64>,
    pub ended: HashMap<String, Ended>,
    pub logged: Vec<Logged>,
}

impl Ledger {
    pub fn record(&mut self, method: &Method, uri: &Uri) {
        self.requests += 1;
        *self.counts.entry((method.clone(), uri.path().to_owned())).or_default() += 1;
        if self.records.len() < MOST_RECORDS {
            self.records.push(RequestRecord { method: method.clone(), path: uri.to_string() });
        }
    }

    pub fn asked_with(&mut self, credential: Credential, at: DateTime<Utc>) {
        if self.credentials.len() < MOST_RECORDS {
            self.credentials.push((credential, at));
        }
    }

    pub fn began(&mut self, id: &str) {
        self.began.insert(id.to_owned(), self.requests);
    }

    pub fn logs(
        &mut self,
        action: &'static str,
        at: DateTime<Utc>,
        member: u8,
        token: StoredToken,
    ) {
        self.logged.push(Logged { action, at, member, token });
    }

    pub fn ended(&mut self, id: &str, at: DateTime<Utc>, by: By) {
        self.ended.insert(id.to_owned(), Ended { requests: self.requests, at, by });
    }
}
