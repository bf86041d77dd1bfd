//! How a request can fail, mapped once from everything HTTP can say.

use std::time::Duration;

use crate::credential::CredentialKind;
use crate::message::ServerMessage;
use crate::secret::Secret;

/// Every way a request can fail. The sentences are for people: what happened, what it means for the
/// tokens, what to do. A server may have done what it says it refused, so no response counts as
/// proof that nothing changed. `host` is the server, as ASCII and with its port if that is unusual;
/// `reason` says why in a few words.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields that recur are explained above")]
pub enum Error {
    /// The server could not be reached (refused, no such name, no network). Nothing was sent.
    #[error(
        "Can’t reach {host} ({reason}). Nothing was sent. Check the address and your network, then try again."
    )]
    Unreachable { host: String, reason: String },
    /// The server could not prove who it is. Nothing was sent.
    #[error(
        "Can’t verify {host}’s identity ({reason}). Nothing was sent. Contact the server’s administrator."
    )]
    Tls { host: String, reason: String },
    /// A request that changes nothing was sent, and the answer did not come in time.
    #[error("{host} timed out. Try again.")]
    Timeout { host: String },
    /// A request that changes nothing was sent, and no complete response came.
    #[error("{host} closed the connection ({reason}). Try again.")]
    Interrupted { host: String, reason: String },
    /// A create or a revoke was sent, and its effect is unknown: the response was lost, or was a 5xx, which
    /// doesn't say what was done before it.
    #[error(
        "{host} didn’t confirm the request to {act} ({reason}). It may have been done. Refresh the list before you try again."
    )]
    OutcomeUnknown {
        /// The request, such as “create the token”.
        act: &'static str,
        host: String,
        reason: String,
    },
    /// A create was accepted, but the response couldn't be understood. It is kept here, since the token's
    /// value is shown only once (docs/entri-api.md#tokens).
    #[error(
        "{host} created the token but sent an unexpected response. The response is kept, since it may contain the value. Refresh the list to see the token."
    )]
    UnreadableCreate {
        host: String,
        /// The value, or else the whole answer.
        body: Secret,
    },
    /// The server redirected. That wasn't followed, because the credential would have gone along.
    #[error(
        "{host} redirects to {target}. Not followed, to protect your credential. Connect to {target} if you trust it."
    )]
    Redirected {
        host: String,
        /// The origin it pointed to.
        target: String,
    },
    /// 401: no credential, or an invalid, revoked or expired one (docs/entri-api.md#credentials).
    #[error("{host} rejected this {}", refused(*credential, message))]
    Unauthorized {
        host: String,
        message: ServerMessage,
        /// The kind of credential that was refused.
        credential: CredentialKind,
    },
    /// 401 to a session that lives: this takes an API token only (docs/entri-api.md#tolerance).
    #[error(
        "{host} requires an API token for this{message}. You are still signed in. Connect with an API token instead."
    )]
    ApiTokenWanted { host: String, message: ServerMessage },
    /// 403: a valid credential that may not do this (docs/entri-api.md#credentials).
    #[error("{host} does not allow this{message}. Only owners and admins manage API tokens.")]
    Forbidden { host: String, message: ServerMessage },
    /// 404 or 410: missing, or in another organization (docs/entri-api.md#errors).
    #[error("{host} couldn’t find this{message}. Check the server and the organization.")]
    NotFound { host: String, message: ServerMessage },
    /// 400, 409, 413, 422 or another 4xx: the server refused what was sent.
    #[error("{host} rejected the request{message}. Correct it and try again.")]
    Invalid { host: String, status: u16, message: ServerMessage },
    /// 429: too many requests in too short a time.
    #[error("{host} is rate limiting. Try again{}.", seconds(*wait))]
    RateLimited {
        host: String,
        /// How long to wait, at most 60 s; `None` if the server doesn't say.
        wait: Option<Duration>,
    },
    /// 5xx on a request that changes nothing.
    #[error("{host} had an error (HTTP {status}){message}. Try again later.")]
    Server { host: String, status: u16, message: ServerMessage },
    /// The response isn't one of this API's, but for example a web page.
    #[error(
        "{host} didn’t respond like an Entri server ({content_type}, HTTP {status}). Check the address."
    )]
    UnexpectedAnswer {
        host: String,
        status: u16,
        /// The type the server gave for its response, or “no stated type”.
        content_type: String,
    },
    /// The response is larger than any that this API sends, so it wasn't read to its end.
    #[error("The response from {host} is larger than {} KB, so it wasn’t read to the end.", limit / 1024)]
    TooLarge {
        host: String,
        /// The most bytes that are read.
        limit: usize,
    },
    /// The server refused the request because of its origin (docs/entri-api.md#sign-in).
    #[error(
        "{host} only accepts requests at its public address. Connect using the address you open in a browser."
    )]
    OriginRefused { host: String },
    /// The session belongs to another server. Nothing was sent.
    #[error(
        "This session is for a different server, not {host}. Nothing was sent. Sign in to {host}."
    )]
    ForeignSession { host: String },
    /// The HTTP client itself couldn't be set up.
    #[error("Networking failed to start ({0}). Restart the app.")]
    Setup(String),
}

fn refused(credential: CredentialKind, message: &ServerMessage) -> String {
    match credential {
        CredentialKind::ApiToken => format!(
            "API token{message}. It may be mistyped, revoked or expired. Sign in with another one."
        ),
        CredentialKind::Session => {
            format!("session{message}. The session has ended. Sign in again.")
        }
    }
}

pub(crate) fn seconds(wait: Option<Duration>) -> String {
    wait.map_or_else(
        || " later".to_owned(),
        |wait| format!(" in {} seconds", wait.as_secs_f64().ceil()),
    )
}
