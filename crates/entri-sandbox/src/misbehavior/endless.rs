//! An endless list of tokens, with pages as large as the app reads at most.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// How many entries a page has, whatever `limit` says. With 83 bytes for each it has 8 MB.
const ENTRIES: u32 = 100_000;

/// A page of it. None of its tokens was on a page before.
pub fn page(number: u32) -> Response {
    let first = number.saturating_sub(1).saturating_mul(ENTRIES);
    let mut body = "[".to_owned();
    for id in first..first.saturating_add(ENTRIES) {
        let between = if id == first { "" } else { "," };
        // Writing to a `String` can't fail.
        let _ = write!(body, r#"{between}{{"_id":"t-{id:010}","name":"deploy {id:042}"}}"#);
    }
    body.push(']');
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
