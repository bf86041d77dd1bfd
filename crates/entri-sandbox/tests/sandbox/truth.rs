//! The sandbox's own account of what happened.

use entri_sandbox::{By, Method};

use crate::support::{As, Bench, ORGANIZATION};

#[tokio::test]
async fn it_knows_who_ended_what_and_when() {
    let bench = Bench::new().await;
    let (id, _) = bench.create(r#"{"name":"new"}"#).await;
    let path = format!("{ORGANIZATION}/{id}");
    bench.get(ORGANIZATION, As::Admin).await;
    bench.delete(&path, As::Admin).await;
    let old = bench.sandbox.truth().unwrap()[1].id.clone();
    assert!(bench.sandbox.revoke_elsewhere(&old).unwrap());
    assert!(!bench.sandbox.revoke_elsewhere(&old).unwrap());
    let lives = bench.sandbox.lives().unwrap();
    let life = |id: &str| lives.iter().find(|it| it.token.id == id).unwrap().clone();
    let (new, old) = (life(&id), life(&old));
    assert_eq!((new.began, old.began), (1, 0));
    let (ended, by_somebody) = (new.ended.unwrap(), old.ended.unwrap());
    assert_eq!((ended.requests, ended.at, ended.by), (3, bench.now(), By::Request(path)));
    assert_eq!((by_somebody.requests, by_somebody.by), (3, By::Somebody));
    assert_eq!(lives.iter().filter(|it| it.ended.is_some()).count(), 2);
}

#[tokio::test]
async fn it_counts_requests_by_method_and_path() {
    let bench = Bench::new().await;
    for page in 1..4 {
        bench.get(&format!("{ORGANIZATION}?page={page}"), As::Admin).await;
    }
    bench.get("/api/projects", As::Admin).await;
    bench.delete(&format!("{ORGANIZATION}/none"), As::Admin).await;
    let sandbox = &bench.sandbox;
    let asked = [(Method::GET, "/tokens"), (Method::DELETE, "/tokens/none"), (Method::POST, "")];
    assert_eq!(asked.map(|(method, path)| sandbox.asked(&method, path)), [3, 1, 0]);
    assert_eq!(sandbox.request_count(), 5);
}

#[tokio::test]
async fn it_knows_what_a_list_lacks() {
    let bench = Bench::new().await;
    let since = bench.sandbox.request_count();
    let answer = bench.get(&format!("{ORGANIZATION}?limit=200"), As::Admin).await.json();
    let entries = answer["data"].as_array().unwrap();
    let ids = || entries.iter().map(|it| it["_id"].as_str().unwrap());
    // A token created since isn't missing from a list read before.
    bench.create(r#"{"name":"new"}"#).await;
    assert_eq!(bench.sandbox.lacking(None, since, ids()).unwrap(), []);
    let lacking = bench.sandbox.lacking(None, since, ids().skip(2)).unwrap();
    assert_eq!(lacking.len(), 2);
    // Nor is what was revoked meanwhile.
    bench.sandbox.revoke_elsewhere(&lacking[0].id).unwrap();
    assert_eq!(bench.sandbox.lacking(None, since, ids().skip(2)).unwrap().len(), 1);
}
