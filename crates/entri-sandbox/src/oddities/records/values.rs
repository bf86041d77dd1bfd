//! Which values the server takes for a token's.

/// Which values the server takes for a token's, apart from those that work. The default takes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Values {
    /// Whether any value of any length will do, as an owner's.
    pub any: bool,
    /// For how many seconds a revoked value goes on working.
    pub linger: u32,
}
