//! A token among the others in its list, as the rules see it.

use crate::{Exposure, Replacing, TokenFacts};

/// How severe a finding is, most severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Severity {
    /// Act on it now.
    High,
    /// Plan to act on it.
    Medium,
    /// Good to know, without a need to act.
    Low,
}

impl Severity {
    /// Its name in files and for programs: `high`, `medium` or `low`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// The state of a token's creator. Unknown doesn't count as fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A member whose role may manage tokens.
    Manages,
    /// A member whose role may not manage tokens.
    Demoted,
    /// No longer a member of the organization.
    Gone,
    /// This isn't known for this token, though it is for others in its list.
    Unknown,
    /// This isn't known for any token of its list, which is reported once for the list.
    NotCompared,
}

/// A token among the others in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// What is known about the token itself.
    pub facts: TokenFacts,
    /// Whether its value was found where it shouldn't be.
    pub exposure: Exposure,
    /// How its replacement goes, if it is being replaced.
    pub replacing: Replacing,
    /// Whether the server lists any scope for it.
    pub scopes_listed: bool,
    /// Whether another token of its connection that still works has the same name.
    pub name_shared: bool,
    /// Whether a token with the same name works in another environment.
    pub name_in_other_environment: bool,
    /// Whether its creator is still a member, and one who may manage tokens.
    pub creator: Standing,
}
