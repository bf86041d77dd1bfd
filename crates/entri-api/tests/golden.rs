//! The example bodies of docs/entri-api.md#examples, sent and read by the real client.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{
    ApiToken, BaseUrl, Client, Date, Error, NewToken, Organization, Project, Revocation, Secret,
    TokenOwner,
};
use test_support::server::{Reply, Server, json, with_headers};

const KEY: &str = "entri_EXAMPLEONLYadmin";
const ORGANIZATION: &str = r#"{"_id":"665f1c0a9b3e4d0012ab34cd","name":"Nordlys Apps","slug":"nordlys-apps","settings":{"defaultSourceLanguage":"en","aiProvider":"anthropic"},"createdAt":"2025-06-04T08:12:10.000Z"}"#;
const PROJECTS: &str = r#"{"data":[{"_id":"6660aa10","name":"Ferry Timetables","sourceLanguage":"en","targetLanguages":["nb","sv"],"organization":"665f1c0a9b3e4d0012ab34cd","createdAt":"2025-06-05T09:00:00.000Z","updatedAt":"2026-10-01T11:20:00.000Z"}],"meta":{"page":1,"limit":200,"total":1,"totalPages":1}}"#;
const CREATED: &str = r#"{"_id":"t-81f0","name":"Release pipeline","token":"entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4","organizationId":"665f1c0a9b3e4d0012ab34cd","scopes":["translations:read"],"expiresAt":"2027-02-22T00:00:00.000Z","created":"2026-11-24T10:00:00.000Z"}"#;
const CREATED_IN_PROJECT: &str = r#"{"_id":"t-9d3e","name":"Ferry screenshots","token":"entri_EXAMPLEONLYq8Wn2Jt5Gs7Hd0Kc4Va9Ue3Po6Zi","projectId":"6660aa10","organizationId":"665f1c0a9b3e4d0012ab34cd","scopes":["translations:read"],"created":"2026-11-24T10:05:00.000Z"}"#;
const TOKENS: &str = r#"[{"_id":"t-81f0","name":"Release pipeline","organizationId":"665f1c0a9b3e4d0012ab34cd","scopes":["translations:read"],"expiresAt":"2027-02-22T00:00:00.000Z","created":"2026-11-24T10:00:00.000Z","lastUsedAt":null},
 {"id":"t-22c7","name":"Mira's laptop","scopes":[],"expiresAt":null,"createdAt":"2025-09-12T07:45:31Z","lastUsed":"2026-11-20T16:03:00+01:00"}]"#;

async fn answering(reply: impl Fn() -> Reply + Send + Sync + 'static) -> (Server, Client) {
    let server = Server::start(move |_, _| reply()).await;
    let token = ApiToken::parse(Secret::new(KEY.to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    (server, client)
}

fn at(time: &str) -> Date {
    Date::At(time.parse().unwrap())
}

fn organization() -> TokenOwner {
    TokenOwner::Organization("665f1c0a9b3e4d0012ab34cd".into())
}

#[tokio::test]
async fn the_organization_is_read() {
    let (server, client) = answering(|| json(200, ORGANIZATION)).await;
    let organization = client.current_organization().await.unwrap();
    let expected =
        Organization { id: "665f1c0a9b3e4d0012ab34cd".into(), name: "Nordlys Apps".into() };
    assert_eq!(organization, expected);
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((&*request.method, &*request.path), ("GET", "/api/organizations/current"));
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("cookie"), None);
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn the_projects_are_read() {
    let (server, client) = answering(|| json(200, PROJECTS)).await;
    let projects = client.projects().collect_all().await.unwrap();
    let expected =
        Project { id: "6660aa10".into(), name: "Ferry Timetables".into(), archived: false };
    assert_eq!((projects.items, projects.skipped), (vec![expected], 0));
    assert!(projects.completeness.proof().is_some());
    assert_eq!(server.requests()[0].path, "/api/projects?page=1&limit=200");
}

#[tokio::test]
async fn the_tokens_are_read_with_mixed_aliases() {
    let (_server, client) = answering(|| json(200, TOKENS)).await;
    let tokens = client.tokens(&organization()).collect_all().await.unwrap().items;
    let [pipeline, laptop] = &tokens[..] else { panic!("{tokens:?}") };
    assert_eq!((&*pipeline.id.0, &*pipeline.name), ("t-81f0", "Release pipeline"));
    assert_eq!(pipeline.scopes, ["translations:read"]);
    assert_eq!(pipeline.expires_at, at("2027-02-22T00:00:00Z"));
    assert_eq!(pipeline.created_at, at("2026-11-24T10:00:00Z"));
    assert_eq!((pipeline.last_used_at, pipeline.last_used_reported), (Date::None, true));
    assert_eq!((&*laptop.id.0, &*laptop.name), ("t-22c7", "Mira's laptop"));
    assert_eq!(laptop.created_at, at("2025-09-12T07:45:31Z"));
    assert_eq!(laptop.last_used_at, at("2026-11-20T15:03:00Z"));
    assert_eq!((laptop.expires_at, laptop.revoked), (Date::None, false));
}

#[tokio::test]
async fn a_token_is_created() {
    let (server, client) = answering(|| json(201, CREATED)).await;
    let new = NewToken {
        name: "Release pipeline".into(),
        scopes: vec!["translations:read".into()],
        expires_at: "2027-02-22T00:00:00Z".parse().ok(),
    };
    let created = client.create_token(&organization(), &new).await.unwrap();
    assert_eq!(created.secret.expose(), "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4");
    assert_eq!((&*created.token.id.0, created.token.expires_at.at()), ("t-81f0", new.expires_at));
    assert!(!format!("{created:?}").contains("7h2Kq9Zp"));
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!(request.path, "/api/organizations/665f1c0a9b3e4d0012ab34cd/tokens");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.body,
        r#"{"name":"Release pipeline","scopes":["translations:read"],"expiresAt":"2027-02-22T00:00:00.000Z"}"#
    );
}

#[tokio::test]
async fn a_token_is_created_in_a_project() {
    let (server, client) = answering(|| json(200, CREATED_IN_PROJECT)).await;
    let new = NewToken { name: "Ferry screenshots".into(), scopes: vec![], expires_at: None };
    let owner = TokenOwner::Project("6660aa10".into());
    let created = client.create_token(&owner, &new).await.unwrap();
    assert_eq!(created.secret.expose(), "entri_EXAMPLEONLYq8Wn2Jt5Gs7Hd0Kc4Va9Ue3Po6Zi");
    assert_eq!(created.token.project_id, Some("6660aa10".into()));
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!(request.path, "/api/projects/6660aa10/tokens");
    assert_eq!(request.body, r#"{"name":"Ferry screenshots"}"#);
}

#[tokio::test]
async fn every_answer_to_a_revoke_is_understood() {
    let revoked =
        [(204, ""), (200, ""), (200, "{}"), (200, r#"{"message":"Token revoked"}"#), (202, TOKENS)];
    for (status, body) in revoked {
        let (server, client) = answering(move || with_headers(status, "", body)).await;
        let outcome = client.revoke_token(&organization(), &"t-22c7".into()).await;
        assert_eq!(outcome.unwrap(), Revocation::Revoked, "{status} {body}");
        let [request] = &server.requests()[..] else { panic!("one request") };
        assert_eq!(request.method, "DELETE");
        assert_eq!(request.path, "/api/organizations/665f1c0a9b3e4d0012ab34cd/tokens/t-22c7");
    }
    let gone = r#"{"statusCode":404,"error":"Not Found","message":"Token not found"}"#;
    let (_server, client) = answering(move || json(404, gone)).await;
    let outcome = client.revoke_token(&organization(), &"t-22c7".into()).await;
    assert_eq!(outcome.unwrap(), Revocation::NotFound);
}

#[tokio::test]
async fn a_path_the_server_does_not_know_is_no_revoke() {
    let unknown = r#"{"statusCode":404,"error":"Not Found","message":"Cannot DELETE /api/x"}"#;
    for body in [unknown, "<html>not here</html>"] {
        let (_server, client) = answering(move || json(404, body)).await;
        assert!(client.revoke_token(&organization(), &"t-22c7".into()).await.is_err(), "{body}");
    }
}

/// A network that wants a sign-in answers everything with its own page.
#[tokio::test]
async fn a_success_of_something_else_or_of_a_failure_is_no_revoke() {
    for (body, reason) in [
        ("<html><form>Sign in to the network</form></html>", "HTTP 200, application/json"),
        ("Please sign in to the network", "HTTP 200, application/json"),
        (r#"{"success":false,"message":"not done"}"#, "HTTP 200: “not done”"),
        (r#"{"error":"not done"}"#, "HTTP 200: “not done”"),
    ] {
        let (server, client) = answering(move || json(200, body)).await;
        let error = client.revoke_token(&organization(), &"t-22c7".into()).await.unwrap_err();
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{body}: {error:?}");
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_id_of_many_digits_is_the_one_that_is_revoked() {
    let record =
        r#"{"_id":123456789012345678901234567890,"name":"a","token":"entri_EXAMPLEONLYnew"}"#;
    let (server, client) = answering(move || json(200, record)).await;
    let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
    let created = client.create_token(&organization(), &new).await.unwrap();
    client.revoke_token(&organization(), &created.token.id).await.unwrap();
    let path = &server.requests()[1].path;
    assert!(path.ends_with("/tokens/123456789012345678901234567890"), "{path}");
}

/// Living tokens, each with what servers write where a token was never revoked, or with what nobody
/// can read.
#[tokio::test]
async fn only_a_clear_word_ends_a_token() {
    const LIVING: &str = r#"[{"id":"a","revokedAt":"0001-01-01T00:00:00Z"},{"id":"b","revokedAt":-1},
        {"id":"c","revokedAt":"1970-01-01T00:00:00Z"},{"id":"d","isRevoked":"unknown"}]"#;
    let (_server, client) = answering(|| json(200, LIVING)).await;
    let tokens = client.tokens(&organization()).collect_all().await.unwrap().items;
    assert_eq!((tokens.len(), tokens.iter().any(|token| token.revoked)), (4, false));
}
