//! What an API token may do: according to its role, until it expires, with each use recorded.

use chrono::TimeDelta;

use crate::support::{As, Bench, ORGANIZATION, PROJECT};

#[tokio::test]
async fn a_translator_reads_but_manages_no_tokens() {
    let bench = Bench::new().await;
    for path in ["/api/organizations/current", "/api/projects", "/api/projects/6660aa11"] {
        assert_eq!(bench.get(path, As::Viewer).await.status, 200, "{path}");
    }
    let id = bench.sandbox.truth().unwrap()[1].id.clone();
    for owner in [ORGANIZATION, PROJECT] {
        let statuses = [
            bench.get(owner, As::Viewer).await.status,
            bench.post(owner, As::Viewer, r#"{"name":"a"}"#).await.status,
            bench.delete(&format!("{owner}/{id}"), As::Viewer).await.status,
        ];
        assert_eq!(statuses, [403; 3], "{owner}");
    }
    let members = bench.get("/api/organizations/current/members", As::Viewer).await;
    assert_eq!(members.status, 403);
    assert!(bench.sandbox.truth().unwrap().iter().all(|token| !token.revoked));
}

#[tokio::test]
async fn a_key_ends_at_its_expiry_and_stays_in_the_list() {
    let bench = Bench::new().await;
    let body = r#"{"name":"short","expiresAt":"2026-11-24T15:00:00.000Z"}"#;
    let (id, value) = bench.create(body).await;
    bench.set_now("2026-11-24T14:59:59Z".parse().unwrap());
    assert_eq!(bench.get(ORGANIZATION, As::Key(&value)).await.status, 200);
    bench.set_now("2026-11-24T15:00:00Z".parse().unwrap());
    let refused = bench.get(ORGANIZATION, As::Key(&value)).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.json()["message"], "API token has expired");
    assert!(bench.get(ORGANIZATION, As::Admin).await.text.contains(&id));
}

#[tokio::test]
async fn a_revoked_key_is_refused_at_once() {
    let bench = Bench::new().await;
    let (id, value) = bench.create(r#"{"name":"leaked"}"#).await;
    assert_eq!(bench.get(ORGANIZATION, As::Key(&value)).await.status, 200);
    let revoked = bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await;
    assert_eq!((revoked.status, &*revoked.text), (204, ""));
    let refused = bench.get("/api/organizations/current", As::Key(&value)).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.json()["message"], "API token has been revoked");
    let again = bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await;
    assert_eq!((again.status, &again.json()["message"]), (404, &"Token not found".into()));
}

/// A key may revoke itself: its answer still comes.
#[tokio::test]
async fn a_key_that_revokes_itself_is_gone() {
    let bench = Bench::new().await;
    let id = bench.sandbox.truth().unwrap()[0].id.clone();
    assert_eq!(bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await.status, 204);
    assert_eq!(bench.get(ORGANIZATION, As::Admin).await.status, 401);
}

#[tokio::test]
async fn only_real_use_moves_the_last_use() {
    let bench = Bench::new().await;
    let (id, value) = bench.create(r#"{"name":"used"}"#).await;
    assert_eq!(bench.truth(&id).last_used, None, "being created is no use");
    bench.get(ORGANIZATION, As::Admin).await;
    assert_eq!(bench.truth(&id).last_used, None, "being listed is no use");
    let later = bench.now() + TimeDelta::seconds(7);
    bench.set_now(later);
    bench.get("/api/projects", As::Key(&value)).await;
    assert_eq!(bench.truth(&id).last_used, Some(later));
    let listed = bench.get(&format!("{ORGANIZATION}?limit=200"), As::Admin).await.json();
    let entries = listed["data"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["_id"] == *id).unwrap();
    assert_eq!(entry["lastUsedAt"], "2026-11-24T14:02:07.000Z");

    bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await;
    bench.set_now(later + TimeDelta::hours(1));
    bench.get("/api/projects", As::Key(&value)).await;
    assert_eq!(bench.truth(&id).last_used, Some(later), "a refused use is none");
}
