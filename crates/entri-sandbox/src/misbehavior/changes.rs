//! Revokes and creates that go wrong.

use std::time::Duration;

use axum::http::Method;

use crate::lock::lock;
use crate::oddities::Deletion;
use crate::orders::FaultAnswer;
use crate::state::{Memory, Shared};

/// What to answer in place of the server's own response, and whether the request takes effect
/// anyway.
pub fn strike(shared: &Shared, method: &Method, path: &str) -> Option<(bool, FaultAnswer)> {
    let odd = shared.variant().odd;
    if *method == Method::POST && odd.creation.unanswered && path.ends_with("/tokens") {
        return Some((
            true,
            FaultAnswer::status(504, "text/html", "<h1>504 Gateway Time-out</h1>"),
        ));
    }
    let (_, id) = path.split_once("/tokens/").filter(|_| *method == Method::DELETE)?;
    deletion(odd.deletion, &mut lock(&shared.memory), id)
}

fn deletion(odd: Deletion, memory: &mut Memory, id: &str) -> Option<(bool, FaultAnswer)> {
    let json = |status: u16, error: &str, message: &str| {
        let body = serde_json::json!({"statusCode": status, "error": error, "message": message});
        FaultAnswer::status(status, "application/json", &body.to_string())
    };
    Some(match odd {
        Deletion::Done => return None,
        Deletion::NotFound { body: true } => (false, json(404, "Not Found", "Token not found")),
        Deletion::NotFound { body: false } => (false, FaultAnswer::status(404, "text/plain", "")),
        Deletion::Failed { done } => {
            (done, json(500, "Internal Server Error", "Internal server error"))
        }
        Deletion::ForbiddenForOne => {
            if memory.kept.get_or_insert_with(|| id.to_owned()) != id {
                return None;
            }
            (false, json(403, "Forbidden", "This token cannot be revoked"))
        }
        Deletion::Throttled { wait, times } => {
            let so_far = memory.put_off.entry(id.to_owned()).or_default();
            if *so_far >= times {
                return None;
            }
            *so_far += 1;
            (false, throttled(wait))
        }
        Deletion::Dropped => (true, FaultAnswer::Cut),
        Deletion::Late(after) => (true, FaultAnswer::Late(Duration::from_millis(after.into()))),
    })
}

fn throttled(wait: Option<u32>) -> FaultAnswer {
    let headers = wait.map(|seconds| ("Retry-After", seconds.to_string()));
    FaultAnswer::Answer {
        status: 429,
        content_type: "application/json",
        headers: headers.into_iter().collect(),
        body: r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#.to_owned(),
    }
}
