//! A token among the others of its list, as the rules look at it.

use crate::TokenFacts;

/// How bad a finding is, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Act on it.
    High,
    /// Plan for it.
    Medium,
    /// Know it.
    Low,
}

/// The state of a token's creator. Unknown doesn't count as fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A member who may manage tokens.
    Manages,
    /// A member in a role that may not.
    Demoted,
    /// No member any more.
    Gone,
    /// This isn't known for this token, though it is for others in its list.
    Unknown,
    /// This isn't known for any token of its list, which is reported once for the list.
    NotCompared,
}

/// A token among the others of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// What is known of it.
    pub facts: TokenFacts,
    /// Whether the server lists any scope for it.
    pub scopes_listed: bool,
    /// Whether another token of its connection that still works has the same name.
    pub name_shared: bool,
    /// Whether a token of the same name works in another environment.
    pub name_in_other_environment: bool,
    /// What became of who created it.
    pub creator: Standing,
}
