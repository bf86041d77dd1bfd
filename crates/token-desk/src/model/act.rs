//! The kinds of acts, and the chips by which Activity chooses among them.

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum ActKind {
    /// A token was created, and its value delivered.
    Create,
    /// A token was revoked.
    Revoke,
    /// Several tokens were revoked in one go.
    BulkRevoke,
    /// A token was replaced by a new one, or is being replaced.
    Rotation,
    /// A value was found where it shouldn't be, and dealt with.
    Incident,
    /// A decision about a token was made.
    Decision,
    /// The policy was changed, or something was exported.
    Audit,
    /// What only a newer version knows.
    Other,
}

impl ActKind {
    /// Its name in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Revoke => "Revoke",
            Self::BulkRevoke => "Bulk revoke",
            Self::Rotation => "Rotation",
            Self::Incident => "Incident",
            Self::Decision => "Decision",
            Self::Audit => "Audit",
            Self::Other => "Other",
        }
    }
}

/// The chips of the Activity screen: which acts to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum ActFilter {
    /// Acts that revoke one or more tokens.
    Revoked,
    /// Acts that create a token.
    Created,
    /// Those that delivered a value.
    Delivered,
    /// The acts that are decisions about tokens.
    Decisions,
    /// Changes of the policy, and exported files.
    Audits,
    /// Those that didn't finish.
    Unfinished,
}

impl ActFilter {
    /// All filters, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Revoked,
        Self::Created,
        Self::Delivered,
        Self::Decisions,
        Self::Audits,
        Self::Unfinished,
    ];
}
