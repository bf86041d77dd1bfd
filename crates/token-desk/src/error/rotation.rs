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
    /// Too many rotations are in progress at one place.
    #[error(
        "Ten rotations are already in progress at {place}. Nothing was created. Finish one of them first."
    )]
    Crowded {
        /// The place where the token lives.
        place: String,
    },
    /// The app may sign in with the token.
    #[error(
        "Entri Tokens may be signed in with this token: the server doesn’t show which one that is. Nothing was created. Sign in with another token first, then rotate this one."
    )]
    MaybeOwn,
    /// The app signs in with the token, and moving to a new one isn't safe.
    #[error(
        "Entri Tokens signs in with this token, and {why}. Nothing was changed. Sign in with another token first, then rotate this one as any other."
    )]
    Own {
        /// Why it isn't safe.
        why: String,
    },
    /// The app signs in with the new token, so canceling would sign it out.
    #[error(
        "Entri Tokens signs in with this token since its rotation. Nothing was revoked. Sign in with another token first, then end the rotation and revoke this one."
    )]
    SignsIn,
    /// The new token can do less than the one that the app signs in with.
    #[error(
        "The server gave the new token fewer scopes. Entri Tokens still signs in with the old one. Nothing was revoked. Cancel the rotation."
    )]
    FewerScopes,
    /// The connection isn't what it was when the app began to move to the new token.
    #[error("The sign-in of this connection changed meanwhile. Nothing was revoked. Try again.")]
    SignInChanged,
    /// The keychain doesn't have what was saved there.
    #[error(
        "The keychain doesn’t return what was saved. Entri Tokens still signs in with the old token. Nothing was revoked. Try again."
    )]
    NotKept,
    /// The app still signs in with the old token.
    #[error(
        "Entri Tokens doesn’t sign in with the new token yet. Nothing was changed. Sign in again with its value."
    )]
    NotMoved,
    /// The new token exists, but the app couldn't sign in with it.
    #[error(
        "“{name}” was created, but Entri Tokens couldn’t sign in with it and still uses the old one. Nothing was revoked. Cancel its rotation under Rotations. {why}"
    )]
    CannotMove {
        /// The name of the new token.
        name: String,
        /// Why the app couldn't sign in with it.
        why: String,
    },
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
