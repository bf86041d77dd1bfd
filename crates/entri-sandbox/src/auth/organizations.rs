//! `BetterAuth`'s organization plugin, as far as choosing one goes (docs/entri-api.md#sign-in, #organization).

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::{cookies, read, session};
use super::cookie::with_cookies;
use crate::accounts::Problem;
use crate::forms::SessionOrganization;
use crate::lock::lock;
use crate::misbehavior;
use crate::model::{ORGANIZATION_ID, ORGANIZATION_NAME};
use crate::shape::iso;
use crate::state::{App, Shared};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chosen {
    organization_id: String,
}

pub async fn list(State(shared): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    if !has_routes(&shared) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let (_, cookies) = session(&shared, &headers)?;
    Ok(with_cookies(
        Json(json!(shared.variant().odd.organizations.listed(&organization(&shared)))),
        cookies,
    ))
}

pub async fn set_active(
    State(shared): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    if !has_routes(&shared) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let (mut session, _) = session(&shared, &headers)?;
    let chosen: Chosen = read(&headers, &body)?;
    session.organization = chosen.organization_id == ORGANIZATION_ID;
    // A choice that is refused leaves none active.
    lock(&shared.sessions).set_organization(&session.token, session.organization);
    if !session.organization {
        return Err(Problem::NotAMember);
    }
    misbehavior::activate(&shared);
    Ok(with_cookies(Json(organization(&shared)), cookies(&shared, &session)))
}

fn has_routes(shared: &Shared) -> bool {
    shared.variant().session_organization != SessionOrganization::WithoutRoutes
}

fn organization(shared: &Shared) -> Value {
    json!({
        "id": ORGANIZATION_ID,
        "name": ORGANIZATION_NAME,
        "slug": "nordlys-apps",
        "logo": null,
        "createdAt": iso(shared.now() - TimeDelta::days(900)),
    })
}
