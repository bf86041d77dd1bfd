//! Errors about values that were found.

use super::Error;

/// Why nothing was done about a value that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoundError {
    /// The text that was pasted holds no token's value.
    #[error(
        "No token value in this text. Values start with “entri_”. Paste it again, with all of the value."
    )]
    NoValue,
    /// The value was wiped.
    #[error("This app no longer has the value. Paste it again to test it.")]
    Wiped,
    /// The incident was closed.
    #[error("This incident is closed.")]
    Closed,
    /// Nobody said yet whose value was found, or another token was confirmed.
    #[error("It isn’t known yet whose value this is. Nothing was revoked. Choose its token first.")]
    NotIdentified,
    /// What the server shows of the token's value is that of another one.
    #[error(
        "The value isn’t this token’s: the list shows how the token’s own value ends. Nothing was changed. Choose another token."
    )]
    OtherValue,
    /// The server refused the value while the token works.
    #[error(
        "The server refuses this value, so it can’t belong to an active token there. Nothing was changed."
    )]
    Refused,
}

impl From<FoundError> for Error {
    fn from(error: FoundError) -> Self {
        Self::Form(error.to_string())
    }
}
