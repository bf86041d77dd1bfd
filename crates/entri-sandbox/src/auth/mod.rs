//! Who is asking: an API token or a session cookie (docs/entri-api.md#credentials), and how one signs in
//! (docs/entri-api.md#sign-in).

mod account;
mod cookie;
mod guard;
mod organizations;
mod problem;
mod second_factor;
mod session_data;
mod sessions;
mod sign_in;
mod signature;
mod totp;
mod verify;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::api_error::ApiError;
use crate::seed::person;
use crate::shared::{App, Shared, lock};

pub use account::session_cookie;
pub use guard::Limits;
pub use second_factor::{BACKUP_CODES, SecondFactor};
pub use sessions::Sessions;
pub use signature::Signer;
pub use totp::{SECRET as TOTP_SECRET, code as totp_code};

/// Who is asking.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    /// The number of the member.
    pub member: u8,
    /// Whether an API token was given.
    pub by_key: bool,
    /// Whether the organization is known: it is to every API token, and to a session in which it
    /// is active.
    pub organization: bool,
}

impl Caller {
    /// Whether the role manages API tokens (docs/entri-api.md#who-may).
    pub fn manages_tokens(self) -> bool {
        matches!(person(self.member).role, "owner" | "admin")
    }
}

/// Checks the credential. A use of an API token is recorded; a use of a session may extend it, but
/// sets no cookie, as in a guard of Nest's (docs/entri-api.md#cookies).
pub fn caller(shared: &Shared, headers: &HeaderMap) -> Result<Caller, ApiError> {
    if let Some(key) = headers.get("x-api-key") {
        return by_key(shared, key.to_str().unwrap_or_default());
    }
    by_session(shared, headers).ok_or_else(|| ApiError::unauthorized("Unauthorized"))
}

/// Who is signed in.
pub fn by_session(shared: &Shared, headers: &HeaderMap) -> Option<Caller> {
    let token = account::session_token(shared, headers)?;
    if let Some((member, organization)) = session_data::member(shared, headers, &token) {
        return Some(Caller { member, by_key: false, organization });
    }
    let (session, _) = lock(&shared.sessions).used(&token, shared.now())?;
    Some(Caller { member: session.member, by_key: false, organization: session.organization })
}

fn by_key(shared: &Shared, key: &str) -> Result<Caller, ApiError> {
    let now = shared.now();
    let Some(token) = shared.store.by_secret(key)? else {
        return Err(ApiError::unauthorized("Invalid API token"));
    };
    if token.revoked {
        return Err(ApiError::unauthorized("API token has been revoked"));
    }
    if token.expires.is_some_and(|expires| expires <= now) {
        return Err(ApiError::unauthorized("API token has expired"));
    }
    shared.store.used(&token.id, now)?;
    Ok(Caller { member: token.creator, by_key: true, organization: true })
}

/// The routes under `/api/auth`. An unknown one gives 404 with an empty body.
pub fn routes(shared: App) -> Router<App> {
    Router::new()
        .route("/ok", get(sign_in::ok))
        .route("/sign-in/email", post(sign_in::sign_in))
        .route("/get-session", get(sign_in::get_session))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/two-factor/send-otp", post(verify::send_otp))
        .route("/two-factor/verify-totp", post(verify::totp))
        .route("/two-factor/verify-otp", post(verify::otp))
        .route("/two-factor/verify-backup-code", post(verify::backup_code))
        .route("/organization/list", get(organizations::list))
        .route("/organization/set-active", post(organizations::set_active))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(shared, guard::guard))
}
