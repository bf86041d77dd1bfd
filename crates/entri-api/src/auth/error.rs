//! How a sign-in can fail: the codes of docs/entri-api.md#errors-of-a-sign-in, each mapped to one
//! error.

use std::time::Duration;

use crate::error::{Error, seconds};
use crate::message::ServerMessage;
use crate::transport::Answer;

/// Every way a sign-in can fail. The sentences are for people: what happened, what it means, what to
/// do. `host` is the server. Nobody is signed in after any of them.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the field that recurs is explained above")]
pub enum SignInError {
    #[error(transparent)]
    Api(#[from] Error),
    /// Code `INVALID_EMAIL_OR_PASSWORD`, which an account without a password gets, too.
    #[error(
        "{host} doesn’t recognize this email address and password. If you use Google, GitHub or SSO, choose Browser."
    )]
    WrongPassword { host: String },
    /// Code `INVALID_EMAIL`: the server doesn't take the text for an email address.
    #[error("This is not an email address. Correct it and try again.")]
    InvalidEmail,
    /// Code `EMAIL_NOT_VERIFIED`: the account's email address hasn't been confirmed yet.
    #[error("Confirm your email address first. Open the link {host} sent you, then sign in again.")]
    EmailNotVerified { host: String },
    /// Code `EMAIL_PASSWORD_DISABLED`: the server offers only other ways to sign in.
    #[error("{host} doesn’t allow password sign-in. Use Browser or an API token.")]
    PasswordDisabled { host: String },
    /// Code `INVALID_CODE`: the code is wrong. After five wrong ones the challenge is over.
    #[error("Wrong code. Enter the current one. After five wrong codes you’ll need to start over.")]
    WrongCode,
    /// Code `INVALID_BACKUP_CODE`: the backup code is wrong or was used before.
    #[error("Invalid or used backup code. Try another one. Include the dash; case matters.")]
    WrongBackupCode,
    /// Code `OTP_HAS_EXPIRED`: the code that was sent has expired, or none was sent.
    #[error("The code has expired, or none was sent. Send a new one.")]
    CodeExpired,
    /// Code `INVALID_TWO_FACTOR_COOKIE`: the 10 minutes of the challenge are over, or it was used.
    #[error("Time’s up for the two-factor step. Start over with email and password.")]
    StartOver,
    /// Code `TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE`: after five wrong codes, not even the right one is
    /// accepted.
    #[error("Too many wrong codes. Start over with email and password.")]
    TooManyCodes,
    /// Code `ACCOUNT_TEMPORARILY_LOCKED`, after ten failures in a row. This isn't the rate limit,
    /// and the server doesn't say how long it lasts.
    #[error(
        "{host} has locked this account for about 15 minutes after too many wrong codes. Then start over with email and password."
    )]
    Locked { host: String },
    /// 429: too many tries, whether right or wrong.
    #[error("Too many attempts at {host}. Try again{}.", seconds(*wait))]
    RateLimited {
        host: String,
        /// How long to wait, at most 60 s; `None` if the server doesn't say.
        wait: Option<Duration>,
    },
    /// The server has no route for signing in with email and password (404 or 405).
    #[error(
        "{host} doesn’t offer email sign-in. Check the server, or use Browser or an API token."
    )]
    NotOffered { host: String },
    /// The server answered with success but sent neither a session cookie nor a bearer token.
    #[error(
        "{host} accepted the sign-in but didn’t return a session. Use Browser or an API token."
    )]
    NoSession { host: String },
    /// The response was lost. If it did sign in, nobody holds that session, so nothing is lost.
    #[error(
        "{host} closed the connection ({reason}). You aren’t signed in. Start over; you may need a new code."
    )]
    Lost {
        host: String,
        /// Why the response was lost, in a few words.
        reason: String,
    },
    /// Code `VALIDATION_ERROR`, or any other refusal; with the server's own words.
    #[error("{host} rejected the sign-in{message} (HTTP {status}). Correct it and try again.")]
    Refused { host: String, status: u16, message: ServerMessage },
}

/// The step that a response belongs to, for a 401 without a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Password,
    Code,
    BackupCode,
}

/// A request whose response is unclear. If it did sign in, nobody holds that session, so nothing is lost.
pub(super) fn lost(error: Error) -> SignInError {
    match error {
        Error::Timeout { host } => {
            SignInError::Lost { host, reason: "no answer in time".to_owned() }
        }
        Error::Interrupted { host, reason } => SignInError::Lost { host, reason },
        error => error.into(),
    }
}

/// The meaning of a response other than 2xx: by its code, or else by its status.
pub(super) fn refusal(answer: Answer, act: Act) -> SignInError {
    let host = answer.host.clone();
    match (&*answer.code().unwrap_or_default(), answer.status()) {
        ("INVALID_EMAIL_OR_PASSWORD", _) => SignInError::WrongPassword { host },
        ("INVALID_EMAIL", _) => SignInError::InvalidEmail,
        ("EMAIL_NOT_VERIFIED", _) => SignInError::EmailNotVerified { host },
        ("EMAIL_PASSWORD_DISABLED", _) => SignInError::PasswordDisabled { host },
        ("INVALID_CODE", _) => SignInError::WrongCode,
        ("INVALID_BACKUP_CODE", _) => SignInError::WrongBackupCode,
        ("OTP_HAS_EXPIRED", _) => SignInError::CodeExpired,
        ("INVALID_TWO_FACTOR_COOKIE", _) => SignInError::StartOver,
        ("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", _) => SignInError::TooManyCodes,
        ("ACCOUNT_TEMPORARILY_LOCKED", _) => SignInError::Locked { host },
        ("", 401) => match act {
            Act::Password => SignInError::WrongPassword { host },
            Act::Code => SignInError::WrongCode,
            Act::BackupCode => SignInError::WrongBackupCode,
        },
        (_, 404 | 405) => SignInError::NotOffered { host },
        (_, 429) => SignInError::RateLimited { host, wait: answer.wait() },
        (_, status @ 400..500) => SignInError::Refused { host, status, message: answer.message() },
        _ => match answer.success() {
            Err(error) => error.into(),
            Ok(answer) => answer.unexpected().into(),
        },
    }
}
