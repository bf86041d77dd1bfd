//! A small organization to run the example program against.

#![allow(dead_code, reason = "each test takes what it needs")]

use serde_json::Value;

use crate::program::Run;
use test_support::server::{Reply, Request, json as answer};

/// One organization with one project; the organization's list also has the project's token.
pub fn organization(request: &Request, _: usize) -> Reply {
    match (&*request.method, &*request.path) {
        ("GET", "/api/organizations/current") => answer(200, r#"{"_id":"o-1","name":"Nordlys"}"#),
        ("GET", path) if path.starts_with("/api/projects?") => {
            answer(200, r#"{"data":[{"_id":"p-1","name":"Ferry"}],"meta":{"totalPages":1}}"#)
        }
        ("GET", path) if path.starts_with("/api/organizations/o-1/tokens") => answer(
            200,
            r#"[{"_id":"t-1","name":"CI","scopes":["translations:read"],"created":1795186980,
                 "expiresAt":null,"lastUsedAt":"2026-11-20T16:03:00+01:00","createdBy":{"name":"Mira"}},
                {"_id":"t-2","name":"Screens"}]"#,
        ),
        ("GET", path) if path.starts_with("/api/projects/p-1/tokens") => {
            answer(200, r#"[{"_id":"t-2","name":"Screens"}]"#)
        }
        ("POST", _) => answer(201, r#"{"_id":"t-3","name":"New","token":"entri_EXAMPLEONLYnew"}"#),
        ("DELETE", "/api/projects/p-1/tokens/t-2" | "/api/organizations/o-1/tokens/t-1") => {
            answer(200, "")
        }
        _ => answer(404, r#"{"message":"Not found"}"#),
    }
}

/// The JSON lines that a run printed.
pub fn lines(run: &Run) -> Vec<Value> {
    run.output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
