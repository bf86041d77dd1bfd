//! What a sandbox reports when it has started.

use serde::Serialize;

use crate::accounts::TOTP_SECRET;
use crate::model::{ORGANIZATION_ID, OWNER, PASSWORD, PROJECTS, TWO_FACTOR_MEMBER, person};

/// Everything needed to use a sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// The server's base URL, on this computer.
    pub base_url: String,
    /// The id of its only organization.
    pub org_id: String,
    /// The ids of its projects, in the order of the list.
    pub project_ids: Vec<String>,
    /// An API token that acts as an owner.
    pub admin_token: String,
    /// An API token that acts as a translator.
    pub viewer_token: String,
    /// The email address of an owner, who signs in with a password.
    pub admin_email: String,
    /// The password of that owner.
    pub admin_password: String,
    /// The email address of an admin who needs a second factor.
    pub two_factor_email: String,
    /// The password of that admin.
    pub two_factor_password: String,
    /// The secret for that admin's authenticator app, in base32: RFC 6238 with SHA-1, 6 digits and
    /// 30 s.
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
