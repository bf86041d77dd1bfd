//! The activity logs (contract §9). As documented, they say nothing of tokens.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api_error::ApiError;
use crate::auth::caller;
use crate::organization::page_of;
use crate::seed::{MEMBERS, ORGANIZATION_ID, PROJECTS};
use crate::shape::iso;
use crate::shared::{App, Shared};
use crate::tokens::Paging;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    page: Option<u32>,
    limit: Option<u32>,
    action: Option<String>,
    user_id: Option<String>,
}

pub async fn of_organization(
    State(shared): State<App>,
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    if !caller(&shared, &headers)?.manages_tokens() {
        return Err(ApiError::forbidden());
    }
    if id != ORGANIZATION_ID {
        return Err(ApiError::not_found("Organization not found"));
    }
    filtered(&shared, None, &filter)
}

pub async fn of_project(
    State(shared): State<App>,
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    caller(&shared, &headers)?;
    if !PROJECTS.iter().any(|project| project.0 == id) {
        return Err(ApiError::not_found("Project not found"));
    }
    filtered(&shared, Some(&id), &filter)
}

fn filtered(
    shared: &Shared,
    project: Option<&str>,
    filter: &Filter,
) -> Result<Json<Value>, ApiError> {
    let is = |value: &Value, wanted: Option<&str>| wanted.is_none_or(|wanted| value == wanted);
    let entries = entries(shared)
        .into_iter()
        .filter(|entry| {
            is(&entry["projectId"], project)
                && is(&entry["action"], filter.action.as_deref())
                && is(&entry["userId"], filter.user_id.as_deref())
        })
        .collect();
    let paging = Paging { page: filter.page, limit: filter.limit };
    Ok(Json(page_of(shared, entries, &paging)?))
}

/// Newest first.
fn entries(shared: &Shared) -> Vec<Value> {
    const ACTIONS: [&str; 3] = ["project.updated", "key.created", "translation.approved"];
    let entry = |number: usize| {
        // The last member has not done anything yet.
        let member = &MEMBERS[number % (MEMBERS.len() - 1)];
        let project = PROJECTS[number % PROJECTS.len()].0;
        let hours = i64::try_from(number * 7 + 2).unwrap_or_default();
        json!({
            "_id": format!("a-{}", 700 - number),
            "action": ACTIONS[number % ACTIONS.len()],
            "userId": member.id,
            "userName": member.name,
            "projectId": project,
            "organizationId": ORGANIZATION_ID,
            "targetId": project,
            "targetType": "project",
            "metadata": {},
            "created": iso(shared.now() - TimeDelta::hours(hours)),
        })
    };
    (0..60).map(entry).collect()
}
