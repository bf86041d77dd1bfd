//! Which requests send an `Origin`, and what happens after one is refused for it
//! (docs/entri-api.md#sign-in).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{
    ApiToken, BaseUrl, Client, Credential, Error, NewToken, Secret, Session, SignInError,
    TokenOwner, sign_in,
};
use test_support::server::{Reply, Server, json, with_headers};

const MISSING: &str = r#"{"message":"Missing or null Origin","code":"MISSING_OR_NULL_ORIGIN"}"#;
const INVALID: &str = r#"{"message":"Invalid origin","code":"INVALID_ORIGIN"}"#;
const COOKIE: &str = "Set-Cookie: x.session_token=a.b; Path=/\r\n";

fn client(server: &Server, with: &str) -> Client {
    let base_url = BaseUrl::parse(&format!("{}/l10n", server.url())).unwrap();
    let secret = Secret::new(with.to_owned());
    let credential: Credential = match ApiToken::parse(secret.clone()) {
        Ok(token) => token.into(),
        Err(_) => Session::parse(&base_url, &secret).unwrap().into(),
    };
    Client::new(base_url, credential).unwrap()
}

#[tokio::test]
async fn only_a_write_with_a_cookie_names_its_origin() {
    for (with, named) in [("x.session_token=a.b", true), ("entri_EXAMPLEONLY", false)] {
        let server = Server::start(|request, _| match &*request.method {
            "GET" => json(200, r#"{"_id":"o-1","session":{},"data":[]}"#),
            _ => json(200, r#"{"_id":"t-1","token":"entri_EXAMPLEONLYnew"}"#),
        })
        .await;
        let (client, owner) = (client(&server, with), TokenOwner::Organization("o-1".into()));
        let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
        client.current_organization().await.unwrap();
        client.session_info().await.unwrap();
        client.tokens(&owner).next().await.unwrap();
        client.create_token(&owner, &new).await.unwrap();
        client.revoke_token(&owner, &"t-1".into()).await.unwrap();
        client.set_active_organization(&"o-1".into()).await.unwrap();
        client.sign_out().await.unwrap();
        for request in server.requests() {
            let expected = (named && request.method != "GET").then(|| server.url());
            let (what, one) = (
                format!("{} {}", request.method, request.path),
                request.header("cookie").is_some(),
            );
            assert_eq!(request.header("origin"), expected.as_deref(), "{what}");
            assert_eq!(one, request.header("x-api-key").is_none(), "exactly one: {what}");
            assert_eq!(one, named, "{what}");
        }
        assert_eq!(server.requests().len(), if named { 7 } else { 5 });
    }
}

#[tokio::test]
async fn a_missing_origin_is_added_once() {
    let server = Server::start(|request, _| match request.header("origin") {
        None => json(403, MISSING),
        Some(_) => with_headers(200, COOKIE, r#"{"user":{"id":"u-5"}}"#),
    })
    .await;
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    sign_in(&base_url, "a@x.test", Secret::new("x".to_owned())).await.unwrap();
    let origins: Vec<_> =
        server.requests().iter().map(|it| it.header("origin").map(str::to_owned)).collect();
    assert_eq!(origins, [None, Some(server.url())]);
}

#[tokio::test]
async fn an_origin_that_stays_refused_is_said() {
    for (body, requests) in [(MISSING, 2), (INVALID, 1)] {
        let server = Server::start(move |_, _| json(403, body)).await;
        let base_url = BaseUrl::parse(&server.url()).unwrap();
        let error = sign_in(&base_url, "a@x.test", Secret::new("x".to_owned())).await.unwrap_err();
        let refused = matches!(error, SignInError::Api(Error::OriginRefused { .. }));
        assert!(refused && server.requests().len() == requests, "{body}: {error:?}");
    }
    let server = Server::start(move |_, _| json(403, INVALID)).await;
    let error = client(&server, "x.session_token=a.b").sign_out().await.unwrap_err();
    assert!(matches!(error, Error::OriginRefused { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

/// Entri's own routes don't have that check. A create is sent once, whatever the answer.
#[tokio::test]
async fn a_create_is_not_sent_again_for_its_origin() {
    for (status, body) in [(403, MISSING), (403, INVALID), (401, MISSING)] {
        let server = Server::start(move |_, _| json(status, body)).await;
        let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
        let owner = TokenOwner::Organization("o-1".into());
        let client = client(&server, "x.session_token=a.b");
        let created = client.create_token(&owner, &new).await.unwrap_err();
        let revoked = client.revoke_token(&owner, &"t-1".into()).await.unwrap_err();
        for error in [created, revoked] {
            let origin = matches!(error, Error::OriginRefused { .. });
            assert_eq!(origin, status == 403, "{status} {body}: {error:?}");
        }
        let writes: Vec<_> = server.requests().into_iter().map(|it| it.method).collect();
        assert_eq!(writes.iter().filter(|method| *method != "GET").count(), 2, "{status} {body}");
    }
}

#[tokio::test]
async fn a_bearer_goes_without_cookie_and_origin() {
    let server = Server::start(|request, _| match &*request.path {
        "/api/auth/sign-in/email" => {
            let headers =
                "set-auth-token: s3ss10n.c2ln=\r\nSet-Cookie: x.trust_device=a.b; Path=/\r\n";
            with_headers(200, headers, r#"{"user":{"id":"u-5"}}"#)
        }
        _ => Reply::Bytes(Vec::new()),
    })
    .await;
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let signed_in = sign_in(&base_url, "a@x.test", Secret::new("x".to_owned())).await.unwrap();
    let entri_api::SignIn::Done(signed_in) = signed_in else { panic!("done") };
    let client = Client::new(base_url, signed_in.session).unwrap();
    client.revoke_token(&TokenOwner::Organization("o-1".into()), &"t-1".into()).await.unwrap_err();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.header("authorization"), Some("Bearer s3ss10n.c2ln="));
    assert_eq!((request.header("cookie"), request.header("origin")), (None, None));
}
