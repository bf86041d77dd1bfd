//! Before every route of sign-in: the rate limit and the check of the origin (docs/entri-api.md#sign-in).

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::accounts::Problem;
use crate::lock::lock;
use crate::state::{App, Shared};

/// Refuses what is too much or comes from elsewhere.
pub async fn guard(State(shared): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().trim_start_matches("/api/auth").to_owned();
    if shared.variant().rate_limit {
        let counted = lock(&shared.limits).count(&path, shared.now());
        if let Err(seconds) = counted {
            return too_many(seconds);
        }
    }
    match check_origin(&shared, request.method(), &path, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn too_many(seconds: i64) -> Response {
    let body = json!({"message": "Too many requests. Please try again later."});
    let headers = [("X-Retry-After", seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, headers, Json(body)).into_response()
}

/// A request with cookies that changes something needs an `Origin`; a sign-in that has one is
/// checked even without cookies.
fn check_origin(
    shared: &Shared,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let origin =
        [header::ORIGIN, header::REFERER].iter().find_map(|name| headers.get(name)?.to_str().ok());
    let browser = headers.keys().any(|name| name.as_str().starts_with("sec-fetch-"));
    let first = path.starts_with("/sign-in") && (origin.is_some() || browser);
    if !headers.contains_key(header::COOKIE) && !first {
        return Ok(());
    }
    let trusted = shared.variant().trusted_origin.unwrap_or(&shared.base_url);
    match origin {
        None | Some("" | "null") => Err(Problem::NoOrigin),
        Some(origin) if is_of(trusted, origin) => Ok(()),
        Some(_) => Err(Problem::Origin),
    }
}

/// Whether an `Origin` or a `Referer` is of this origin.
fn is_of(trusted: &str, given: &str) -> bool {
    given.strip_prefix(trusted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_matched_whole() {
        let trusted = "http://127.0.0.1:80";
        assert!(["", "/", "/login"].iter().all(|rest| is_of(trusted, &format!("{trusted}{rest}"))));
        for given in ["http://127.0.0.1:8000", "http://127.0.0.1", "http://localhost:80", "null"] {
            assert!(!is_of(trusted, given), "{given}");
        }
    }
}
