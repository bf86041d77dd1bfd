//! What a sandbox says when it has started, and why it did not.

use serde::Serialize;

use crate::auth::TOTP_SECRET;
use crate::seed::{ORGANIZATION_ID, OWNER, PASSWORD, PROJECTS, TWO_FACTOR_MEMBER, person};

/// Everything one needs to use a sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// The base URL.
    pub base_url: String,
    /// The organization's id.
    pub org_id: String,
    /// The projects' ids.
    pub project_ids: Vec<String>,
    /// An API token that acts as an owner.
    pub admin_token: String,
    /// An API token that acts as a translator.
    pub viewer_token: String,
    /// An owner's email.
    pub admin_email: String,
    /// Its password.
    pub admin_password: String,
    /// The email of an admin who signs in with a second factor.
    pub two_factor_email: String,
    /// Its password.
    pub two_factor_password: String,
    /// The secret of its authenticator in base32: RFC 6238 with SHA-1, 6 digits and 30 s.
    pub totp_secret: String,
}

impl Ready {
    pub(crate) fn new(port: u16, admin_token: String, viewer_token: String) -> Self {
        Self {
            base_url: format!("http://127.0.0.1:{port}"),
            org_id: ORGANIZATION_ID.to_owned(),
            project_ids: PROJECTS.iter().map(|project| project.0.to_owned()).collect(),
            admin_token,
            viewer_token,
            admin_email: person(OWNER).email.to_owned(),
            admin_password: PASSWORD.to_owned(),
            two_factor_email: person(TWO_FACTOR_MEMBER).email.to_owned(),
            two_factor_password: PASSWORD.to_owned(),
            totp_secret: TOTP_SECRET.to_owned(),
        }
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be had.
    #[error("port {0} cannot be used: {1}")]
    Port(u16, std::io::Error),
    /// There would be too many tokens.
    #[error("{0} tokens are too many; 100,000 at most")]
    TooMany(u32),
    /// There would be too few tokens for a history.
    #[error("{0} tokens are too few for a history; {1} at least")]
    TooFew(u32, usize),
    /// The storage failed.
    #[error("the storage failed: {0}")]
    Storage(#[from] rusqlite::Error),
}
