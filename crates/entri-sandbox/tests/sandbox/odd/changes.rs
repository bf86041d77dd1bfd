//! Revokes and creates that go another way.

use std::time::{Duration, Instant};

use entri_sandbox::odd::{Creation, Deletion, Tidy};
use serde_json::json;

use crate::support::{Answer, As, Bench, ORGANIZATION, http};

/// Tokens of the organization itself that are not the reader's own.
fn own(bench: &Bench) -> Vec<String> {
    let truth = bench.sandbox.truth().unwrap();
    truth.into_iter().filter(|it| it.project_id.is_none()).skip(1).map(|it| it.id).collect()
}

async fn revoke(bench: &Bench, id: &str) -> (Answer, bool) {
    let answer = bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await;
    (answer, bench.truth(id).revoked)
}

#[tokio::test]
async fn a_revoke_answers_what_it_did_not_do() {
    let bench = Bench::new().await;
    let own = own(&bench);
    for ((deletion, status, body, done), id) in [
        (Deletion::NotFound { body: true }, 404, "Token not found", false),
        (Deletion::NotFound { body: false }, 404, "", false),
        (Deletion::Failed { done: true }, 500, "Internal server error", true),
        (Deletion::Failed { done: false }, 500, "Internal server error", false),
        (Deletion::Throttled { wait: None, times: u32::MAX }, 429, "ThrottlerException", false),
    ]
    .into_iter()
    .zip(&own)
    {
        bench.set(|it| it.odd.deletion = deletion);
        let (answer, revoked) = revoke(&bench, id).await;
        assert_eq!((answer.status, revoked), (status, done), "{deletion:?}");
        assert!(answer.text.contains(body) && (!body.is_empty() || answer.text.is_empty()));
        let listed = bench.get(&format!("{ORGANIZATION}?limit=200"), As::Admin).await.text;
        assert_eq!(listed.contains(&format!("\"{id}\"")), !done, "{deletion:?}");
    }
}

#[tokio::test]
async fn one_token_is_refused_and_the_others_go() {
    let bench = Bench::odd("delete-403-one").await;
    let own = own(&bench);
    let mut all = Vec::new();
    for id in [&own[0], &own[1], &own[0]] {
        let (answer, revoked) = revoke(&bench, id).await;
        all.push((answer.status, revoked));
    }
    assert_eq!(all, [(403, false), (204, true), (403, false)]);
}

#[tokio::test]
async fn each_token_has_to_wait_so_many_times() {
    let bench = Bench::new().await;
    bench.set(|it| it.odd.deletion = Deletion::Throttled { wait: Some(3), times: 2 });
    for id in &own(&bench)[..2] {
        for (status, wait) in [(429, Some("3")), (429, Some("3")), (204, None)] {
            let (answer, revoked) = revoke(&bench, id).await;
            let told = answer.headers.get("retry-after").map(|it| it.to_str().unwrap());
            assert_eq!((answer.status, told, revoked), (status, wait, status == 204));
        }
    }
}

#[tokio::test]
async fn a_revoke_is_done_and_its_answer_is_lost_or_late() {
    let bench = Bench::odd("delete-dropped").await;
    let own = own(&bench);
    let ready = bench.sandbox.ready();
    let request = http().delete(format!("{}{ORGANIZATION}/{}", ready.base_url, own[0]));
    let answer = request.header("X-API-Key", &ready.admin_token).send().await;
    assert!(answer.unwrap().bytes().await.is_err());
    assert!(bench.truth(&own[0]).revoked);
    bench.set(|it| it.odd.deletion = Deletion::Late(300));
    let asked = Instant::now();
    let (answer, revoked) = revoke(&bench, &own[1]).await;
    assert_eq!((answer.status, revoked), (204, true));
    assert!(asked.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_create_makes_something_else() {
    let bench = Bench::new().await;
    let long = "a".repeat(60);
    for (tidy, name, made) in [
        (Tidy::Collapse, "a  b   c", "a b c"),
        (Tidy::NoBlanks, "a b", "ab"),
        (Tidy::Cut, &long, &long[..40]),
        (Tidy::Lower, "CI Web", "ci web"),
        (Tidy::Compose, "cafe\u{301}", "café"),
    ] {
        bench.set(|it| it.odd.creation = Creation { tidy: Some(tidy), ..Creation::default() });
        let (id, _) = bench.create(&json!({"name": name}).to_string()).await;
        assert_eq!(bench.truth(&id).name, made, "{tidy:?}");
    }
    bench.set(|it| it.odd.creation = Creation { other_terms: true, ..Creation::default() });
    let body =
        r#"{"name":"a","scopes":["translations:read"],"expiresAt":"2027-02-22T00:00:00.000Z"}"#;
    let made = bench.post(ORGANIZATION, As::Admin, body).await.json();
    assert_eq!(
        (&made["expiresAt"], &made["scopes"]),
        (&"2026-12-01T14:02:00.000Z".into(), &json!(["*"]))
    );
    bench.set(|it| it.odd.creation = Creation { unanswered: true, ..Creation::default() });
    let answer = bench.post(ORGANIZATION, As::Admin, r#"{"name":"lost"}"#).await;
    assert_eq!(answer.status, 504);
    assert!(bench.sandbox.truth().unwrap().iter().any(|it| it.name == "lost"));
}
