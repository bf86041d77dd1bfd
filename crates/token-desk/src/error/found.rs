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
    #[error("The value that was found isn’t kept any longer. Paste it again to test it.")]
    Wiped,
    /// The incident was closed.
    #[error("This incident is closed.")]
    Closed,
    /// Nobody said yet whose value was found, or another token was confirmed.
    #[error("Whose value this is isn’t known yet. Nothing was revoked. Choose its token first.")]
    NotIdentified,
    /// What the server shows of the token's value is that of another one.
    #[error(
        "The value isn’t this token’s: the list shows how the token’s own value ends. Nothing was changed. Choose another token."
    )]
    OtherValue,
    /// The server refused the value while the token works.
    #[error(
        "The server refuses the value, so it isn’t that of a token that works there. Nothing was changed."
    )]
    Refused,
}

impl From<FoundError> for Error {
    fn from(error: FoundError) -> Self {
        Self::Form(error.to_string())
    }
}
