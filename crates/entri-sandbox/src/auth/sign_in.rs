//! Signing in with email and password, looking, and signing out (docs/entri-api.md#sign-in).

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::{self, cleared, cookies, read, record, session_token, user};
use super::cookie::{self, DONT_REMEMBER, SESSION_DATA, SESSION_TOKEN, TWO_FACTOR, with_cookies};
use super::session_data;
use crate::accounts::{CHALLENGE_LASTS, Problem};
use crate::lock::lock;
use crate::model::{MEMBERS, PASSWORD, TWO_FACTOR_MEMBER};
use crate::state::{App, Shared};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    email: String,
    password: String,
    remember_me: Option<bool>,
}

pub async fn sign_in(
    State(shared): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let given: SignIn = read(&headers, &body)?;
    if !given.email.contains('@') {
        return Err(Problem::Email);
    }
    let email = given.email.to_lowercase();
    let number = MEMBERS.iter().position(|member| member.email == email);
    let number = number.filter(|_| given.password == PASSWORD).and_then(|at| u8::try_from(at).ok());
    let member = number.ok_or(Problem::EmailOrPassword)?;
    let remembered = given.remember_me != Some(false);
    if member == TWO_FACTOR_MEMBER {
        return Ok(challenged(&shared, remembered));
    }
    let session = account::open(&shared, member, remembered);
    let user = user(member, shared.now());
    let body = json!({"redirect": false, "token": session.token, "user": user});
    Ok(with_cookies(Json(body), cookies(&shared, &session)))
}

/// Asks for the second factor: the status is still 200, with a cookie that must come back with the
/// code.
fn challenged(shared: &Shared, remembered: bool) -> Response {
    let challenge = lock(&shared.second_factor).challenge(shared.now());
    let age = Some(CHALLENGE_LASTS.num_seconds());
    let mut cookies: Vec<_> =
        [SESSION_TOKEN, SESSION_DATA].map(|name| cookie::clear(shared, name)).into();
    cookies.push(cookie::set_signed(shared, TWO_FACTOR, &challenge, age));
    if !remembered {
        cookies.push(cookie::set_signed(shared, DONT_REMEMBER, "true", None));
    }
    let body = json!({"twoFactorRedirect": true, "twoFactorMethods": ["totp", "otp"]});
    with_cookies(Json(body), cookies)
}

pub async fn get_session(State(shared): State<App>, headers: HeaderMap) -> Response {
    let Some(token) = session_token(&shared, &headers) else {
        return Json(Value::Null).into_response();
    };
    if let Some(known) = session_data::known(&shared, &headers, &token) {
        return Json(known).into_response();
    }
    let now = shared.now();
    let Some((session, renewed)) = lock(&shared.sessions).used(&token, now) else {
        return with_cookies(Json(Value::Null), cleared(&shared));
    };
    let cookies =
        if renewed { cookies(&shared, &session) } else { session_data::cookies(&shared, &session) };
    let body = json!({"session": record(&shared, &session), "user": user(session.member, now)});
    with_cookies(Json(body), cookies)
}

pub async fn sign_out(State(shared): State<App>, headers: HeaderMap) -> Response {
    if let Some(token) = session_token(&shared, &headers) {
        lock(&shared.sessions).close(&token);
    }
    with_cookies(Json(json!({"success": true})), cleared(&shared))
}

pub async fn ok() -> Json<Value> {
    Json(json!({"ok": true}))
}
