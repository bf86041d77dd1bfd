//! Who sends a request: the owner of an API token or of a session cookie
//! (docs/entri-api.md#credentials), and how to sign in (docs/entri-api.md#sign-in).

mod account;
mod cookie;
mod guard;
mod organizations;
mod session_data;
mod sign_in;
mod verify;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::accounts::Caller;
use crate::lock::lock;
use crate::misbehavior;
use crate::model::{ApiError, OWNER};
use crate::state::{App, Credential, Shared};

pub use account::session_cookie;

/// Checks the credential. Using an API token is recorded; using a session may extend it, but sets
/// no cookie, as in Nest's guard (docs/entri-api.md#cookies).
pub fn caller(shared: &Shared, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let caller = match headers.get("x-api-key") {
        Some(key) => by_key(shared, key.to_str().unwrap_or_default())?,
        None => {
            by_session(shared, headers).ok_or_else(|| ApiError::unauthorized("Unauthorized"))?
        }
    };
    asked_with(shared, Credential::Accepted);
    Ok(caller)
}

fn asked_with(shared: &Shared, credential: Credential) {
    lock(&shared.ledger).asked_with(credential, shared.now());
}

/// The member whose session a request has; `None` if nobody is signed in.
pub fn by_session(shared: &Shared, headers: &HeaderMap) -> Option<Caller> {
    let token = account::session_token(shared, headers)?;
    if let Some((member, organization)) = session_data::member(shared, headers, &token) {
        return Some(Caller { member, by_key: false, organization });
    }
    let (session, _) = lock(&shared.sessions).used(&token, shared.now())?;
    Some(Caller { member: session.member, by_key: false, organization: session.organization })
}

fn by_key(shared: &Shared, key: &str) -> Result<Caller, ApiError> {
    let (now, values) = (shared.now(), shared.variant().odd.values);
    let Some(token) = shared.store.by_secret(key)? else {
        let anybody =
            values.any.then_some(Caller { member: OWNER, by_key: true, organization: true });
        return anybody.ok_or_else(|| {
            asked_with(shared, Credential::Unknown);
            ApiError::unauthorized("Invalid API token")
        });
    };
    if token.revoked && !misbehavior::lingers(shared, &token.id) {
        asked_with(shared, Credential::Revoked(token.id));
        return Err(ApiError::unauthorized("API token has been revoked"));
    }
    if token.expires.is_some_and(|expires| expires <= now) {
        return Err(ApiError::unauthorized("API token has expired"));
    }
    misbehavior::keep_use(shared, &token.id)?;
    Ok(Caller { member: token.creator, by_key: true, organization: true })
}

/// The routes under `/api/auth`. An unknown one answers 404 with an empty body.
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
