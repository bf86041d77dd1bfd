//! Shared by the sign-in routes: bodies, sessions and their cookies, and the user.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, TimeDelta, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::cookie::{self, DONT_REMEMBER, SESSION_DATA, SESSION_TOKEN};
use super::session_data;
use crate::accounts::{LIFETIME, Problem, Session};
use crate::forms::SessionOrganization;
use crate::lock::lock;
use crate::misbehavior;
use crate::model::{TWO_FACTOR_MEMBER, person};
use crate::shape::iso;
use crate::state::Shared;

/// Reads a JSON body (docs/entri-api.md#bodies).
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default());
    match kind {
        Some(kind) if kind.trim_start().starts_with("application/json") => {
            serde_json::from_slice(body).map_err(|_| Problem::Validation)
        }
        Some(_) => Err(Problem::MediaType),
        // A body without a type is ignored.
        None => Err(Problem::Validation),
    }
}

/// The token of the session cookie, if its signature is right.
pub fn session_token(shared: &Shared, headers: &HeaderMap) -> Option<String> {
    cookie::find_signed(shared, headers, SESSION_TOKEN)
}

/// The session, and the cookies to set when this use extended it.
pub fn session(shared: &Shared, headers: &HeaderMap) -> Result<(Session, Vec<String>), Problem> {
    let token = session_token(shared, headers).ok_or(Problem::Unauthorized)?;
    let used = lock(&shared.sessions).used(&token, shared.now());
    let (session, renewed) = used.ok_or(Problem::Unauthorized)?;
    let cookies = if renewed { cookies(shared, &session) } else { Vec::new() };
    Ok((session, cookies))
}

/// Starts a session of a member.
pub fn open(shared: &Shared, member: u8, remembered: bool) -> Session {
    let organization = shared.variant().session_organization != SessionOrganization::Unset;
    lock(&shared.sessions).open(member, remembered, organization, shared.now())
}

/// Starts a session of a member; returns its cookie as `name=value`.
pub fn session_cookie(shared: &Shared, member: u8) -> String {
    let session = open(shared, member, true);
    let prefix = shared.variant().cookie_prefix;
    format!("{prefix}.{SESSION_TOKEN}={}", shared.signer.seal(&session.token))
}

/// The cookies that carry a session.
pub fn cookies(shared: &Shared, session: &Session) -> Vec<String> {
    let age = session.remembered.then_some(LIFETIME.num_seconds());
    let mut cookies = vec![cookie::set_signed(shared, SESSION_TOKEN, &session.token, age)];
    if !session.remembered {
        cookies.push(cookie::set_signed(shared, DONT_REMEMBER, "true", None));
    }
    cookies.extend(session_data::cookies(shared, session));
    cookies
}

/// Removes the cookies of a session.
pub fn cleared(shared: &Shared) -> Vec<String> {
    [SESSION_TOKEN, SESSION_DATA, DONT_REMEMBER].map(|name| cookie::clear(shared, name)).into()
}

/// A session as `/get-session` shows it.
pub fn record(shared: &Shared, session: &Session) -> Value {
    json!({
        "id": session.id,
        "userId": person(session.member).id,
        "token": session.token,
        "expiresAt": iso(session.expires),
        "createdAt": iso(session.created),
        "updatedAt": iso(session.updated),
        "activeOrganizationId": session.organization.then(|| misbehavior::current(shared).id),
    })
}

/// A member as sign-in shows it.
pub fn user(number: u8, now: DateTime<Utc>) -> Value {
    let member = person(number);
    json!({
        "id": member.id,
        "name": member.name,
        "email": member.email,
        "emailVerified": true,
        "image": null,
        "createdAt": iso(now - TimeDelta::days(900)),
        "updatedAt": iso(now - TimeDelta::days(900)),
        "twoFactorEnabled": number == TWO_FACTOR_MEMBER,
    })
}
