//! Organizations and projects, as the client gives them out.

/// The organization a credential belongs to (docs/entri-api.md#organization).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id; an opaque text.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A project of the organization (docs/entri-api.md#organization).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id; an opaque text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the record says that it is archived.
    pub archived: bool,
}
