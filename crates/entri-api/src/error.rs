//! How a request can fail, mapped once from everything HTTP can say.

use std::time::Duration;

use crate::credential::CredentialKind;
use crate::message::ServerMessage;
use crate::secret::Secret;

/// Every way a request can fail. The sentences are for people: what happened, what it means for
/// the tokens, what to do. `host` is the server, as ASCII and with its port if that is unusual;
/// `reason` says why in a few words.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields that recur are explained above")]
pub enum Error {
    /// The server could not be reached (refused, no such name, no network). Nothing was sent.
    #[error(
        "{host} cannot be reached ({reason}). Nothing was sent. Check the address and the \
         network, then try again."
    )]
    Unreachable { host: String, reason: String },
    /// The server could not prove who it is. Nothing was sent.
    #[error(
        "{host} could not prove its identity ({reason}). Nothing was sent. Ask whoever runs the \
         server; there is no way around this check."
    )]
    Tls { host: String, reason: String },
    /// A request that changes nothing was sent, and the answer did not come in time.
    #[error("{host} did not answer in time. Nothing was changed. Try again.")]
    Timeout { host: String },
    /// A request that changes nothing was sent, and the answer did not come, or not whole.
    #[error("{host} did not finish its answer ({reason}). Nothing was changed. Try again.")]
    Interrupted { host: String, reason: String },
    /// A create or a revoke was sent, and nobody knows what it did: the answer was lost, or was a
    /// 5xx, which says nothing about what was done before.
    #[error(
        "The request to {act} was sent, but {host} gave no clear answer ({reason}). It may have \
         been done. Refresh the list to see before you try again."
    )]
    OutcomeUnknown {
        /// What was asked for, such as “create the token”.
        act: &'static str,
        host: String,
        reason: String,
    },
    /// A create was accepted, but the answer could not be understood. What came back is kept
    /// here, since the token's value is shown only once (contract §5).
    #[error(
        "{host} accepted the new token, but answered in a form this app does not know. Refresh \
         the list to see the token. What came back is kept, since it may hold the value."
    )]
    UnreadableCreate {
        host: String,
        /// The value, or else the whole answer.
        body: Secret,
    },
    /// The server pointed elsewhere. That was not followed: the credential would have gone along.
    #[error(
        "{host} redirects to {target}. That was not followed, because the credential would go \
         along. If that is the right server, connect to it instead."
    )]
    Redirected {
        host: String,
        /// The origin it pointed to.
        target: String,
    },
    /// 401: no credential, or an invalid, revoked or expired one (contract §2).
    #[error("{host} does not accept this {}", refused(*credential, message))]
    Unauthorized {
        host: String,
        message: ServerMessage,
        /// What was refused.
        credential: CredentialKind,
    },
    /// 401 to a session that lives: this takes an API token only (contract §13).
    #[error(
        "{host} takes no session for this{message}. You are still signed in, and nothing was \
         changed. Connect with an API token instead."
    )]
    ApiTokenWanted { host: String, message: ServerMessage },
    /// 403: a valid credential that may not do this (contract §2).
    #[error(
        "{host} does not allow this{message}. Only owners and admins manage API tokens. Nothing \
         was changed."
    )]
    Forbidden { host: String, message: ServerMessage },
    /// 404 or 410: missing, or in another organization (contract §7).
    #[error("{host} has no such entry{message}. Check the address and the organization.")]
    NotFound { host: String, message: ServerMessage },
    /// 400, 409, 413, 422 or another 4xx: the server refused what was sent.
    #[error("{host} refused the request{message}. Nothing was changed. Correct it and try again.")]
    Invalid { host: String, status: u16, message: ServerMessage },
    /// 429: too many requests.
    #[error("{host} asks to wait{} before the next request. Nothing was changed.", seconds(*wait))]
    RateLimited {
        host: String,
        /// How long, 60 s at most; `None` where the server does not say.
        wait: Option<Duration>,
    },
    /// 5xx on a request that changes nothing.
    #[error("{host} failed (HTTP {status}){message}. Nothing was changed. Try again later.")]
    Server { host: String, status: u16, message: ServerMessage },
    /// The answer is not what this API gives, such as a web page.
    #[error(
        "{host} gave an answer that cannot be read ({content_type}, HTTP {status}). Check that \
         the address is that of an Entri server."
    )]
    UnexpectedAnswer {
        host: String,
        status: u16,
        /// What the server called its answer.
        content_type: String,
    },
    /// The answer is larger than any honest one.
    #[error("The answer of {host} is larger than {} KB and was not read to its end.", limit / 1024)]
    TooLarge {
        host: String,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// The server refused the request for where it says that it comes from (contract §3).
    #[error(
        "{host} refused the request: it takes it only from its own address, and that is another one \
         than the address it was called by. Nothing was changed. Connect with the address at which \
         the server itself is opened in a browser."
    )]
    OriginRefused { host: String },
    /// The session is one of another server. Nothing was sent.
    #[error(
        "This session belongs to another server than {host}. Nothing was sent. Sign in to {host}."
    )]
    ForeignSession { host: String },
    /// The HTTP client itself could not be set up.
    #[error("The network layer could not be started ({0}). Restart the app.")]
    Setup(String),
}

fn refused(credential: CredentialKind, message: &ServerMessage) -> String {
    match credential {
        CredentialKind::ApiToken => format!(
            "credential{message}. It may be mistyped, revoked or expired. Paste another API token."
        ),
        CredentialKind::Session => {
            format!("session{message}. The session has ended. Sign in again.")
        }
    }
}

pub(crate) fn seconds(wait: Option<Duration>) -> String {
    wait.map_or_else(String::new, |wait| format!(" {} seconds", wait.as_secs_f64().ceil()))
}
