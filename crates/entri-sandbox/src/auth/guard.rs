//! Before every route of sign-in: the rate limit and the check of the origin (docs/entri-api.md#sign-in).

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::problem::Problem;
use crate::shared::{App, Shared, lock};

const WINDOW: TimeDelta = TimeDelta::seconds(10);
const MOST_SIGN_INS: u32 = 3;
const MOST_OTHERS: u32 = 100;

/// How many requests each path has had, and when the last allowed one came.
#[derive(Default)]
pub struct Limits(HashMap<String, (u32, DateTime<Utc>)>);

impl Limits {
    /// Counts a request; one too many is refused with the seconds to wait. The window runs from the
    /// last allowed request: refused ones do not extend it.
    fn count(&mut self, path: &str, now: DateTime<Utc>) -> Result<(), i64> {
        let strict = path.starts_with("/sign-in") || path.starts_with("/two-factor/");
        let most = if strict { MOST_SIGN_INS } else { MOST_OTHERS };
        let (count, last) = self.0.entry(path.to_owned()).or_insert((0, now));
        if now - *last >= WINDOW {
            *count = 0;
        }
        if *count >= most {
            let left = (*last + WINDOW - now).num_milliseconds();
            return Err((left + 999) / 1_000);
        }
        (*count, *last) = (*count + 1, now);
        Ok(())
    }
}

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

/// A request with cookies that changes something has to say where it comes from; a sign-in that
/// says so is checked without cookies too.
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

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    #[test]
    fn the_window_runs_from_the_last_allowed_request() {
        let mut limits = Limits::default();
        let mut count = |time| limits.count("/sign-in/email", at(time));
        assert_eq!([0, 4_000, 8_000].map(&mut count), [Ok(()); 3]);
        assert_eq!([8_000, 17_001, 17_999].map(&mut count), [Err(10), Err(1), Err(1)]);
        assert_eq!([18_000; 4].map(&mut count), [Ok(()), Ok(()), Ok(()), Err(10)]);
    }

    #[test]
    fn each_path_is_counted_alone_and_others_generously() {
        let mut limits = Limits::default();
        let mut all = |path| (0..101).filter(|_| limits.count(path, at(0)).is_ok()).count();
        let paths = ["/sign-in/email", "/two-factor/verify-totp", "/two-factor/verify-otp", "/ok"];
        assert_eq!(paths.map(&mut all), [3, 3, 3, 100]);
    }

    #[test]
    fn an_origin_is_matched_whole() {
        let trusted = "http://127.0.0.1:80";
        assert!(["", "/", "/login"].iter().all(|rest| is_of(trusted, &format!("{trusted}{rest}"))));
        for given in ["http://127.0.0.1:8000", "http://127.0.0.1", "http://localhost:80", "null"] {
            assert!(!is_of(trusted, given), "{given}");
        }
    }
}
