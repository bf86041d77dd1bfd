//! A token and its project, on their way between the server, the disk and the list.

pub(crate) mod created;
pub(crate) mod identity;

use chrono::{DateTime, Utc};
use entri_api::{Creator, Token};
use token_audit::Date;

use crate::model::connection::ConnectionId;
use crate::model::time::dates::told;

/// Identifies a token: ids are a server's own, so the connection belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenKey {
    /// The connection.
    pub connection: ConnectionId,
    /// The token's id on that server.
    pub id: String,
}

/// A project of the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the server flags it as archived.
    pub archived: bool,
}

impl Project {
    /// Its name, and that it is archived where it is.
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
    /// Its id.
    pub id: &'a str,
    /// Its name, as the server gave it.
    pub name: &'a str,
    /// The project it belongs to; `None` for the organization's own.
    pub project_id: Option<&'a str>,
    /// Its scopes, with a space between them; empty when the server lists none.
    pub scopes: &'a str,
    /// When it was created; none if the server doesn't say.
    pub created: Date,
    /// When it expires; none for never.
    pub expires: Date,
    /// When it was last used; none if no use is recorded.
    pub last_used: Date,
    /// Whether the server tells about last use at all.
    pub last_used_reported: bool,
    /// Whether the server still lists it although it is revoked.
    pub revoked: bool,
    /// Whether the app itself signs in with it.
    pub own: bool,
    /// When the server listed it last, by its own clock, where a list since then could not be read whole
    /// and lacks it; `None` for one that the latest list has.
    pub last_listed: Option<DateTime<Utc>>,
    /// The part of its value that the server shows.
    pub preview: Option<&'a str>,
    /// Who created it, as is shown: a name, else an address, else an id.
    pub created_by: Option<&'a str>,
    /// The id of who created it, or the one text that the server names it by.
    pub creator_id: Option<&'a str>,
    /// The address of who created it.
    pub creator_email: Option<&'a str>,
}

pub(crate) fn record(token: &Token) -> TokenRecord<'_> {
    TokenRecord {
        id: &token.id,
        name: &token.name,
        project_id: token.project_id.as_deref(),
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
