//! The server: its routes, and what happens around every request.

mod serve;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get};
use serde_json::{Value, json};

use crate::forms::Prefix;
use crate::lock::lock;
use crate::model::ApiError;
use crate::orders::{Fault, FaultAnswer};
use crate::routes::{activity, organization, tokens};
use crate::state::{App, Shared};
use crate::{auth, login, misbehavior, shape};

pub use serve::serve;

/// An error body is a few lines; this is plenty.
const ERROR_LIMIT: usize = 64 * 1024;

/// The server with all its routes.
pub fn router(shared: App) -> Router {
    let api = Router::new()
        .route("/organizations/current", get(organization::current))
        .route("/organizations/current/members", get(organization::members))
        .route("/organizations/{id}/activity", get(activity::of_organization))
        .route("/projects", get(organization::projects))
        .route("/projects/{id}", get(organization::project))
        .route("/projects/{id}/activity", get(activity::of_project))
        .route("/{kind}/{id}/tokens", get(tokens::list).post(tokens::create))
        .route("/{kind}/{id}/tokens/{token}", delete(tokens::revoke));
    Router::new()
        .merge(login::routes())
        .nest("/api/auth", auth::routes(Arc::clone(&shared)))
        .nest("/api/v1", api.clone())
        .nest("/api", api)
        .fallback(unknown_route)
        .layer(from_fn_with_state(Arc::clone(&shared), around))
        .with_state(shared)
}

async fn unknown_route(method: Method, uri: Uri) -> ApiError {
    ApiError::not_found(&format!("Cannot {method} {}", uri.path()))
}

/// Wraps every request: its response gets the bytes and the timing of an odd server.
async fn around(State(shared): State<App>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = answered(&shared, request, next).await;
    shared.holds.wait(&method, &uri).await;
    let odd = shared.variant().odd;
    if misbehavior::is_dressed(&odd) {
        response = misbehavior::dressed(&odd, &method, response).await;
    }
    response.headers_mut().extend(misbehavior::date(&shared).map(|date| (header::DATE, date)));
    response
}

/// Records a request, lets it fail if that was ordered, and adds time and path to an error.
async fn answered(shared: &Shared, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    lock(&shared.ledger).record(&method, &uri);
    let fault = take_fault(shared, &method, uri.path());
    match fault.or_else(|| misbehavior::strike(shared, &method, uri.path())) {
        None => {}
        Some((_, FaultAnswer::Late(after))) => {
            let answer = complete(shared, uri.path(), next.run(request).await).await;
            tokio::time::sleep(after).await;
            return answer;
        }
        Some((with_effect, answer)) => {
            if with_effect {
                next.run(request).await;
            }
            return answer.into_response();
        }
    }
    let path = uri.path();
    let unversioned = path.starts_with("/api/")
        && !(path.starts_with("/api/v1/") || path.starts_with("/api/auth/"));
    if shared.variant().prefix == Prefix::VersionedOnly && unversioned {
        return unknown_route(method, uri).await.into_response();
    }
    complete(shared, uri.path(), next.run(request).await).await
}

/// The response to send instead, and whether the request takes effect anyway.
fn take_fault(shared: &Shared, method: &Method, path: &str) -> Option<(bool, FaultAnswer)> {
    let mut faults = lock(&shared.faults);
    if let Some(at) = faults.iter().position(|it| it.method == *method && path.contains(&it.path)) {
        let Fault { with_effect, answer, .. } = faults.remove(at);
        return Some((with_effect, answer));
    }
    let (count, recurring) = &mut *lock(&shared.recurring);
    *count += 1;
    let due = recurring.iter().find(|it| count.is_multiple_of(it.every))?;
    Some((due.with_effect, due.answer.clone()))
}

/// Adds `timestamp` and `path` to an error body (docs/entri-api.md#errors).
async fn complete(shared: &Shared, path: &str, response: Response) -> Response {
    let documented = response.status().is_client_error() || response.status().is_server_error();
    if !documented || path.starts_with("/api/auth/") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, ERROR_LIMIT).await.unwrap_or_default();
    let Ok(Value::Object(mut error)) = serde_json::from_slice(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    error.insert("timestamp".to_owned(), json!(shape::iso(shared.now())));
    error.insert("path".to_owned(), json!(path));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(Value::Object(error).to_string()))
}
