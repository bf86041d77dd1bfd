//! A create is sent once, and its value is not lost (docs/entri-api.md#tokens).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{ApiToken, BaseUrl, Client, CreatedToken, Error, NewToken, Secret, TokenOwner};
use test_support::server::{Reply, Request, Server, json, with_headers};

const ANSWER: &str = r#"{"_id":"t-1","name":"a","token":"entri_EXAMPLEONLY7h2Kq9Zp"}"#;

async fn create(
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (Result<CreatedToken, Error>, usize) {
    let server = Server::start(answer).await;
    let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
    let created = client.create_token(&TokenOwner::Organization("o".into()), &new).await;
    (created, server.requests().len())
}

#[tokio::test]
async fn an_unclear_answer_leaves_the_outcome_unknown() {
    for status in [500, 502, 503, 504] {
        let (created, sent) = create(move |_, _| json(status, r#"{"message":"oops"}"#)).await;
        assert!(matches!(created, Err(Error::OutcomeUnknown { .. })), "{status}: {created:?}");
        assert_eq!(sent, 1, "{status}");
    }
    for (status, body) in [(204, ""), (201, ""), (200, " \n")] {
        let (created, sent) = create(move |_, _| with_headers(status, "", body)).await;
        assert!(matches!(created, Err(Error::OutcomeUnknown { .. })), "{status}: {created:?}");
        assert_eq!(sent, 1, "{status}");
    }
}

#[tokio::test]
async fn a_refused_create_is_not_sent_again() {
    let refused = [400, 401, 403, 404, 409, 413, 422, 429];
    for status in refused {
        let reply = move || with_headers(status, "Retry-After: 0\r\n", r#"{"message":"no"}"#);
        let (created, sent) = create(move |_, _| reply()).await;
        let unknown = matches!(created, Err(Error::OutcomeUnknown { .. }));
        assert!(created.is_err() && !unknown, "{status}: {created:?}");
        assert_eq!(sent, 1, "{status}");
    }
}

/// It would be read under `/api/v1`, but only a GET may find that out.
#[tokio::test]
async fn a_create_does_not_look_for_the_prefix() {
    let missing = r#"{"statusCode":404,"message":"Cannot POST /api/organizations/o/tokens"}"#;
    let (created, sent) = create(move |_, _| json(404, missing)).await;
    assert!(matches!(created, Err(Error::NotFound { .. })), "{created:?}");
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn an_answer_that_cannot_be_understood_is_kept() {
    let long = format!(r#"{{"token":"entri_EXAMPLEONLY","padding":"{}"}}"#, "x".repeat(70_000));
    let bodies = ["<html>entri_EXAMPLEONLY</html>", r#"{"id":"t-1"}"#, "done", &long];
    for body in bodies {
        let reply = body.to_owned();
        let (created, sent) = create(move |_, _| json(201, &reply)).await;
        let Err(error @ Error::UnreadableCreate { .. }) = created else { panic!("{created:?}") };
        assert!(!format!("{error} {error:?}").contains("EXAMPLEONLY"));
        let Error::UnreadableCreate { body: kept, .. } = error else { panic!("{error}") };
        assert!(body.starts_with(kept.expose()) && kept.expose().len() <= 65_536, "{body}");
        assert!(kept.expose().len() == body.len().min(65_536), "{body}");
        assert_eq!(sent, 1);
    }
}

/// Wherever the answer is cut, the request is not sent again, and whatever came of a 2xx is kept.
#[tokio::test]
async fn an_answer_cut_anywhere_is_unknown_or_kept() {
    let Reply::Bytes(whole) = json(201, ANSWER) else { panic!("bytes") };
    let head = whole.len() - ANSWER.len();
    for cut in 0..whole.len() {
        let bytes = whole[..cut].to_vec();
        let (created, sent) = create(move |_, _| Reply::Bytes(bytes.clone())).await;
        assert_eq!(sent, 1, "cut at {cut}");
        match created {
            Err(Error::OutcomeUnknown { .. }) => assert!(cut <= head, "cut at {cut}"),
            Err(Error::UnreadableCreate { body, .. }) => {
                assert_eq!(body.expose(), &ANSWER[..cut - head], "cut at {cut}");
            }
            other => panic!("cut at {cut}: {other:?}"),
        }
    }
}
