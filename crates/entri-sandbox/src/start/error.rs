//! Why a sandbox did not start.

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port can't be used, for this reason.
    #[error("port {0} cannot be used: {1}")]
    Port(u16, std::io::Error),
    /// The configuration asks for more than 100,000 tokens.
    #[error("{0} tokens are too many; 100,000 at most")]
    TooMany(u32),
    /// The configuration asks for fewer tokens than a history needs.
    #[error("{0} tokens are too few for a history; {1} at least")]
    TooFew(u32, usize),
    /// `SQLite`, which holds the data in memory, failed.
    #[error("the storage failed: {0}")]
    Storage(#[from] rusqlite::Error),
}
