//! The example program, run as people run it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/nordlys.rs"]
mod nordlys;
#[path = "server/program.rs"]
mod program;

use std::sync::atomic::{AtomicBool, Ordering};

use nordlys::{lines, organization};
use program::{Run, tokens};
use serde_json::json;
use test_support::server::{Reply, Request, Server, json as answer};

async fn run(server: &Server, arguments: &[&str]) -> Run {
    tokens(&server.url(), arguments, &[]).await
}

#[tokio::test]
async fn list_prints_every_token_once() {
    let server = Server::start(organization).await;
    let run = run(&server, &["list"]).await;
    assert_eq!((run.code, &*run.errors), (0, ""));
    let ci = json!({
        "id": "t-1", "name": "CI", "projectId": null, "scopes": ["translations:read"],
        "createdAt": "2026-11-20T15:03:00Z", "expiresAt": null,
        "lastUsedAt": "2026-11-20T15:03:00Z", "createdBy": "Mira",
    });
    let screens = json!({
        "id": "t-2", "name": "Screens", "projectId": "p-1", "scopes": [], "createdAt": null,
        "expiresAt": null, "lastUsedAt": null, "createdBy": null,
    });
    assert_eq!(lines(&run), [ci, screens]);
}

#[tokio::test]
async fn a_part_that_cannot_be_listed_is_named_and_the_rest_printed() {
    let server = Server::start(|request, before| {
        if request.path.contains("p-1") {
            answer(403, r#"{"message":"Only owners"}"#)
        } else {
            organization(request, before)
        }
    })
    .await;
    let run = run(&server, &["list"]).await;
    assert_eq!((run.code, lines(&run).len()), (1, 2));
    assert!(run.errors.starts_with("Tokens of the project p-1: "), "{}", run.errors);
}

#[tokio::test]
async fn create_prints_the_secret_once() {
    let server = Server::start(organization).await;
    let arguments = ["create", "New", "--scope", "a", "--expires", "2027-02-22", "--scope", "b"];
    let run = run(&server, &arguments).await;
    assert_eq!((run.code, &*run.errors), (0, ""));
    let [line] = &lines(&run)[..] else { panic!("{}", run.output) };
    assert_eq!((&line["id"], &line["secret"]), (&json!("t-3"), &json!("entri_EXAMPLEONLYnew")));
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.path, "/api/organizations/o-1/tokens");
    assert_eq!(
        sent.body,
        r#"{"name":"New","scopes":["a","b"],"expiresAt":"2027-02-22T23:59:59.000Z"}"#
    );
}

#[tokio::test]
async fn create_goes_to_the_project_that_is_named() {
    let server = Server::start(organization).await;
    let run = run(&server, &["create", "New", "--project", "p-1"]).await;
    assert_eq!((run.code, &lines(&run)[0]["projectId"]), (0, &json!("p-1")));
    assert_eq!(server.requests().pop().unwrap().path, "/api/projects/p-1/tokens");
}

#[tokio::test]
async fn revoke_finds_the_owner() {
    for (id, path) in
        [("t-1", "/api/organizations/o-1/tokens/t-1"), ("t-2", "/api/projects/p-1/tokens/t-2")]
    {
        let server = Server::start(|request, before| {
            // Here the organization's list has its own tokens only.
            if request.path.starts_with("/api/organizations/o-1/tokens?") {
                answer(200, r#"[{"_id":"t-1","name":"CI"}]"#)
            } else {
                organization(request, before)
            }
        })
        .await;
        let run = run(&server, &["revoke", id]).await;
        assert_eq!((run.code, lines(&run)), (0, vec![json!({ "id": id })]), "{}", run.errors);
        assert_eq!(server.requests().pop().unwrap().path, path);
    }
}

#[tokio::test]
async fn revoke_of_an_unknown_id_fails() {
    let server = Server::start(organization).await;
    let run = run(&server, &["revoke", "t-9"]).await;
    assert_eq!((run.code, &*run.output), (1, ""));
    assert!(run.errors.contains("Nothing was revoked"));
    assert!(server.requests().iter().all(|request| request.method == "GET"));
}

/// An organization whose list names more tokens than it has.
fn short(request: &Request, before: usize) -> Reply {
    match (&*request.method, &*request.path) {
        ("GET", path) if path.starts_with("/api/organizations/o-1/tokens") => {
            answer(200, r#"{"data":[{"_id":"t-1","name":"CI"}],"total":9}"#)
        }
        _ => organization(request, before),
    }
}

#[tokio::test]
async fn an_incomplete_list_exits_with_four_after_printing_it() {
    let server = Server::start(short).await;
    let run = run(&server, &["list"]).await;
    assert_eq!(run.code, 4, "{run:?}");
    let ids: Vec<_> = lines(&run).iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, ["t-1", "t-2"]);
    let [said] = &run.errors.lines().collect::<Vec<_>>()[..] else { panic!("{}", run.errors) };
    assert!(said.starts_with("Tokens of the organization: incomplete: "), "{said}");
    assert!(said.contains('9') && said.contains('1'), "it says why: {said}");
}

#[tokio::test]
async fn a_token_that_an_incomplete_list_lacks_is_not_said_to_be_gone() {
    let server = Server::start(short).await;
    let run = run(&server, &["revoke", "t-9"]).await;
    assert_eq!((run.code, &*run.output), (4, ""), "{run:?}");
    assert!(run.errors.contains("incomplete: "), "{}", run.errors);
    assert!(run.errors.contains("Nothing was revoked"), "{}", run.errors);
    assert!(server.requests().iter().all(|request| request.method == "GET"));
}

/// The result of `revoke t-1` if the server says that it has no such token, and then returns this
/// list.
async fn revoked_and_then_listed(list: &'static str) -> Run {
    let deleted = AtomicBool::new(false);
    let server = Server::start(move |request, before| match (&*request.method, &*request.path) {
        ("DELETE", _) => {
            deleted.store(true, Ordering::SeqCst);
            answer(404, r#"{"message":"Not found"}"#)
        }
        ("GET", path) if path.contains("/o-1/tokens") && deleted.load(Ordering::SeqCst) => {
            answer(200, list)
        }
        _ => organization(request, before),
    })
    .await;
    run(&server, &["revoke", "t-1"]).await
}

#[tokio::test]
async fn a_revoke_that_no_list_confirms_exits_with_three() {
    for list in [
        r#"{"data":[{"_id":"t-1","name":"CI"}],"total":1}"#,
        r#"{"data":[{"_id":"t-2","name":"Screens"}],"total":9}"#,
    ] {
        let run = revoked_and_then_listed(list).await;
        assert_eq!((run.code, &*run.output), (3, ""), "{list}: {run:?}");
        assert!(run.errors.contains("may still work"), "{}", run.errors);
    }
    let run = revoked_and_then_listed(r#"{"data":[],"total":0}"#).await;
    assert_eq!((run.code, lines(&run)), (0, vec![json!({ "id": "t-1" })]), "{run:?}");
    assert!(run.errors.contains("revoked already"), "{}", run.errors);
}

#[tokio::test]
async fn a_revoke_whose_answer_is_lost_exits_with_three() {
    let server = Server::start(|request, before| match &*request.method {
        "DELETE" => Reply::Bytes(Vec::new()),
        _ => organization(request, before),
    })
    .await;
    let run = run(&server, &["revoke", "t-1"]).await;
    assert_eq!((run.code, &*run.output), (3, ""), "{run:?}");
    assert!(run.errors.contains("It may have been done"), "{}", run.errors);
}

#[tokio::test]
async fn a_refusal_exits_with_one() {
    let server = Server::start(|_, _| answer(401, r#"{"message":"Unauthorized"}"#)).await;
    let run = run(&server, &["list"]).await;
    assert_eq!((run.code, &*run.output), (1, ""));
    assert!(run.errors.contains("rejected this API token"), "{}", run.errors);
}

#[tokio::test]
async fn a_lost_answer_exits_with_three() {
    let server = Server::start(|request, before| match &*request.method {
        "POST" => Reply::Bytes(Vec::new()),
        _ => organization(request, before),
    })
    .await;
    let run = run(&server, &["create", "New"]).await;
    assert_eq!((run.code, &*run.output), (3, ""));
    assert!(run.errors.contains("It may have been done"), "{}", run.errors);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_exits_with_three_and_is_printed() {
    let server = Server::start(|request, before| match &*request.method {
        "POST" => answer(201, "made: entri_EXAMPLEONLYnew"),
        _ => organization(request, before),
    })
    .await;
    let run = run(&server, &["create", "New"]).await;
    assert_eq!(run.code, 3);
    assert_eq!(lines(&run)[0]["secret"], "made: entri_EXAMPLEONLYnew");
    assert!(!run.errors.contains("EXAMPLEONLY"));
}

#[tokio::test]
async fn wrong_usage_exits_with_two_and_sends_nothing() {
    let server = Server::start(organization).await;
    for arguments in [
        &[][..],
        &["lsit"],
        &["list", "all"],
        &["create"],
        &["create", " "],
        &["create", "New", "--expires", "soon"],
        &["create", "New", "--scope"],
        &["create", "New", "--color", "red"],
        &["revoke"],
    ] {
        let run = run(&server, arguments).await;
        assert_eq!((run.code, &*run.output), (2, ""), "{arguments:?}");
        assert!(run.errors.contains("Usage:"), "{arguments:?}");
    }
    for variables in [
        [("ENTRI_BASE_URL", "http://app.nt3.io")],
        [("ENTRI_BASE_URL", "")],
        [("ENTRI_API_TOKEN", "ghp_EXAMPLEONLY")],
    ] {
        let run = tokens(&server.url(), &["list"], &variables).await;
        assert_eq!((run.code, &*run.output), (2, ""), "{variables:?}");
        assert!(!run.errors.contains("EXAMPLEONLY"));
    }
    assert_eq!(server.requests().len(), 0);
}
