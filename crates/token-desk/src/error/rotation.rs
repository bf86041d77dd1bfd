//! Why a rotation doesn't begin or go on.

/// Every way a step of a rotation can fail before anything is sent.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// The token is being replaced already, or replaces another one.
    #[error(
        "“{name}” is already part of a rotation. Nothing was created. Finish or cancel that one first."
    )]
    Running {
        /// The name of the token.
        name: String,
    },
    /// The app signs in with the token.
    #[error(
        "Entri Tokens is signed in with this token. Nothing was created. Sign in with another token first, then rotate this one."
    )]
    Own,
    /// The token is revoked.
    #[error("This token is already revoked. Nothing was created. Create a new token instead.")]
    Revoked,
    /// The rotation has ended, or the journal no longer has it.
    #[error("This rotation has ended. Nothing was sent. Refresh the list.")]
    Ended,
    /// The place can't be reached by this app.
    #[error("This place can only be updated by hand. Nothing was sent.")]
    ByHand,
}
