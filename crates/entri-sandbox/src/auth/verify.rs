//! The second step of signing in: a code from an authenticator, a sent one, or a backup code
//! (docs/entri-api.md#sign-in). Whether to trust the device is read and ignored.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::{self, cookies, read, user};
use super::cookie::{self, DONT_REMEMBER, TWO_FACTOR, with_cookies};
use crate::accounts::{Factor, Problem};
use crate::lock::lock;
use crate::model::TWO_FACTOR_MEMBER;
use crate::state::{App, Shared};

#[derive(Deserialize)]
struct Answer {
    code: String,
}

pub async fn send_otp(
    State(shared): State<App>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let id = challenge(&shared, &headers)?;
    lock(&shared.second_factor).send(&id, shared.now())?;
    Ok(Json(json!({"status": true})))
}

pub async fn totp(
    State(shared): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    verify(&shared, &headers, &body, Factor::Totp)
}

pub async fn otp(
    State(shared): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    verify(&shared, &headers, &body, Factor::OneTimeCode)
}

pub async fn backup_code(
    State(shared): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    verify(&shared, &headers, &body, Factor::BackupCode)
}

fn challenge(shared: &Shared, headers: &HeaderMap) -> Result<String, Problem> {
    cookie::find_signed(shared, headers, TWO_FACTOR).ok_or(Problem::TwoFactorCookie)
}

fn verify(
    shared: &Shared,
    headers: &HeaderMap,
    body: &[u8],
    factor: Factor,
) -> Result<Response, Problem> {
    let given: Answer = read(headers, body)?;
    let id = challenge(shared, headers)?;
    let answered = lock(&shared.second_factor).answer(&id, factor, &given.code, shared.now());
    match answered {
        Ok(()) => Ok(signed_in(shared, headers)),
        // The challenge is gone. With a sent code it is not: another can be sent.
        Err(Problem::TooManyAttempts) if factor != Factor::OneTimeCode => {
            let cleared = vec![cookie::clear(shared, TWO_FACTOR)];
            Ok(with_cookies(Problem::TooManyAttempts.into_response(), cleared))
        }
        Err(problem) => Err(problem),
    }
}

fn signed_in(shared: &Shared, headers: &HeaderMap) -> Response {
    let remembered = cookie::find_signed(shared, headers, DONT_REMEMBER).is_none();
    let session = account::open(shared, TWO_FACTOR_MEMBER, remembered);
    let mut cookies = cookies(shared, &session);
    cookies.push(cookie::clear(shared, TWO_FACTOR));
    let user = user(TWO_FACTOR_MEMBER, shared.now());
    with_cookies(Json(json!({"token": session.token, "user": user})), cookies)
}
