//! Sign-in with email and password, as `BetterAuth` answers (contract §3).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api_error::ApiError;
use crate::auth::session_token;
use crate::seed::{self, MEMBERS, PASSWORD, member};
use crate::server::{App, random};
use crate::shape::iso;

const COOKIE: &str = "better-auth.session_token";
const LIFETIME_DAYS: i64 = 7;

#[derive(Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
}

pub async fn sign_in(
    State(shared): State<App>,
    Json(given): Json<SignIn>,
) -> Result<Response, ApiError> {
    let member = MEMBERS.iter().position(|member| member.email == given.email);
    let member = member.filter(|_| given.password == PASSWORD);
    let Some(member) = member.and_then(|number| u8::try_from(number).ok()) else {
        let error =
            json!({"message": "Invalid email or password", "code": "INVALID_EMAIL_OR_PASSWORD"});
        return Ok((StatusCode::UNAUTHORIZED, Json(error)).into_response());
    };
    let token = format!("{:016x}{:016x}", random(), random());
    shared.store.open_session(&token, member)?;
    let age = TimeDelta::days(LIFETIME_DAYS).num_seconds();
    let cookie =
        format!("{COOKIE}={token}.c2FuZGJveA%3D%3D; Max-Age={age}; Path=/; HttpOnly; SameSite=Lax");
    let body = json!({"redirect": false, "token": token, "user": user(member)});
    Ok(([(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

pub async fn get_session(
    State(shared): State<App>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    let Some(token) = session_token(&headers) else { return Ok(Json(Value::Null)) };
    let Some(member) = shared.store.session(&token)? else { return Ok(Json(Value::Null)) };
    let ends = shared.now() + TimeDelta::days(LIFETIME_DAYS);
    let session =
        json!({"userId": seed::member(member).id, "token": token, "expiresAt": iso(ends)});
    Ok(Json(json!({"session": session, "user": user(member)})))
}

pub async fn sign_out(State(shared): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    if let Some(token) = session_token(&headers) {
        shared.store.close_session(&token)?;
    }
    let cookie = format!("{COOKIE}=; Max-Age=0; Path=/");
    Ok(([(header::SET_COOKIE, cookie)], Json(json!({"success": true}))).into_response())
}

pub async fn ok() -> Json<Value> {
    Json(json!({"ok": true}))
}

fn user(number: u8) -> Value {
    let member = member(number);
    json!({"id": member.id, "name": member.name, "email": member.email, "emailVerified": true, "image": null})
}
