//! What a server knows about a session.

use chrono::{DateTime, Utc};

use crate::model::id::OrganizationId;
use crate::model::person::User;

/// A session, as the server sees it (docs/entri-api.md#sign-in).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionInfo {
    /// Who is signed in, if the server says so.
    pub user: Option<User>,
    /// When the session really ends, whatever its cookie says.
    pub expires_at: Option<DateTime<Utc>>,
    /// The id of the organization it works in. A new session has none unless the server gives it
    /// one (docs/entri-api.md#organization).
    pub active_organization_id: Option<OrganizationId>,
}
