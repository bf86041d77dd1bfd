//! What happens when answers are late, cut, or come from elsewhere.

use std::time::Duration;

use test_support::server::{Reply, Request, Server, json, with_headers};

use super::Limits;
use crate::{ApiToken, BaseUrl, Client, Error, NewToken, Organization, Secret, TokenOwner};

const BODY: &str = r#"{"_id":"o-1","name":"Nordlys Apps"}"#;
/// Retries do not keep the test waiting; answers have all the time they need.
const QUICK: Limits = Limits { backoff: Duration::from_millis(1), ..Limits::STANDARD };
/// Late answers are given up soon.
const IMPATIENT: Limits = Limits {
    read: Duration::from_millis(100),
    total: Duration::from_millis(250),
    backoff: Duration::from_millis(1),
    ..Limits::STANDARD
};

async fn start(
    limits: Limits,
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (Server, Client) {
    let server = Server::start(answer).await;
    let client = client(&server.url(), limits);
    (server, client)
}

fn client(url: &str, limits: Limits) -> Client {
    let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    Client::with_limits(BaseUrl::parse(url).unwrap(), token, limits).unwrap()
}

async fn create(client: &Client) -> Error {
    let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
    client.create_token(&TokenOwner::Organization("o".into()), &new).await.unwrap_err()
}

fn organization() -> Organization {
    Organization { id: "o-1".into(), name: "Nordlys Apps".into() }
}

#[tokio::test]
async fn a_get_is_sent_again_twice() {
    for failed in [1, 2, 3] {
        let (server, client) =
            start(
                QUICK,
                move |_, before| if before < failed { json(503, "") } else { json(200, BODY) },
            )
            .await;
        let read = client.current_organization().await;
        assert_eq!(read.is_ok(), failed < 3, "{read:?}");
        assert_eq!(server.requests().len(), 3.min(failed + 1));
    }
}

#[tokio::test]
async fn a_get_waits_as_long_as_it_is_told() {
    let (server, client) = start(QUICK, |_, before| match before {
        0 => with_headers(429, "Retry-After: 1\r\n", ""),
        _ => json(200, BODY),
    })
    .await;
    let started = std::time::Instant::now();
    assert_eq!(client.current_organization().await.unwrap(), organization());
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_the_server_refuses_is_not_asked_again() {
    for status in [400, 401, 403, 409, 422] {
        let (server, client) = start(QUICK, move |_, _| json(status, "{}")).await;
        client.current_organization().await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn silence_ends_in_time() {
    let (server, client) = start(IMPATIENT, |_, _| Reply::Silence).await;
    let error = client.current_organization().await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_slow_drip_ends_in_time() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n";
    let (_server, client) = start(IMPATIENT, move |_, _| Reply::Drip(head.to_vec())).await;
    let error = client.current_organization().await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn a_change_without_an_answer_is_sent_once() {
    let (server, client) = start(IMPATIENT, |_, _| Reply::Silence).await;
    let error = create(&client).await;
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    let owner = TokenOwner::Organization("o".into());
    let error = client.revoke_token(&owner, &"t-1".into()).await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_refused_connection_says_that_nothing_was_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client(&url, QUICK);
    for error in [client.current_organization().await.unwrap_err(), create(&client).await] {
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
        assert!(error.to_string().contains("Nothing was sent"));
    }
}

/// Wherever the answer is cut, it is never taken for a whole one.
#[tokio::test]
async fn a_cut_answer_is_not_read() {
    let Reply::Bytes(whole) = json(200, BODY) else { panic!("bytes") };
    for cut in 0..whole.len() {
        let bytes = whole[..cut].to_vec();
        let (server, client) = start(QUICK, move |_, _| Reply::Bytes(bytes.clone())).await;
        let error = client.current_organization().await.unwrap_err();
        assert!(matches!(error, Error::Interrupted { .. }), "cut at {cut}: {error:?}");
        assert_eq!(server.requests().len(), 3, "cut at {cut}");
    }
}

#[tokio::test]
async fn the_versioned_prefix_is_found_once() {
    let missing = r#"{"statusCode":404,"message":"Cannot GET /api/organizations/current"}"#;
    for (status, body) in [(404, missing), (404, "<html>"), (200, "<!doctype html>"), (404, "")] {
        let (server, client) = start(QUICK, move |request, _| {
            if request.path.starts_with("/api/v1/") { json(200, BODY) } else { json(status, body) }
        })
        .await;
        assert_eq!(client.current_organization().await.unwrap(), organization());
        create(&client).await;
        client.current_organization().await.unwrap();
        let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
        let expected = [
            "/api/organizations/current",
            "/api/v1/organizations/current",
            "/api/v1/organizations/o/tokens",
            "/api/v1/organizations/current",
        ];
        assert_eq!(paths, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn under_the_versioned_prefix_a_refusal_is_a_refusal() {
    let (_server, client) = start(QUICK, |request, _| {
        if request.path.starts_with("/api/v1/") {
            json(401, r#"{"message":"API token has been revoked"}"#)
        } else {
            json(404, "<html>")
        }
    })
    .await;
    let error = client.current_organization().await.unwrap_err();
    assert!(matches!(error, Error::Unauthorized { .. }), "{error:?}");
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    let (server, client) = start(QUICK, |_, _| {
        with_headers(200, "Content-Type: text/html; charset=utf-8\r\n", "<p>Sign in</p>")
    })
    .await;
    let error = client.current_organization().await.unwrap_err();
    let words = error.to_string();
    assert!(words.contains("text/html, HTTP 200") && !words.contains("Sign in"), "{words}");
    assert_eq!(server.requests().len(), 2);
}
