//! Organizations and projects, as the client returns them.

use crate::model::id::{OrganizationId, ProjectId};

/// The organization a credential belongs to (docs/entri-api.md#organization).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id on the server.
    pub id: OrganizationId,
    /// The name, or the id of an organization without one.
    pub name: String,
}

/// A project of the organization (docs/entri-api.md#organization).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id on the server.
    pub id: ProjectId,
    /// The name, or the id of a project without one.
    pub name: String,
    /// Whether the record says that the project is archived.
    pub archived: bool,
}
