//! The activity logs (docs/entri-api.md#activity). As documented, they say nothing of tokens; a sandbox with a past,
//! which somebody looks at, does.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::pages;
use crate::auth::caller;
use crate::lock::lock;
use crate::misbehavior;
use crate::model::{ApiError, Asked, List, MEMBERS, ORGANIZATION_ID, PROJECTS, person};
use crate::shape::iso;
use crate::state::{App, Logged, Shared};

pub async fn of_organization(
    State(shared): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    if !caller(&shared, &headers)?.manages_tokens() {
        return Err(ApiError::forbidden());
    }
    if id != ORGANIZATION_ID {
        return Err(ApiError::not_found("Organization not found"));
    }
    filtered(&shared, None, &asked)
}

pub async fn of_project(
    State(shared): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    caller(&shared, &headers)?;
    if !PROJECTS.iter().any(|project| project.0 == id) {
        return Err(ApiError::not_found("Project not found"));
    }
    filtered(&shared, Some(&id), &asked)
}

fn filtered(shared: &Shared, project: Option<&str>, asked: &Asked) -> Result<Response, ApiError> {
    let is = |value: &Value, wanted: Option<&str>| wanted.is_none_or(|wanted| value == wanted);
    pages::of_whole(shared, List::Activity, asked, |window| {
        let fits = |entry: &Value| {
            is(&entry["projectId"], project)
                && is(&entry["action"], asked.text("action"))
                && is(&entry["userId"], asked.text("userId"))
        };
        let earlier = entries(shared, misbehavior::shift_log(shared, window));
        of_tokens(shared).into_iter().chain(earlier).filter(fits).collect()
    })
}

/// What was done to tokens since the start, newest first.
fn of_tokens(shared: &Shared) -> Vec<Value> {
    let logged = if shared.logs_tokens { lock(&shared.ledger).logged.clone() } else { Vec::new() };
    let entry = |(number, Logged { action, at, member, token }): (usize, Logged)| {
        let member = person(member);
        json!({
            "_id": format!("a-t{number}"),
            "action": action,
            "userId": member.id,
            "userName": member.name,
            "projectId": token.project_id,
            "organizationId": ORGANIZATION_ID,
            "targetId": token.id,
            "targetType": "api_token",
            "metadata": {"name": token.name},
            "created": iso(at),
        })
    };
    logged.into_iter().enumerate().rev().map(entry).collect()
}

/// Newest first; some of them were written meanwhile.
fn entries(shared: &Shared, meanwhile: usize) -> Vec<Value> {
    const ACTIONS: [&str; 3] = ["project.updated", "key.created", "translation.approved"];
    let entry = |place: usize| {
        // Entries written in the meantime move the others without changing them.
        let number = (place + 60 - meanwhile % 60) % 60;
        // The last member has not done anything yet.
        let member = &MEMBERS[number % (MEMBERS.len() - 1)];
        let project = PROJECTS[number % PROJECTS.len()].0;
        let hours = i64::try_from(place.saturating_sub(meanwhile) * 7 + 2).unwrap_or_default();
        json!({
            "_id": format!("a-{}", 700 + meanwhile - place),
            "action": ACTIONS[number % ACTIONS.len()],
            "userId": member.id,
            "userName": member.name,
            "projectId": project,
            "organizationId": ORGANIZATION_ID,
            "targetId": project,
            "targetType": "project",
            "metadata": {},
            "created": iso(shared.started - TimeDelta::hours(hours)),
        })
    };
    (0..60 + meanwhile).map(entry).collect()
}
