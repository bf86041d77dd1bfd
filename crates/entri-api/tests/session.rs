//! A client with a session: renewal, its end, its organization, its members (docs/entri-api.md#sign-in,
//! #organization, #members).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{
    BaseUrl, Client, CredentialKind, Error, NewToken, Secret, Session, SessionInfo, TokenOwner,
};
use test_support::server::{Reply, Request, Server, json, with_headers};

const COOKIE: &str = "better-auth.session_token=s3ss10n.c2ln%3D";
const RENEWED: &str = "better-auth.session_token=renewed.c2ln%3D";
const ORGANIZATION: &str = r#"{"_id":"o-1","name":"Nordlys Apps"}"#;

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

fn cookies(server: &Server) -> Vec<Option<String>> {
    server.requests().iter().map(|request| request.header("cookie").map(str::to_owned)).collect()
}

fn paths(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.path).collect()
}

#[tokio::test]
async fn a_cookie_goes_along_and_nothing_else() {
    let (server, client) = start(|_, _| json(200, "[]")).await;
    client.tokens(&owner()).collect_all().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.header("cookie"), Some(COOKIE));
    assert_eq!((request.header("x-api-key"), request.header("authorization")), (None, None));
}

/// Whatever the route and the status, Entri's own routes included.
#[tokio::test]
async fn a_renewed_cookie_is_taken_from_every_answer() {
    for status in [200, 400, 401, 403, 404, 409, 422] {
        for call in 0..7 {
            let (server, client) = start(move |_, before| {
                let headers = format!("Set-Cookie: {RENEWED}; Path=/\r\n");
                let headers = if before == 0 { &*headers } else { "" };
                with_headers(status, headers, r#"{"_id":"o-1","token":"entri_x","data":[]}"#)
            })
            .await;
            let changes = client.session_changes().unwrap();
            make(call, &client).await;
            let kept = client.session().unwrap().to_secret();
            assert!(kept.expose().contains(RENEWED), "{status} {call}");
            assert_eq!(*changes.borrow(), 1, "{status} {call}");
            drop(client.tokens(&owner()).next().await);
            let (first, last) = (cookies(&server)[0].clone(), cookies(&server).pop().unwrap());
            assert_eq!(first.as_deref(), Some(COOKIE), "{status} {call}");
            assert_eq!(last.as_deref(), Some(RENEWED), "{status} {call}");
        }
    }
}

async fn make(call: usize, client: &Client) {
    match call {
        0 => drop(client.current_organization().await),
        1 => drop(client.projects().next().await),
        2 => drop(client.tokens(&owner()).next().await),
        3 => drop(client.create_token(&owner(), &new_token()).await),
        4 => drop(client.revoke_token(&owner(), &"t-1".into()).await),
        5 => drop(client.session_info().await),
        _ => drop(client.set_active_organization(&"o-1".into()).await),
    }
}

#[tokio::test]
async fn an_answer_without_a_cookie_changes_nothing() {
    let (_server, client) = start(|_, _| json(200, "[]")).await;
    let before = client.session().unwrap().to_secret();
    client.tokens(&owner()).collect_all().await.unwrap();
    assert_eq!(*client.session_changes().unwrap().borrow(), 0);
    assert_eq!(client.session().unwrap().to_secret().expose(), before.expose());
}

/// The server's cache of a session would vouch for one that was ended a minute ago.
#[tokio::test]
async fn a_true_check_leaves_the_servers_cache_out() {
    let cache = "Set-Cookie: better-auth.session_data.0=a; Path=/\r\nSet-Cookie: better-auth.session_data.1=b; Path=/\r\n";
    let body = r#"{"session":{"expiresAt":"2026-12-01T10:00:00.000Z","activeOrganizationId":"o-1"},"user":{"id":"u-5","name":"Mira Holt"}}"#;
    let (server, client) = start(move |_, before| match before {
        0 => with_headers(200, cache, "[]"),
        1 => json(200, "[]"),
        2 => json(200, body),
        3 => json(401, r#"{"code":"UNAUTHORIZED"}"#),
        _ => json(200, "null"),
    })
    .await;
    client.tokens(&owner()).collect_all().await.unwrap();
    client.tokens(&owner()).collect_all().await.unwrap();
    let info: SessionInfo = client.session_info().await.unwrap().unwrap();
    assert_eq!(info.user.unwrap().name, "Mira Holt");
    assert_eq!(info.active_organization_id, Some("o-1".into()));
    assert_eq!(info.expires_at, "2026-12-01T10:00:00Z".parse().ok());
    assert_eq!(client.session_info().await.unwrap(), None);
    assert_eq!(client.session_info().await.unwrap(), None);
    let with_cache =
        format!("{COOKIE}; better-auth.session_data.0=a; better-auth.session_data.1=b");
    let expected = [COOKIE, &with_cache, COOKIE, COOKIE, COOKIE].map(|line| Some(line.to_owned()));
    assert_eq!(cookies(&server), expected);
    assert_eq!(paths(&server)[2], "/api/auth/get-session");
}

#[tokio::test]
async fn sign_out_forgets_the_session() {
    for (status, body) in
        [(200, r#"{"success":true}"#), (200, ""), (401, r#"{"code":"UNAUTHORIZED"}"#)]
    {
        let (server, client) = start(move |_, _| json(status, body)).await;
        let mut changes = client.session_changes().unwrap();
        client.sign_out().await.unwrap();
        changes.changed().await.unwrap();
        assert!(client.session().is_none());
        let [request] = &server.requests()[..] else { panic!("one request") };
        assert_eq!(
            (&*request.method, &*request.path, &*request.body),
            ("POST", "/api/auth/sign-out", "{}")
        );
        assert_eq!(request.header("cookie"), Some(COOKIE));
        // From here on nothing is sent.
        client.sign_out().await.unwrap();
        assert_eq!(client.session_info().await.unwrap(), None);
        let error = client.current_organization().await.unwrap_err();
        assert!(error.to_string().contains("Sign in again"), "{error}");
        let error = client.create_token(&owner(), &new_token()).await.unwrap_err();
        assert!(matches!(error, Error::Unauthorized { .. }), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_sign_out_that_failed_keeps_the_session() {
    for status in [403, 500] {
        let (_server, client) = start(move |_, _| json(status, "")).await;
        client.sign_out().await.unwrap_err();
        assert!(client.session().is_some(), "{status}");
    }
    for body in ["<html>Sign in to the network</html>", r#"{"success":false}"#] {
        let (_server, client) = start(move |_, _| json(200, body)).await;
        let error = client.sign_out().await.unwrap_err();
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        assert!(client.session().is_some(), "{body}");
    }
    let (_server, client) = start(|_, _| Reply::Bytes(Vec::new())).await;
    let error = client.sign_out().await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { act: "sign out", .. }), "{error:?}");
}

#[tokio::test]
async fn a_session_that_ended_is_explain_unauthorized_from_a_bad_key() {
    let removed = "Set-Cookie: better-auth.session_token=; Max-Age=0; Path=/\r\n";
    let (server, client) = start(move |_, _| {
        with_headers(401, removed, r#"{"code":"UNAUTHORIZED","message":"Unauthorized"}"#)
    })
    .await;
    let error = client.current_organization().await.unwrap_err();
    let Error::Unauthorized { credential, .. } = &error else { panic!("{error:?}") };
    assert_eq!(*credential, CredentialKind::Session);
    let end = "rejected this session: “Unauthorized”. The session has ended. Sign in again.";
    assert!(error.to_string().ends_with(end), "{error}");
    assert!(client.session().is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_session_goes_to_its_own_server_only() {
    let (server, _) = start(|_, _| json(200, ORGANIZATION)).await;
    let home = BaseUrl::parse("https://app.nt3.io").unwrap();
    let session = Session::parse(&home, &Secret::new(COOKIE.to_owned())).unwrap();
    let kept = Session::from_secret(&session.to_secret()).unwrap();
    for session in [session, kept] {
        let refused = Client::new(BaseUrl::parse(&server.url()).unwrap(), session.clone());
        assert!(matches!(refused, Err(Error::ForeignSession { .. })));
        assert!(Client::new(home.clone(), session).is_ok());
    }
    assert!(server.requests().is_empty());
}

/// The server's own words may hold a cookie, in whatever form.
#[tokio::test]
async fn cookies_are_taken_out_of_a_servers_words() {
    let (_server, client) = start(|_, _| {
        let message = r#"{"message":"s3ss10n.c2ln%3D s3ss10n.c2ln= s3ss10n renewed.c2ln%3D"}"#;
        with_headers(403, &format!("Set-Cookie: {RENEWED}; Path=/\r\n"), message)
    })
    .await;
    let error = client.current_organization().await.unwrap_err();
    let words = format!("{error} {error:?}");
    for secret in ["s3ss10n.", "c2ln", "renewed."] {
        assert!(!words.contains(secret), "{words}");
    }
}
