//! A connection: one server, one organization, one credential.

pub(crate) mod sign_in;

use entri_api::{BaseUrl, OrganizationId};
use token_audit::Policy;

/// Identifies a connection for as long as it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// A server and the organization the app works in there. The credential is kept apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its id in this app.
    pub id: ConnectionId,
    /// The server's address, which every request goes to.
    pub base_url: BaseUrl,
    /// The organization's id on that server.
    pub organization_id: OrganizationId,
    /// The organization's name, as the server gave it.
    pub organization_name: String,
    /// The label, environment and color the admin gave it.
    pub appearance: Appearance,
    /// Whether an API token or a session signs in.
    pub method: Method,
    /// Who is signed in, if the server says so: an email address or a name.
    pub user: Option<String>,
    /// The role of that user, if the server says so.
    pub role: Option<String>,
    /// Where the credential is kept.
    pub storage: CredentialStorage,
    /// Whether the server is the embedded sandbox.
    pub sandbox: bool,
    /// The policy its tokens are judged by.
    pub policy: Policy,
}

/// How the admin distinguishes a connection from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// What the admin calls it.
    pub label: String,
    /// Whether it is for production, staging or development.
    pub environment: Environment,
    /// The number of its color, from 0 up to [`Appearance::COLORS`], exclusive.
    pub color: u8,
}

impl Appearance {
    /// How many colors there are to choose from.
    pub const COLORS: u8 = 6;
}

/// What a connection is used for, in the admin's own judgment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Environment {
    /// The environment that customers use.
    Production,
    /// The last stage before production.
    Staging,
    /// Where software is built and tested.
    Development,
}

/// What kind of credential signs in to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Method {
    /// An API token, which works until it expires or is revoked.
    ApiToken,
    /// A session, from a sign-in or a pasted cookie.
    Session,
}

/// Where a credential is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum CredentialStorage {
    /// In the operating system's keychain.
    Keychain,
    /// In the memory of this process only.
    Memory,
}

impl Connection {
    /// The keychain's name for this connection's credential. It holds the exact origin, so that a
    /// changed address never finds the credential of another one.
    pub(crate) fn keychain_key(&self) -> String {
        format!("{} {}", self.base_url.as_str(), self.organization_id)
    }

    /// Who acts through this connection, as far as the server says.
    pub(crate) fn actor(&self) -> String {
        match (self.method, &self.user) {
            (Method::Session, Some(user)) => user.clone(),
            (Method::Session, None) => "signed-in account".to_owned(),
            (Method::ApiToken, Some(user)) => format!("{user} (API token)"),
            (Method::ApiToken, None) => "API token".to_owned(),
        }
    }

    /// Whether both connections show the same list of tokens.
    pub(crate) fn same_source(&self, other: &Self) -> bool {
        self.base_url == other.base_url
            && self.organization_id == other.organization_id
            && self.sandbox == other.sandbox
    }
}

#[cfg(test)]
impl Connection {
    /// To the embedded sandbox.
    pub(crate) fn sample() -> Self {
        Self {
            id: ConnectionId(1),
            base_url: BaseUrl::parse("http://127.0.0.1:1").expect("an address"),
            organization_id: "organization".into(),
            organization_name: "Organization".to_owned(),
            appearance: Appearance {
                label: "Organization".to_owned(),
                environment: Environment::Production,
                color: 0,
            },
            method: Method::ApiToken,
            user: None,
            role: None,
            storage: CredentialStorage::Memory,
            sandbox: true,
            policy: Policy::default(),
        }
    }
}
