//! A connection: one server, one organization, one credential.

use entri_api::BaseUrl;

/// The server and the organization the app looks at. The credential is kept apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The server.
    pub base_url: BaseUrl,
    /// The organization's id on that server.
    pub organization_id: String,
    /// The organization's name, as the server gave it.
    pub organization_name: String,
    /// Where the credential lives.
    pub storage: CredentialStorage,
    /// Whether the server is the embedded sandbox.
    pub sandbox: bool,
}

/// Where a credential lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialStorage {
    /// In the operating system's keychain.
    Keychain,
    /// In the memory of this process only.
    Session,
}

/// What kind of server a connection leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Entri's own cloud.
    Cloud,
    /// Somebody's own server.
    SelfHosted,
    /// The embedded sandbox.
    Sandbox,
}

impl Connection {
    /// The keychain's name for this connection's credential. It holds the exact origin, so that a
    /// changed address never finds the credential of another one.
    pub(crate) fn keychain_key(&self) -> String {
        format!("{} {}", self.base_url.as_str(), self.organization_id)
    }

    /// What kind of server this is. The cloud's hosts: contract §1.
    #[must_use]
    pub fn environment(&self) -> Environment {
        match self.base_url.as_str() {
            _ if self.sandbox => Environment::Sandbox,
            "https://app.nt3.io" | "https://api.nt3.io" => Environment::Cloud,
            _ => Environment::SelfHosted,
        }
    }
}
