//! Who is asking: an API token or a session cookie (contract §2).

use axum::http::{HeaderMap, header};

use crate::api_error::ApiError;
use crate::seed::member;
use crate::server::Shared;

/// The end of a session cookie's name, whatever its prefix (contract §3).
const COOKIE: &str = "session_token";

/// Who is asking.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    /// The number of the member.
    pub member: u8,
    /// Whether an API token was given.
    pub by_key: bool,
}

impl Caller {
    /// Whether the role manages API tokens (contract §5, "Who may").
    pub fn manages_tokens(self) -> bool {
        matches!(member(self.member).role, "owner" | "admin")
    }
}

/// Checks the credential. A use of an API token is recorded.
pub fn caller(shared: &Shared, headers: &HeaderMap) -> Result<Caller, ApiError> {
    if let Some(key) = headers.get("x-api-key") {
        return by_key(shared, key.to_str().unwrap_or_default());
    }
    let member = session_token(headers).map(|token| shared.store.session(&token)).transpose()?;
    match member.flatten() {
        Some(member) => Ok(Caller { member, by_key: false }),
        None => Err(ApiError::unauthorized("Unauthorized")),
    }
}

/// The session's token, from the cookie `<token>.<signature>`.
pub fn session_token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let (_, value) = cookies
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| name.ends_with(COOKIE))?;
    Some(value.split('.').next().unwrap_or_default().to_owned())
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
    Ok(Caller { member: token.creator, by_key: true })
}
