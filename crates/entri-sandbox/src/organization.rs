//! The organization, its projects and its members (contract §4, §10).

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::api_error::ApiError;
use crate::auth::{Caller, caller};
use crate::seed::{MEMBERS, ORGANIZATION_ID, ORGANIZATION_NAME, PROJECTS};
use crate::shape::{self, PageOf, iso};
use crate::shared::{App, Shared};
use crate::tokens::Paging;

pub async fn current(
    State(shared): State<App>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    let caller = caller(&shared, &headers)?;
    if !shared.variant().organization_known {
        return Err(no_organization());
    }
    of_organization(caller)?;
    Ok(Json(json!({
        "_id": ORGANIZATION_ID,
        "name": ORGANIZATION_NAME,
        "slug": "nordlys-apps",
        "settings": {"defaultSourceLanguage": "en", "aiProvider": "anthropic"},
        "createdAt": iso(shared.now() - TimeDelta::days(900)),
    })))
}

pub async fn projects(
    State(shared): State<App>,
    Query(paging): Query<Paging>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    of_organization(caller(&shared, &headers)?)?;
    let entries = (0..PROJECTS.len()).map(|number| record(&shared, number)).collect();
    Ok(Json(page_of(&shared, entries, &paging)?))
}

pub async fn project(
    State(shared): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    caller(&shared, &headers)?;
    let number = PROJECTS.iter().position(|project| project.0 == id);
    let number = number.ok_or_else(|| ApiError::not_found("Project not found"))?;
    Ok(Json(record(&shared, number)))
}

pub async fn members(
    State(shared): State<App>,
    Query(paging): Query<Paging>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    if !of_organization(caller(&shared, &headers)?)?.manages_tokens() {
        return Err(ApiError::forbidden());
    }
    let entries = MEMBERS
        .iter()
        .map(|it| json!({"_id": it.id, "name": it.name, "email": it.email, "role": it.role}))
        .collect();
    Ok(Json(page_of(&shared, entries, &paging)?))
}

/// A page of a list that is small enough to be made whole.
pub fn page_of(shared: &Shared, entries: Vec<Value>, paging: &Paging) -> Result<Value, ApiError> {
    let (page, limit, offset) = paging.checked()?;
    let total = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let entries = entries.into_iter().skip(offset as usize).take(limit as usize).collect();
    Ok(shape::list(shared.variant(), entries, PageOf { page, limit, total }))
}

/// What goes by the active organization has none to go by in a session without one.
fn of_organization(caller: Caller) -> Result<Caller, ApiError> {
    if caller.organization { Ok(caller) } else { Err(no_organization()) }
}

fn no_organization() -> ApiError {
    ApiError::not_found("No active organization")
}

fn record(shared: &Shared, number: usize) -> Value {
    let (id, name, languages) = PROJECTS[number];
    let created = shared.now() - TimeDelta::days(880 - i64::try_from(number).unwrap_or_default());
    let mut record = json!({
        "_id": id,
        "name": name,
        "sourceLanguage": "en",
        "targetLanguages": languages,
        "organization": ORGANIZATION_ID,
        "createdAt": iso(created),
        "updatedAt": iso(shared.now() - TimeDelta::days(3)),
    });
    if let Some(flag) = shared.variant().archived.filter(|_| number == PROJECTS.len() - 1) {
        record[flag] = match flag {
            "status" => json!("archived"),
            "archivedAt" => json!(iso(shared.now() - TimeDelta::days(30))),
            _ => json!(true),
        };
    }
    record
}
