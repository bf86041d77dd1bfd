//! API tokens, as the client gives them out.

use chrono::{DateTime, Utc};

use crate::model::date::Date;
use crate::model::person::Creator;
use crate::secret::Secret;

/// Who a token belongs to, by id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TokenOwner {
    /// The organization itself.
    Organization(String),
    /// One of its projects.
    Project(String),
}

/// The server's record of a token. It never holds the token's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id; an opaque text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The organization's id, if the record has one.
    pub organization_id: Option<String>,
    /// The project's id, where the record says.
    pub project_id: Option<String>,
    /// The project's name, if the record has one.
    pub project_name: Option<String>,
    /// Its scopes, each once. Empty means that none are listed, not that it may do nothing
    /// (docs/entri-api.md#tokens).
    pub scopes: Vec<String>,
    /// When it was created.
    pub created_at: Date,
    /// When it expires; none if never or not reported.
    pub expires_at: Date,
    /// When it was last used; none if never or not reported.
    pub last_used_at: Date,
    /// Whether the record has a field for last use at all.
    pub last_used_reported: bool,
    /// The part of its value that the server shows.
    pub preview: Option<String>,
    /// Who created it, where the record says.
    pub created_by: Option<Creator>,
    /// Whether the record says that it is revoked or switched off.
    pub revoked: bool,
    /// Whether the record says that it is revoked, and not only switched off: what is switched off can
    /// be switched on again.
    pub ended: bool,
}

/// What to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Its name.
    pub name: String,
    /// Its scopes; omitted from the request if empty.
    pub scopes: Vec<String>,
    /// When it should expire; omitted from the request if `None`.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A new token with its value, which the server gives out only this once (docs/entri-api.md#tokens).
#[derive(Debug)]
pub struct CreatedToken {
    /// The record.
    pub token: Token,
    /// The value.
    pub secret: Secret,
}

/// What came of a revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The server accepted it.
    Revoked,
    /// The server has no such token (404). It may be gone, or the answer may come from something
    /// else than the API: only a whole list that lacks it tells (docs/entri-api.md#tokens).
    NotFound,
}
