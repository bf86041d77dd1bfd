//! No secret is in any log, ours or a library's, at the most verbose level.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io;
use std::sync::{Arc, Mutex};

use entri_api::{
    ApiToken, BaseUrl, Client, NewToken, Secret, Session, SignIn, TokenOwner, sign_in,
};
use test_support::server::{Reply, Server, json, with_headers};
use tracing::level_filters::LevelFilter;

const KEY: &str = "entri_EXAMPLEONLYadminKEY";
const VALUE: &str = "entri_EXAMPLEONLYnewVALUE";
const PASSWORD: &str = "northern PASSWORD lights";
const CHALLENGE: &str = "ch4llenge.CHALLENGE%2Fc2ln%3D";
const COOKIE: &str = "s3ss10n.COOKIE%2Fc2ln%3D";
const CACHE: &str = "CACHE.c2ln";
const CODE: &str = "424277";
/// A part of each of them, and what a decoded form would show.
const SECRETS: [&str; 9] = [
    "adminKEY",
    "newVALUE",
    "PASSWORD",
    "CHALLENGE",
    "COOKIE",
    "s3ss10n",
    "ch4llenge",
    "CACHE",
    CODE,
];
const CONTROL: &str = "entri_EXAMPLEONLYcontrol";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let created = format!(r#"{{"_id":"t-1","name":"a","token":"{VALUE}"}}"#);
    let server = Server::start(move |request, before| match (&*request.method, before) {
        ("POST", 0) => json(201, &created),
        ("POST", 1) => json(400, &format!(r#"{{"message":"bad: {KEY}"}}"#)),
        ("POST", _) => Reply::Bytes(Vec::new()),
        _ => json(200, &format!("[{created}]")),
    })
    .await;
    let token = ApiToken::parse(Secret::new(KEY.to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    let owner = TokenOwner::Organization("o-1".into());
    let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
    for _ in 0..3 {
        tracing::trace!("{:?}", client.create_token(&owner, &new).await);
    }
    tracing::trace!("{:?}", client.tokens(&owner).collect_all().await);
    session().await;
    tracing::trace!("{CONTROL}");
    assert_eq!(server.requests()[0].header("x-api-key"), Some(KEY));

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains(CONTROL), "the log is not caught");
    assert!(text.contains("hyper") && text.contains("entri_api"), "{text}");
    assert!(text.contains("path=\"/organizations/o-1/tokens\" status=201"), "{text}");
    assert!(text.contains("path=\"/two-factor/verify-totp\" status=200"), "{text}");
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret}");
    }
}

/// Says back what it was sent.
async fn echoing() -> Server {
    let echo = |words: &str| format!(r#"{{"code":"VALIDATION_ERROR","message":"{words}"}}"#);
    let echoes = [
        echo(PASSWORD),
        echo(&format!("{CODE} {CHALLENGE}")),
        echo(&format!("{COOKIE} {CACHE} s3ss10n s3ss10n.COOKIE/c2ln=")),
    ];
    let set = |name: &str, value: &str| format!("Set-Cookie: x.{name}={value}; Path=/\r\n");
    let challenge = set("two_factor", CHALLENGE);
    let cookies = set("session_token", COOKIE) + &set("session_data", CACHE);
    Server::start(move |_, before| match before {
        0 => json(400, &echoes[0]),
        2 => json(400, &echoes[1]),
        4.. => json(400, &echoes[2]),
        1 => with_headers(200, &challenge, r#"{"twoFactorRedirect":true}"#),
        _ => with_headers(200, &cookies, r#"{"token":"s3ss10n","user":{"id":"u-5"}}"#),
    })
    .await
}

/// Every step of a session.
async fn session() {
    let server = echoing().await;
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let password = || Secret::new(PASSWORD.to_owned());
    tracing::trace!("{:?}", sign_in(&base_url, "a@x.test", password()).await);
    let signed_in = sign_in(&base_url, "a@x.test", password()).await;
    tracing::trace!("{signed_in:?}");
    let SignIn::SecondFactor(challenge) = signed_in.unwrap() else { panic!("a challenge") };
    let code = || Secret::new(CODE.to_owned());
    let refused = challenge.verify_totp(code()).await.unwrap_err();
    tracing::trace!("{refused} {refused:?}");
    let signed_in = challenge.verify_totp(code()).await.unwrap();
    tracing::trace!("{signed_in:?} {challenge:?}");
    let kept = signed_in.session.to_secret();
    assert!(kept.expose().contains(COOKIE));
    tracing::trace!("{:?}", Session::from_secret(&kept));
    let client = Client::new(base_url, signed_in.session).unwrap();
    tracing::trace!("{:?} {:?}", client.session(), client.current_organization().await);
    for _ in 0..2 {
        tracing::trace!("{:?}", client.projects().collect_all().await);
        tracing::trace!("{:?} {:?}", client.session_info().await, client.sign_out().await);
    }
    assert!(server.requests()[4].header("cookie").unwrap().contains(COOKIE));
}
