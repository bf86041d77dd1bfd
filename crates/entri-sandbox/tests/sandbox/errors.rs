//! Error bodies as documented (docs/entri-api.md#errors).

use serde_json::json;

use crate::support::{As, Bench, ORGANIZATION};

#[tokio::test]
async fn an_error_names_its_status_time_and_path() {
    let bench = Bench::new().await;
    let table = [
        (ORGANIZATION, As::Nobody, 401, "Unauthorized", "Unauthorized"),
        (ORGANIZATION, As::Key("entri_no"), 401, "Unauthorized", "Invalid API token"),
        (
            ORGANIZATION,
            As::Viewer,
            403,
            "Forbidden",
            "Only owners and admins can manage API tokens",
        ),
        ("/api/organizations/other/tokens", As::Admin, 404, "Not Found", "Not found"),
        ("/api/v1/projects/other", As::Admin, 404, "Not Found", "Project not found"),
        ("/api/nothing", As::Admin, 404, "Not Found", "Cannot GET /api/nothing"),
        ("/other", As::Nobody, 404, "Not Found", "Cannot GET /other"),
    ];
    for (path, by, status, error, message) in table {
        let answer = bench.get(path, by).await;
        let expected = json!({
            "statusCode": status,
            "error": error,
            "message": message,
            "timestamp": "2026-11-24T14:02:00.000Z",
            "path": path,
        });
        assert_eq!((answer.status, answer.json()), (status, expected));
        assert_eq!(answer.headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn an_error_does_not_repeat_the_query() {
    let bench = Bench::new().await;
    let answer = bench.get(&format!("{ORGANIZATION}?limit=201"), As::Admin).await;
    assert_eq!((answer.status, &answer.json()["path"]), (400, &json!(ORGANIZATION)));
}

#[tokio::test]
async fn validation_names_everything_that_is_wrong() {
    let bench = Bench::new().await;
    let long = format!(r#"{{"name":"{}"}}"#, "x".repeat(201));
    let table = [
        ("[]", &["the body must be a JSON object"][..]),
        ("no json", &["the body must be a JSON object"]),
        ("{}", &["name should not be empty"]),
        (r#"{"name":"  "}"#, &["name should not be empty"]),
        (r#"{"name":7}"#, &["name should not be empty"]),
        (&long, &["name must be shorter than or equal to 200 characters"]),
        (r#"{"name":"a","expiresAt":"soon"}"#, &["expiresAt must be a valid ISO 8601 date string"]),
        (r#"{"name":"a","expiresAt":null}"#, &["expiresAt must be a valid ISO 8601 date string"]),
        (r#"{"name":"a","scopes":"all"}"#, &["each value in scopes must be a string"]),
        (r#"{"name":"a","scopes":[1]}"#, &["each value in scopes must be a string"]),
        (
            r#"{"note":"x","role":"owner"}"#,
            &[
                "property note should not exist",
                "property role should not exist",
                "name should not be empty",
            ],
        ),
    ];
    let before = bench.sandbox.truth().unwrap().len();
    for (body, messages) in table {
        let answer = bench.post(ORGANIZATION, As::Admin, body).await;
        assert_eq!((answer.status, &answer.json()["message"]), (400, &json!(messages)), "{body}");
    }
    let past = r#"{"name":"a","expiresAt":"2026-11-24T14:02:00.000Z"}"#;
    let answer = bench.post(ORGANIZATION, As::Admin, past).await;
    let said = json!("expiresAt must be in the future");
    assert_eq!((answer.status, &answer.json()["message"]), (422, &said));
    assert_eq!(bench.sandbox.truth().unwrap().len(), before);
}

/// `BetterAuth` has error bodies of its own (docs/entri-api.md#sign-in).
#[tokio::test]
async fn a_failed_sign_in_has_a_code_and_no_path() {
    let bench = Bench::new().await;
    let body = r#"{"email":"mira@example.test","password":"wrong"}"#;
    let answer = bench.post("/api/auth/sign-in/email", As::Nobody, body).await;
    let expected =
        json!({"message": "Invalid email or password", "code": "INVALID_EMAIL_OR_PASSWORD"});
    assert_eq!((answer.status, answer.json()), (401, expected));
    assert!(!answer.headers.contains_key("set-cookie"));
}
