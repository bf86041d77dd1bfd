//! A 401 to a session: it has ended, or else an API token is wanted here (docs/entri-api.md#tolerance).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/better_auth.rs"]
mod better_auth;

use better_auth::Fixture;
use entri_api::{ApiToken, BaseUrl, Client, Error, NewToken, Secret, Session, TokenOwner};
use entri_sandbox::{Config, Sandbox, TokenRoutes, Variant};
use test_support::server::{Server, json, with_headers};

const CHECK: &str = "/api/auth/get-session";
const LIVES: &str = r#"{"session":{"expiresAt":"2026-12-01T10:00:00.000Z"},"user":{"id":"u-5"}}"#;
const REFUSED: &str = r#"{"statusCode":401,"message":"No API token was sent"}"#;

/// A server that takes no session for its own routes, and says this of the session when asked.
async fn start(status: u16, of_the_session: &'static str) -> Server {
    Server::start(move |request, _| match &*request.path {
        CHECK => json(status, of_the_session),
        _ => json(401, REFUSED),
    })
    .await
}

fn with_cookie(url: &str, cookie: &str) -> Client {
    let base_url = BaseUrl::parse(url).unwrap();
    let session = Session::parse(&base_url, &Secret::new(cookie.to_owned())).unwrap();
    Client::new(base_url, session).unwrap()
}

/// The error of each call that may refuse a session.
async fn errors(client: &Client, owner: &TokenOwner) -> Vec<Error> {
    let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
    vec![
        client.tokens(owner).next().await.unwrap_err(),
        client.create_token(owner, &new).await.unwrap_err(),
        client.revoke_token(owner, &"t-1".into()).await.unwrap_err(),
    ]
}

fn owner(id: &str) -> TokenOwner {
    TokenOwner::Organization(id.into())
}

fn are_wanted(errors: &[Error]) -> bool {
    errors.iter().all(|error| matches!(error, Error::ApiTokenWanted { .. }))
}

fn are_ended(errors: &[Error]) -> bool {
    errors.iter().all(|error| error.to_string().ends_with("The session has ended. Sign in again."))
}

#[tokio::test]
async fn a_session_that_lives_is_not_called_ended() {
    let server = start(200, LIVES).await;
    let client = with_cookie(&server.url(), "x.session_token=a.b");
    let mut errors = errors(&client, &owner("o-1")).await;
    errors.push(client.current_organization().await.unwrap_err());
    errors.push(client.projects().next().await.unwrap_err());
    assert!(are_wanted(&errors), "{errors:?}");
    let words = errors[1].to_string();
    let (_, words) = words.split_once(' ').unwrap();
    let expected = "requires an API token for this: “No API token was sent”. You are still signed in. \
                    Connect with an API token instead.";
    assert_eq!(words, expected);
    assert!(client.session().is_some());
    // Each is sent once, and then the session is asked for once.
    let asked: Vec<_> = server.requests().iter().map(|it| it.path == CHECK).collect();
    assert_eq!(asked, [false, true].repeat(errors.len()));
}

#[tokio::test]
async fn without_a_clear_yes_the_session_has_ended() {
    for (status, says) in [
        (200, "null"),
        (200, ""),
        (200, "{}"),
        (200, "<p>Sign in</p>"),
        (401, r#"{"code":"UNAUTHORIZED"}"#),
        (404, ""),
        (429, "{}"),
        (500, "{}"),
    ] {
        let server = start(status, says).await;
        let client = with_cookie(&server.url(), "x.session_token=a.b");
        let errors = errors(&client, &owner("o-1")).await;
        assert!(are_ended(&errors), "{status} {says}: {errors:?}");
        assert_eq!(server.requests().len(), 6, "{status} {says}");
    }
}

/// The server's cache would vouch for a session that was ended a minute ago (docs/entri-api.md#sign-in).
#[tokio::test]
async fn the_session_is_asked_for_past_the_cache() {
    let server = Server::start(|request, _| match &*request.path {
        CHECK => json(200, "null"),
        _ => with_headers(401, "Set-Cookie: x.session_data=c; Path=/\r\n", REFUSED),
    })
    .await;
    let client = with_cookie(&server.url(), "x.session_token=a.b");
    client.projects().next().await.unwrap_err();
    client.projects().next().await.unwrap_err();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(|it| it.header("cookie").unwrap()).collect();
    let (plain, cached) = ("x.session_token=a.b", "x.session_token=a.b; x.session_data=c");
    assert_eq!(sent, [plain, plain, cached, plain]);
}

#[tokio::test]
async fn of_an_api_token_no_session_is_asked_for() {
    let server = start(200, LIVES).await;
    let key = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), key).unwrap();
    for error in errors(&client, &owner("o-1")).await {
        assert!(matches!(error, Error::Unauthorized { .. }), "{error:?}");
    }
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_sandbox_wants_an_api_token() {
    let variant = Variant { routes: TokenRoutes::KeyOnly, ..Variant::default() };
    let sandbox = Sandbox::start(Config { variant, ..Config::default() }).await.unwrap();
    let ready = sandbox.ready();
    let client = with_cookie(&ready.base_url, &sandbox.session_cookie());
    let live = errors(&client, &owner(&ready.org_id)).await;
    assert!(are_wanted(&live), "{live:?}");
    sandbox.end_sessions();
    let ended = errors(&client, &owner(&ready.org_id)).await;
    assert!(are_ended(&ended), "{ended:?}");
}

#[tokio::test]
async fn the_real_better_auth_tells_whether_the_session_lives() {
    let fixture = Fixture::start(&[("RATE_LIMIT", "off"), ("TOKEN_ROUTES", "key")]).await;
    let client = Client::new(fixture.base_url(), fixture.signed_in().await.session).unwrap();
    let live = errors(&client, &owner(fixture.text("orgId"))).await;
    assert!(are_wanted(&live), "{live:?}");
    fixture.age(169).await;
    let ended = errors(&client, &owner(fixture.text("orgId"))).await;
    assert!(are_ended(&ended), "{ended:?}");
}
