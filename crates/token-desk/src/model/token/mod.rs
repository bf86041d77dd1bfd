//! A token and its project, on their way between the server, the disk and the list.

pub(crate) mod created;
pub(crate) mod fingerprint;
pub(crate) mod identity;
pub(crate) mod incident;
pub(crate) mod leak;
pub(crate) mod own_uses;

use entri_api::{Creator, ProjectId, Token, TokenId};
use token_audit::{Date, ServerTime};

use crate::model::connection::ConnectionId;
use crate::model::time::dates::told;

/// Identifies a token. Each server makes up its own ids, so the connection is part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenKey {
    /// The connection that lists the token.
    pub connection: ConnectionId,
    /// The token's id on that server.
    pub id: TokenId,
}

/// A project of the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The project's id on its server.
    pub id: ProjectId,
    /// The project's name, as the server gave it.
    pub name: String,
    /// Whether the server flags it as archived.
    pub archived: bool,
}

impl Project {
    /// The project's name, followed by “(archived)” if it is.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.archived { format!("{} (archived)", self.name) } else { self.name.clone() }
    }
}

impl From<entri_api::Project> for Project {
    fn from(project: entri_api::Project) -> Self {
        Self { id: project.id, name: project.name, archived: project.archived }
    }
}

/// What is known about one token. Never contains the token's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRecord<'a> {
    /// The token's id on its server.
    pub id: TokenId<&'a str>,
    /// The token's name, as the server gave it.
    pub name: &'a str,
    /// The id of its project; `None` if it belongs to the organization.
    pub project_id: Option<ProjectId<&'a str>>,
    /// The scopes, separated by spaces; empty if the server lists none.
    pub scopes: &'a str,
    /// When it was created; `Date::None` if the server doesn't say.
    pub created: Date,
    /// When it expires; `Date::None` if never.
    pub expires: Date,
    /// When it was last used; `Date::None` if no use is recorded.
    pub last_used: Date,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// Whether the server still lists it although it is revoked.
    pub revoked: bool,
    /// Whether the app itself signs in with it.
    pub own: bool,
    /// When the server last listed it, if a later list was incomplete and lacks
    /// it; `None` if the latest list has it.
    pub last_listed: Option<ServerTime>,
    /// The part of its value that the server shows.
    pub preview: Option<&'a str>,
    /// The creator as shown: the name, or else the email address, or else the id.
    pub created_by: Option<&'a str>,
    /// The creator's id, or the one text that the server names the creator by.
    pub creator_id: Option<&'a str>,
    /// The creator's email address, if the server reports it.
    pub creator_email: Option<&'a str>,
}

pub(crate) fn record(token: &Token) -> TokenRecord<'_> {
    TokenRecord {
        id: token.id.borrowed(),
        name: &token.name,
        project_id: token.project_id.as_ref().map(ProjectId::borrowed),
        scopes: "",
        created: told(token.created_at),
        expires: told(token.expires_at),
        last_used: told(token.last_used_at),
        last_used_reported: token.last_used_reported,
        revoked: token.revoked,
        own: false,
        last_listed: None,
        preview: token.preview.as_deref(),
        created_by: token.created_by.as_ref().map(Creator::shown),
        creator_id: token.created_by.as_ref().and_then(|it| it.id.as_deref()),
        creator_email: token.created_by.as_ref().and_then(|it| it.email.as_deref()),
    }
}

#[cfg(test)]
impl<'a> TokenRecord<'a> {
    /// A token of the organization about which nothing but its id, which is also its name, is known.
    pub(crate) fn sample(id: &'a str) -> Self {
        Self {
            id: TokenId(id),
            name: id,
            project_id: None,
            scopes: "",
            created: Date::None,
            expires: Date::None,
            last_used: Date::None,
            last_used_reported: true,
            revoked: false,
            own: false,
            last_listed: None,
            preview: None,
            created_by: None,
            creator_id: None,
            creator_email: None,
        }
    }
}
