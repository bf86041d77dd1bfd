//! A redirect is an error. Following it would carry the credential to another server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{
    ApiToken, BaseUrl, Client, Credential, Error, NewToken, Secret, Session, SignIn, SignInError,
    TokenOwner, sign_in,
};
use reqwest::Method;
use test_support::server::{Server, json, with_headers};

const CODES: [u16; 5] = [301, 302, 303, 307, 308];
const TWO_FACTOR: &str = "Set-Cookie: x.two_factor=a.b; Path=/\r\n";

fn credentials(server: &Server) -> [Credential; 2] {
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let token = Secret::new("entri_EXAMPLEONLY".to_owned());
    let cookie = Secret::new("x.session_token=a.b".to_owned());
    let session = Session::parse(&base_url, &cookie).unwrap();
    [ApiToken::parse(token).unwrap().into(), session.into()]
}

fn client(server: &Server, credential: Credential) -> Client {
    Client::new(BaseUrl::parse(&server.url()).unwrap(), credential).unwrap()
}

fn is_redirected(error: &Error, to: &str) -> bool {
    matches!(error, Error::Redirected { target, .. } if target == to)
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let other = Server::start(|_, _| json(200, "{}")).await;
    let target = other.url();
    for status in CODES {
        let location =
            format!("Location: {target}/api/x?y\r\nSet-Cookie: x.session_token=c.d; Path=/\r\n");
        let server = Server::start(move |_, _| with_headers(status, &location, "")).await;
        for credential in credentials(&server) {
            let (kind, before) = (credential.kind(), server.requests().len());
            let client = client(&server, credential);
            let owner = TokenOwner::Organization("o".into());
            let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
            let mut errors = vec![
                client.current_organization().await.unwrap_err(),
                client.projects().next().await.unwrap_err(),
                client.members().next().await.unwrap_err(),
                client.create_token(&owner, &new).await.unwrap_err(),
                client.revoke_token(&owner, &"t-1".into()).await.unwrap_err(),
            ];
            if client.session().is_some() {
                errors.push(client.session_info().await.unwrap_err());
                errors.push(client.organizations().await.unwrap_err());
                errors.push(client.set_active_organization(&"o".into()).await.unwrap_err());
                errors.push(client.sign_out().await.unwrap_err());
                // Whoever redirects does not set our cookies either.
                assert_eq!(*client.session_changes().unwrap().borrow(), 0);
            }
            for error in &errors {
                assert!(is_redirected(error, &target), "{status} {kind:?}: {error:?}");
            }
            assert_eq!(server.requests().len() - before, errors.len(), "{status} {kind:?}");
        }
    }
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn no_sign_in_is_redirected() {
    let other = Server::start(|_, _| json(200, "{}")).await;
    let target = other.url();
    for status in CODES {
        for asks in [false, true] {
            let location = format!("Location: {target}/api/auth/x\r\n");
            let server = Server::start(move |_, before| match before {
                0 if asks => with_headers(200, TWO_FACTOR, r#"{"twoFactorRedirect":true}"#),
                _ => with_headers(status, &location, ""),
            })
            .await;
            let base_url = BaseUrl::parse(&server.url()).unwrap();
            let secret = || Secret::new("northern lights".to_owned());
            let signed_in = sign_in(&base_url, "a@x.test", secret()).await;
            let errors = match signed_in {
                Err(error) => vec![error],
                Ok(SignIn::SecondFactor(challenge)) => vec![
                    challenge.verify_totp(secret()).await.unwrap_err(),
                    challenge.send_code().await.unwrap_err(),
                    challenge.verify_code(secret()).await.unwrap_err(),
                    challenge.verify_backup_code(secret()).await.unwrap_err(),
                ],
                Ok(SignIn::Done(_)) => panic!("done"),
            };
            for error in errors {
                let SignInError::Api(error) = error else { panic!("{error:?}") };
                assert!(is_redirected(&error, &target), "{status}: {error:?}");
            }
            assert_eq!(server.requests().len(), if asks { 5 } else { 1 }, "{status}");
        }
    }
    assert_eq!(other.requests().len(), 0);
}

/// The control: the other server does see a client that follows redirects, with the key and, if the
/// status keeps it, the body.
#[tokio::test]
async fn who_follows_is_seen() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let follows = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    for status in CODES {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let other = Server::start(|_, _| json(200, "{}")).await;
            let location = format!("Location: {}/api/x\r\n", other.url());
            let server = Server::start(move |_, _| with_headers(status, &location, "")).await;
            let request = follows.request(method.clone(), server.url()).body("northern lights");
            request.header("X-API-Key", "entri_EXAMPLEONLY").send().await.unwrap();
            let [seen] = &other.requests()[..] else { panic!("{status} {method}") };
            assert_eq!(seen.header("x-api-key"), Some("entri_EXAMPLEONLY"), "{status} {method}");
            assert!(status < 307 || seen.body == "northern lights", "{status} {method}");
        }
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_still_an_error() {
    for location in ["", "Location: \r\n", "Location: javascript:alert(1)\r\n", "Location: /\r\n"] {
        let server = Server::start(move |_, _| with_headers(302, location, "")).await;
        for credential in credentials(&server) {
            let error = client(&server, credential).current_organization().await.unwrap_err();
            assert!(matches!(error, Error::Redirected { .. }), "{location}: {error:?}");
        }
        assert_eq!(server.requests().len(), 2);
    }
}
