//! API tokens, as the client returns them.

use chrono::{DateTime, Utc};

use crate::model::date::Date;
use crate::model::id::{OrganizationId, ProjectId, TokenId};
use crate::model::person::Creator;
use crate::secret::Secret;

/// Who a token belongs to, by id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TokenOwner {
    /// The organization with this id.
    Organization(OrganizationId),
    /// The project with this id.
    Project(ProjectId),
}

/// The server's record of a token. It never holds the token's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The id that the server gave it.
    pub id: TokenId,
    /// The name, or the id of a token without one.
    pub name: String,
    /// The organization's id, if the record has one.
    pub organization_id: Option<OrganizationId>,
    /// The project's id, if the record has one.
    pub project_id: Option<ProjectId>,
    /// The project's name, if the record has one.
    pub project_name: Option<String>,
    /// Its scopes, each once. Empty means that none are listed, not that it may do nothing
    /// (docs/entri-api.md#tokens).
    pub scopes: Vec<String>,
    /// When it was created.
    pub created_at: Date,
    /// When it expires; `Date::None` if never or not reported.
    pub expires_at: Date,
    /// When it was last used; `Date::None` if never or not reported.
    pub last_used_at: Date,
    /// Whether the record has a field for last use at all.
    pub last_used_reported: bool,
    /// The part of the value that the server shows, such as its beginning or end.
    pub preview: Option<String>,
    /// Who created it, if the record says so.
    pub created_by: Option<Creator>,
    /// Whether the record says that it is revoked or switched off.
    pub revoked: bool,
    /// Whether the record says that it is revoked, not merely switched off: a token that is
    /// switched off can be switched on again.
    pub ended: bool,
}

/// The fields of a token to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The name that people tell it apart by.
    pub name: String,
    /// Its scopes; omitted from the request if empty.
    pub scopes: Vec<String>,
    /// When it should expire; omitted from the request if `None`.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A new token with its value, which the server gives out only this once (docs/entri-api.md#tokens).
#[derive(Debug)]
pub struct CreatedToken {
    /// The server's record of it.
    pub token: Token,
    /// The value, wiped when it is dropped.
    pub secret: Secret,
}

/// The server's answer to a revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The server accepted it.
    Revoked,
    /// The server has no such token (404). It may be gone, or the response may come from something
    /// other than the API: only a complete list that lacks it can tell (docs/entri-api.md#revoke).
    NotFound,
}
