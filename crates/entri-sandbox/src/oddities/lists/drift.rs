//! Lists that move while they are read.

/// How a list of tokens changes while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift {
    /// What somebody else does to the list.
    pub what: Moves,
    /// The page before which it happens; at least 2.
    pub before: u32,
    /// Whether it happens each time, as opposed to once.
    pub always: bool,
}

/// What somebody else does between two pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    /// Revokes the second token of the list.
    Revokes,
    /// Creates a token, which the list then has.
    Creates,
    /// Revokes a token and creates another, so that their number stays the same.
    Swaps,
}
