//! Which organization a session works in, and who is in it (docs/entri-api.md#organization, #members).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{
    BaseUrl, Client, Error, Incomplete, NewToken, Organization, Secret, Session, TokenOwner,
};
use test_support::server::{Reply, Request, Server, json};

const COOKIE: &str = "better-auth.session_token=s3ss10n.c2ln%3D";
const NORDLYS: &str = r#"{"id":"o-1","name":"Nordlys Apps","slug":"nordlys-apps","logo":null}"#;
const CREATED: &str = r#"{"_id":"t-1","name":"a","token":"entri_EXAMPLEONLYnew"}"#;

async fn start(
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (Server, Client) {
    let server = Server::start(answer).await;
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let session = Session::parse(&base_url, &Secret::new(COOKIE.to_owned())).unwrap();
    let client = Client::new(base_url, session).unwrap();
    (server, client)
}

fn owner() -> TokenOwner {
    TokenOwner::Organization("o-1".into())
}

fn new_token() -> NewToken {
    NewToken { name: "a".into(), scopes: vec![], expires_at: None }
}

fn nordlys() -> Organization {
    Organization { id: "o-1".into(), name: "Nordlys Apps".into() }
}

fn paths(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.path).collect()
}

/// A new session has no organization (docs/entri-api.md#organization). Servers say so in different
/// ways.
#[tokio::test]
async fn the_only_organization_is_made_the_active_one() {
    for (status, body) in [
        (404, r#"{"message":"No active organization"}"#),
        (404, ""),
        (200, ""),
        (200, "null"),
        (200, "{}"),
        (204, ""),
    ] {
        let (server, client) = start(move |request, _| match &*request.path {
            "/api/auth/organization/list" => json(200, &format!("[{NORDLYS}]")),
            "/api/auth/organization/set-active" => json(200, NORDLYS),
            _ => json(status, body),
        })
        .await;
        assert_eq!(client.current_organization().await.unwrap(), nordlys(), "{status} {body}");
        let last = server.requests().pop().unwrap();
        assert_eq!(
            (&*last.path, &*last.body),
            ("/api/auth/organization/set-active", r#"{"organizationId":"o-1"}"#)
        );
    }
}

#[tokio::test]
async fn of_several_organizations_none_is_chosen() {
    for (list, known, lacks) in [
        (format!("[{NORDLYS},{{\"id\":\"o-2\",\"name\":\"Fjord\"}}]"), 2, None),
        ("[]".to_owned(), 0, None),
        // There may be others: one cannot be read, or is on another page.
        (format!("[{NORDLYS},{{\"name\":\"no id\"}}]"), 1, Some(Incomplete::Unreadable(1))),
        (format!("{{\"data\":[{NORDLYS}],\"hasMore\":true}}"), 1, Some(Incomplete::CutShort)),
        (
            format!("{{\"data\":[{NORDLYS}],\"total\":3}}"),
            1,
            Some(Incomplete::Miscounted { read: 1, total: 3 }),
        ),
    ] {
        let (server, client) = start(move |request, _| {
            if request.path.ends_with("list") {
                json(200, &list)
            } else {
                json(404, r#"{"message":"none"}"#)
            }
        })
        .await;
        let error = client.current_organization().await.unwrap_err();
        assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
        let listed = client.organizations().await.unwrap().unwrap();
        assert_eq!((listed.items.len(), listed.completeness.reason()), (known, lacks));
        assert!(server.requests().iter().all(|request| request.method == "GET"));
    }
}

#[tokio::test]
async fn without_the_plugin_there_is_no_list() {
    for (status, body) in
        [(404, ""), (404, "<html>"), (404, r#"{"message":"Cannot GET /api/auth"}"#)]
    {
        let (_server, client) = start(move |_, _| json(status, body)).await;
        assert!(client.organizations().await.unwrap().is_none(), "{status} {body}");
        client.current_organization().await.unwrap_err();
        let error = client.set_active_organization(&"o-1".into()).await.unwrap_err();
        assert!(
            matches!(error, Error::NotFound { .. } | Error::UnexpectedAnswer { .. }),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_web_page_chooses_no_organization() {
    for body in ["<html>Sign in to the network</html>", r#"{"error":"not a member"}"#] {
        let (_server, client) = start(move |_, _| json(200, body)).await;
        let error = client.set_active_organization(&"o-1".into()).await.unwrap_err();
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    }
}

/// A session without an organization still finds the prefix, so that a create goes there.
#[tokio::test]
async fn a_missing_organization_tells_the_prefix_as_well() {
    let (server, client) = start(|request, _| match &*request.path {
        "/api/v1/organizations/current" => json(404, r#"{"message":"No active organization"}"#),
        path if path.starts_with("/api/v1/") => json(201, CREATED),
        path if path.starts_with("/api/auth/") => json(404, ""),
        _ => json(404, r#"{"statusCode":404,"message":"Cannot GET /api/organizations/current"}"#),
    })
    .await;
    client.current_organization().await.unwrap_err();
    client.create_token(&owner(), &new_token()).await.unwrap();
    assert_eq!(paths(&server).pop().unwrap(), "/api/v1/organizations/o-1/tokens");
}

#[tokio::test]
async fn members_are_read_in_every_form() {
    // docs/entri-api.md#examples.
    let array = r#"[{"_id":"u-5","name":"Mira Holt","email":"mira@example.test","role":"owner"},{"user":{"id":"u-9","name":"Ole Dahl","email":"ole@example.test"},"role":"Developer"}]"#;
    for body in [
        array.to_owned(),
        format!(r#"{{"members":{array}}}"#),
        format!(r#"{{"data":{array},"meta":{{"totalPages":1}}}}"#),
    ] {
        let (server, client) = start(move |_, _| json(200, &body)).await;
        let members = client.members().collect_all().await.unwrap().items;
        let read: Vec<_> = members
            .iter()
            .map(|member| {
                (&*member.id, &*member.name, member.role.as_ref().unwrap().manages_tokens())
            })
            .collect();
        assert_eq!(read, [("u-5", "Mira Holt", true), ("u-9", "Ole Dahl", false)]);
        assert_eq!(
            server.requests()[0].path,
            "/api/organizations/current/members?page=1&limit=200"
        );
    }
    let (_server, client) = start(|_, _| json(403, r#"{"message":"Forbidden resource"}"#)).await;
    let error = client.members().collect_all().await.unwrap_err();
    assert!(matches!(error, Error::Forbidden { .. }), "{error:?}");
}

#[tokio::test]
async fn the_activity_log_is_read_in_every_form() {
    let array = r#"[{"_id":"a-2","action":"key.created","userId":"u-9","userName":"Ole Dahl","created":"2026-11-24T14:02:00.000Z"},{"_id":"a-1"}]"#;
    for body in [array.to_owned(), format!(r#"{{"activities":{array},"meta":{{"totalPages":1}}}}"#)]
    {
        let (server, client) = start(move |_, _| json(200, &body)).await;
        let log = client.activity(&"o/1".into()).collect_all().await.unwrap().items;
        assert_eq!(log.iter().map(|entry| &*entry.id).collect::<Vec<_>>(), ["a-2", "a-1"]);
        let path = &server.requests()[0].path;
        assert_eq!(path, "/api/organizations/o%2F1/activity?page=1&limit=200");
    }
}
