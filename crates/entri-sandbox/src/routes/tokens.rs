//! The token routes (docs/entri-api.md#tokens, #lists).

use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::pages;
use crate::accounts::Caller;
use crate::auth::caller;
use crate::forms::{CreateShape, OrganizationList, RevokeAnswer, TokenRoutes};
use crate::lock::lock;
use crate::misbehavior;
use crate::model::{
    ApiError, Asked, List, Listed, ORGANIZATION_ID, OTHER, PROJECTS, StoredToken, secret,
};
use crate::random::random;
use crate::shape;
use crate::state::{App, By, Shared};

/// The longest name taken; Entri's own limit is not documented.
const LONGEST_NAME: usize = 200;

/// `organizations` or `projects`, and the id.
type OwnerPath = (String, String);

pub async fn list(
    State(shared): State<App>,
    Path(owner): Path<OwnerPath>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    manager(&shared, &headers)?;
    let variant = shared.variant();
    let listed = match project(&owner)? {
        Some(id) => Listed::Project(id),
        None if variant.organization_list == OrganizationList::WithProjects => Listed::Everywhere,
        None => Listed::Organization,
    };
    pages::answer(&shared, List::Tokens, &asked, |window| {
        misbehavior::before_page(&shared, listed, window)?;
        misbehavior::show_uses(&shared, shared.now())?;
        let (tokens, total) = shared.store.page(
            listed,
            variant.odd.order,
            variant.revoked_listed,
            window,
            shared.now(),
        )?;
        Ok((tokens.iter().map(|token| shape::token(&variant, token)).collect(), total))
    })
}

pub async fn create(
    State(shared): State<App>,
    Path(owner): Path<OwnerPath>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let caller = manager(&shared, &headers)?;
    let project = project(&owner)?;
    let (name, scopes, expires) = checked(&body, shared.now())?;
    let (creation, count) = (shared.variant().odd.creation, shared.store.count(project)?);
    if creation.most.is_some_and(|most| count >= most) {
        return Err(ApiError::conflict("Token limit reached"));
    }
    let (scopes, expires) = creation.terms((scopes, expires), shared.now());
    let secret = secret(random);
    let token = StoredToken {
        id: format!("t-{:012x}", random() >> 16),
        project_id: project.map(str::to_owned),
        name: creation.name(name),
        scopes,
        created: shared.now(),
        expires,
        last_used: None,
        creator: caller.member,
        last4: secret[secret.len() - 4..].to_owned(),
        revoked: false,
    };
    shared.store.add([(&token, secret.as_str())])?;
    let mut ledger = lock(&shared.ledger);
    ledger.began(&token.id);
    ledger.logs("api_token.created", token.created, caller.member, token.clone());
    drop(ledger);
    Ok(created(&shared, &token, &secret))
}

pub async fn revoke(
    State(shared): State<App>,
    Path((kind, owner, id)): Path<(String, String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let caller = manager(&shared, &headers)?;
    let variant = shared.variant();
    let owner = (kind, owner);
    let token = shared.store.revoke(project(&owner)?, &variant.odd.ids.stored(&id))?;
    let token = token.ok_or_else(|| ApiError::not_found("Token not found"))?;
    let by = By::Request(uri.path().to_owned());
    let mut ledger = lock(&shared.ledger);
    ledger.ended(&token.id, shared.now(), by);
    ledger.logs("api_token.revoked", shared.now(), caller.member, token.clone());
    drop(ledger);
    Ok(match variant.revoke {
        RevokeAnswer::NoContent => StatusCode::NO_CONTENT.into_response(),
        RevokeAnswer::Empty => StatusCode::OK.into_response(),
        RevokeAnswer::EmptyObject => Json(json!({})).into_response(),
        RevokeAnswer::Message => Json(json!({"message": "Token revoked"})).into_response(),
        RevokeAnswer::Accepted => {
            (StatusCode::ACCEPTED, Json(shape::token(&variant, &token))).into_response()
        }
    })
}

fn manager(shared: &Shared, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let caller = caller(shared, headers)?;
    match shared.variant().routes {
        TokenRoutes::KeyOnly if !caller.by_key => Err(ApiError::unauthorized("Unauthorized")),
        TokenRoutes::CookieOnly if caller.by_key => Err(ApiError::unauthorized("Unauthorized")),
        _ if !caller.manages_tokens() => Err(ApiError::forbidden()),
        _ => Ok(caller),
    }
}

/// The project; `None` for the organization itself.
fn project((kind, id): &OwnerPath) -> Result<Option<&str>, ApiError> {
    match kind.as_str() {
        "organizations" if id == ORGANIZATION_ID => Ok(None),
        "projects" if PROJECTS.iter().chain(OTHER.projects).any(|project| project.0 == id) => {
            Ok(Some(id))
        }
        _ => Err(ApiError::not_found("Not found")),
    }
}

type NewToken = (String, Vec<String>, Option<DateTime<Utc>>);

fn checked(body: &[u8], now: DateTime<Utc>) -> Result<NewToken, ApiError> {
    let fields: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| ApiError::validation(vec!["the body must be a JSON object".to_owned()]))?;
    let mut wrong: Vec<String> = fields
        .keys()
        .filter(|field| !["name", "scopes", "expiresAt"].contains(&field.as_str()))
        .map(|field| format!("property {field} should not exist"))
        .collect();
    let name = fields.get("name").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        wrong.push("name should not be empty".to_owned());
    }
    if name.chars().count() > LONGEST_NAME {
        wrong.push(format!("name must be shorter than or equal to {LONGEST_NAME} characters"));
    }
    let scopes = fields.get("scopes").map_or(Some(Vec::new()), |scopes| {
        scopes.as_array()?.iter().map(|scope| scope.as_str().map(str::to_owned)).collect()
    });
    if scopes.is_none() {
        wrong.push("each value in scopes must be a string".to_owned());
    }
    let expires = fields.get("expiresAt").map(|at| at.as_str().unwrap_or_default().parse());
    if let Some(Err(_)) = expires {
        wrong.push("expiresAt must be a valid ISO 8601 date string".to_owned());
    }
    let expires: Option<DateTime<Utc>> = expires.and_then(Result::ok);
    match wrong.is_empty() {
        false => Err(ApiError::validation(wrong)),
        true if expires.is_some_and(|at| at <= now) => {
            Err(ApiError::unprocessable("expiresAt must be in the future"))
        }
        true => Ok((name, scopes.unwrap_or_default(), expires)),
    }
}

fn created(shared: &Shared, token: &StoredToken, secret: &str) -> Response {
    let variant = shared.variant();
    let mut record = shape::token(&variant, token);
    match variant.create {
        CreateShape::Flat => {
            record["token"] = json!(secret);
            (StatusCode::CREATED, Json(record)).into_response()
        }
        CreateShape::Wrapped(name) => {
            record["apiKey"] = json!(secret);
            Json(json!({name: record})).into_response()
        }
        CreateShape::Unreadable => {
            let text = format!("created {secret}");
            (StatusCode::CREATED, [(header::CONTENT_TYPE, "text/plain")], text).into_response()
        }
    }
}
