//! The organization, its projects and its members (docs/entri-api.md#organization, #members).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::pages;
use crate::accounts::Caller;
use crate::auth::caller;
use crate::misbehavior;
use crate::model::{ApiError, Asked, List, Member, OURS, Organization};
use crate::shape::iso;
use crate::state::{App, Shared};

pub async fn current(
    State(shared): State<App>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    let caller = caller(&shared, &headers)?;
    if !shared.variant().organization_known {
        return Err(no_organization());
    }
    let organization = of_organization(&shared, caller)?;
    Ok(Json(json!({
        "_id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "settings": {"defaultSourceLanguage": "en", "aiProvider": "anthropic"},
        "createdAt": iso(shared.now() - TimeDelta::days(900)),
    })))
}

pub async fn projects(
    State(shared): State<App>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    let organization = of_organization(&shared, caller(&shared, &headers)?)?;
    pages::of_whole(&shared, List::Projects, &asked, |_| {
        (0..organization.projects.len())
            .map(|number| record(&shared, organization, number))
            .collect()
    })
}

pub async fn project(
    State(shared): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    caller(&shared, &headers)?;
    let number = OURS.projects.iter().position(|project| project.0 == id);
    let number = number.ok_or_else(|| ApiError::not_found("Project not found"))?;
    Ok(Json(record(&shared, &OURS, number)))
}

pub async fn members(
    State(shared): State<App>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    let caller = caller(&shared, &headers)?;
    let organization = of_organization(&shared, caller)?;
    if !caller.manages_tokens() {
        return Err(ApiError::forbidden());
    }
    pages::of_whole(&shared, List::Members, &asked, |_| {
        let record = |it: &Member| json!({"_id": it.id, "name": it.name, "email": it.email, "role": it.role});
        organization.members.iter().map(record).collect()
    })
}

/// A session without an active organization has none for routes that depend on it.
fn of_organization(shared: &Shared, caller: Caller) -> Result<&'static Organization, ApiError> {
    if caller.organization {
        Ok(misbehavior::active(shared, caller))
    } else {
        Err(no_organization())
    }
}

fn no_organization() -> ApiError {
    ApiError::not_found("No active organization")
}

fn record(shared: &Shared, of: &Organization, number: usize) -> Value {
    let (id, name, languages) = of.projects[number];
    let created = shared.now() - TimeDelta::days(880 - i64::try_from(number).unwrap_or_default());
    let mut record = json!({
        "_id": id,
        "name": name,
        "sourceLanguage": "en",
        "targetLanguages": languages,
        "organization": of.id,
        "createdAt": iso(created),
        "updatedAt": iso(shared.now() - TimeDelta::days(3)),
    });
    if let Some(flag) = shared.variant().archived.filter(|_| number == of.projects.len() - 1) {
        record[flag] = match flag {
            "status" => json!("archived"),
            "archivedAt" => json!(iso(shared.now() - TimeDelta::days(30))),
            _ => json!(true),
        };
    }
    record
}
