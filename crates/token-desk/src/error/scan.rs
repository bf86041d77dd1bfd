//! Errors about scans for leaked tokens.

use super::Error;

/// Why a scan didn't begin, or nothing was done with what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// One scan at a time.
    #[error("A scan is running. Wait for it to finish, or cancel it first.")]
    Runs,
    /// The path isn't a full one.
    #[error("Enter a full path starting with / or ~/.")]
    NotFull,
    /// There is nothing at the path.
    #[error("There is nothing at this path. Choose a folder.")]
    NotThere,
    /// The last scan found no such token or place.
    #[error("The scan’s results have changed. Look again.")]
    Changed,
}

impl From<ScanError> for Error {
    fn from(error: ScanError) -> Self {
        Self::Form(error.to_string())
    }
}
