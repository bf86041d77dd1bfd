//! Who sends a request, and how they prove it.

use crate::model::person;

/// The member who sent a request, and how they proved it.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    /// The number of the member.
    pub member: u8,
    /// Whether they used an API token, as opposed to a session.
    pub by_key: bool,
    /// Whether the organization is known: always with an API token, and in a session where it is
    /// active.
    pub organization: bool,
}

impl Caller {
    /// Whether the role manages API tokens (docs/entri-api.md#who-may).
    pub fn manages_tokens(self) -> bool {
        matches!(person(self.member).role, "owner" | "admin")
    }
}
