//! Creating and revoking, to the fields of the bodies.

use serde_json::json;

use crate::support::{As, Bench, ORGANIZATION, PROJECT};

#[tokio::test]
async fn a_create_answers_with_the_record_and_the_value_once() {
    let bench = Bench::new().await;
    let body = r#"{"name":" Release pipeline ","scopes":["translations:read","x:y"],
                   "expiresAt":"2027-02-22T01:00:00.000+01:00"}"#;
    let created = bench.post(PROJECT, As::Admin, body).await;
    assert_eq!(created.status, 201);
    let record = created.json();
    let value = record["token"].as_str().unwrap();
    assert!(value.starts_with("entri_") && value.len() == 46, "{value}");
    assert_eq!(record["name"], "Release pipeline");
    assert_eq!(record["scopes"], json!(["translations:read", "x:y"]));
    assert_eq!(record["expiresAt"], "2027-02-22T00:00:00.000Z");
    assert_eq!(record["created"], "2026-11-24T14:02:00.000Z");
    assert_eq!((&record["projectId"], &record["lastUsedAt"]), (&json!("6660aa11"), &json!(null)));
    assert_eq!(record["createdBy"]["name"], "Mira Holt");

    let listed = bench.get(PROJECT, As::Admin).await;
    let mut expected = record.clone();
    expected.as_object_mut().unwrap().remove("token");
    assert!(listed.json()["data"].as_array().unwrap().contains(&expected));
    assert!(!listed.text.contains(value));
    let id = record["_id"].as_str().unwrap();
    assert!(!bench.get(ORGANIZATION, As::Admin).await.text.contains(id));
}

#[tokio::test]
async fn every_value_is_another() {
    let bench = Bench::new().await;
    let mut values = Vec::new();
    for _ in 0..20 {
        values.push(bench.create(r#"{"name":"same"}"#).await.1);
    }
    values.sort();
    values.dedup();
    assert_eq!(values.len(), 20);
}

#[tokio::test]
async fn the_versioned_path_reaches_the_same_tokens() {
    let bench = Bench::new().await;
    let versioned = ORGANIZATION.replace("/api/", "/api/v1/");
    let [a, b] = [ORGANIZATION, &versioned].map(|path| bench.get(path, As::Admin));
    assert_eq!(a.await.text, b.await.text);
}

#[tokio::test]
async fn a_token_is_revoked_only_through_its_owner() {
    let bench = Bench::new().await;
    let truth = bench.sandbox.truth().unwrap();
    let in_project = truth.iter().find(|it| it.project_id.as_deref() == Some("6660aa11")).unwrap();
    let id = &in_project.id;
    for owner in [ORGANIZATION, "/api/projects/6660aa10/tokens"] {
        assert_eq!(bench.delete(&format!("{owner}/{id}"), As::Admin).await.status, 404, "{owner}");
        assert!(!bench.truth(id).revoked);
    }
    assert_eq!(bench.delete(&format!("{PROJECT}/{id}"), As::Admin).await.status, 204);
    assert!(bench.truth(id).revoked);
    assert!(!bench.get(PROJECT, As::Admin).await.text.contains(id.as_str()));
}
