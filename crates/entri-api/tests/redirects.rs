//! A redirect is an error. Following it would carry the credential to another server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use entri_api::{ApiToken, BaseUrl, Client, Error, NewToken, Secret, TokenOwner};
use server::{Server, json, with_headers};

#[tokio::test]
async fn no_redirect_is_followed() {
    let other = Server::start(|_, _| json(200, "{}")).await;
    let target = other.url();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("Location: {target}/api/x?y\r\n");
        let server = Server::start(move |_, _| with_headers(status, &location, "")).await;
        let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
        let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
        let owner = TokenOwner::Organization("o".into());
        let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
        let errors = [
            client.current_organization().await.unwrap_err(),
            client.projects().next().await.unwrap_err(),
            client.create_token(&owner, &new).await.unwrap_err(),
            client.revoke_token(&owner, "t-1").await.unwrap_err(),
        ];
        for error in errors {
            let Error::Redirected { target: named, .. } = &error else { panic!("{error:?}") };
            assert_eq!(*named, target, "{status}");
        }
        assert_eq!(server.requests().len(), 4, "{status}");
    }
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_still_an_error() {
    for location in ["", "Location: \r\n", "Location: javascript:alert(1)\r\n", "Location: /\r\n"] {
        let server = Server::start(move |_, _| with_headers(302, location, "")).await;
        let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
        let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
        let error = client.current_organization().await.unwrap_err();
        assert!(matches!(error, Error::Redirected { .. }), "{location}: {error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}
