//! The second factor (docs/entri-api.md#sign-in).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{BaseUrl, Challenge, Client, SecondFactor, Secret, SignIn, SignInError, sign_in};
use test_support::server::{Reply, Request, Server, json, with_headers};

/// With rememberMe off, which a server may decide.
const ASKS: &str = "Set-Cookie: better-auth.session_token=; Max-Age=0; Path=/\r\n\
     Set-Cookie: better-auth.two_factor=ch4ll.c2ln%3D; Max-Age=600; Path=/; HttpOnly\r\n\
     Set-Cookie: better-auth.dont_remember=true.c2ln%3D; Path=/; HttpOnly\r\n";
const DONE: &str = "Set-Cookie: better-auth.session_token=s3ss10n2.c2ln%3D; Path=/; HttpOnly\r\n\
     Set-Cookie: better-auth.two_factor=; Max-Age=0; Path=/\r\n";
const USER: &str = r#"{"token":"s3ss10n2","user":{"id":"u-5","name":"Mira Holt","email":"mira@example.test","emailVerified":true}}"#;

fn asks() -> Reply {
    with_headers(200, ASKS, r#"{"twoFactorRedirect":true,"twoFactorMethods":["totp","otp"]}"#)
}

/// A server that asks, then answers as told.
async fn challenge(
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (Server, Challenge) {
    let server = Server::start(move |request, before| match before {
        0 => asks(),
        _ => answer(request, before),
    })
    .await;
    let challenge = challenged(&server).await;
    (server, challenge)
}

async fn challenged(server: &Server) -> Challenge {
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let signed_in = sign_in(&base_url, "mira@example.test", secret("northern lights")).await;
    let SignIn::SecondFactor(challenge) = signed_in.unwrap() else { panic!("a challenge") };
    challenge
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn the_code_goes_with_the_challenge_and_a_session_comes_back() {
    let (server, challenge) = challenge(|request, before| match before {
        1 => with_headers(200, DONE, USER),
        _ => json(200, if request.path.contains("current") { r#"{"_id":"o-1"}"# } else { "[]" }),
    })
    .await;
    assert_eq!(challenge.methods(), [SecondFactor::Totp, SecondFactor::SentCode]);
    let signed_in = challenge.verify_totp(secret(" 123 456\u{a0}\n")).await.unwrap();
    assert_eq!(signed_in.user.unwrap().name, "Mira Holt");
    let [_, request] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!((&*request.method, &*request.path), ("POST", "/api/auth/two-factor/verify-totp"));
    assert_eq!(request.body, r#"{"code":"123456"}"#);
    let cookies = "better-auth.two_factor=ch4ll.c2ln%3D; better-auth.dont_remember=true.c2ln%3D";
    assert_eq!(request.header("cookie"), Some(cookies));
    assert_eq!(request.header("origin"), Some(&*server.url()));
    drop(challenge.verify_totp(secret("123456")).await);
    let again = server.requests().pop().unwrap();
    assert_eq!((again.header("cookie"), again.header("origin")), (None, None), "good once");

    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let client = Client::new(base_url, signed_in.session).unwrap();
    client.current_organization().await.unwrap();
    let cookies =
        "better-auth.dont_remember=true.c2ln%3D; better-auth.session_token=s3ss10n2.c2ln%3D";
    assert_eq!(server.requests().pop().unwrap().header("cookie"), Some(cookies));
}

#[tokio::test]
async fn a_code_can_be_sent_and_a_backup_code_keeps_its_form() {
    let (server, challenge) = challenge(|request, _| {
        if request.path.ends_with("send-otp") {
            json(200, r#"{"status":true}"#)
        } else {
            with_headers(200, DONE, USER)
        }
    })
    .await;
    challenge.send_code().await.unwrap();
    challenge.verify_code(secret("12 34 56")).await.unwrap();
    let asked: Vec<_> =
        server.requests().into_iter().skip(1).map(|it| (it.path, it.body)).collect();
    let expected = [
        ("/api/auth/two-factor/send-otp", "{}"),
        ("/api/auth/two-factor/verify-otp", r#"{"code":"123456"}"#),
    ];
    assert_eq!(asked, expected.map(|(path, body)| (path.to_owned(), body.to_owned())));

    let (server, challenge) = self::challenge(|_, _| with_headers(200, DONE, USER)).await;
    challenge.verify_backup_code(secret(" SU7uG-BWxx5 ")).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.path, "/api/auth/two-factor/verify-backup-code");
    assert_eq!(request.body, r#"{"code":"SU7uG-BWxx5"}"#);
}

#[tokio::test]
async fn what_a_server_takes_is_what_it_says_else_everything() {
    let both = vec![SecondFactor::Totp, SecondFactor::SentCode];
    let table = [
        (r#"{"twoFactorRedirect":true,"twoFactorMethods":["totp"]}"#, vec![SecondFactor::Totp]),
        (
            r#"{"twoFactorRedirect":true,"twoFactorMethods":["otp","x"]}"#,
            vec![SecondFactor::SentCode],
        ),
        (r#"{"twoFactorRedirect":true}"#, both.clone()),
        (r#"{"twoFactorRedirect":true,"twoFactorMethods":["x"]}"#, both),
    ];
    for (body, methods) in table {
        let server = Server::start(move |_, _| with_headers(200, ASKS, body)).await;
        assert_eq!(challenged(&server).await.methods(), methods, "{body}");
    }
}

#[tokio::test]
async fn a_wrong_code_can_be_typed_again_and_is_told_by_its_kind() {
    let (server, challenge) = challenge(|_, before| match before {
        1 | 2 => json(401, r#"{"message":"Invalid code","code":"INVALID_CODE"}"#),
        3 => json(401, r#"{"message":"no"}"#),
        4 => with_headers(429, "X-Retry-After: 10\r\n", r#"{"message":"Too many requests."}"#),
        _ => with_headers(200, DONE, USER),
    })
    .await;
    let wrong = challenge.verify_totp(secret("000000")).await.unwrap_err();
    assert!(matches!(wrong, SignInError::WrongCode), "{wrong:?}");
    let wrong = challenge.verify_code(secret("000000")).await.unwrap_err();
    assert!(matches!(wrong, SignInError::WrongCode), "{wrong:?}");
    let wrong = challenge.verify_backup_code(secret("aaaaa-bbbbb")).await.unwrap_err();
    assert!(matches!(wrong, SignInError::WrongBackupCode), "{wrong:?}");
    let limited = challenge.verify_totp(secret("000000")).await.unwrap_err();
    assert!(matches!(limited, SignInError::RateLimited { wait: Some(_), .. }), "{limited:?}");
    challenge.verify_totp(secret("123456")).await.unwrap();
    assert_eq!(server.requests().len(), 6);
}

/// After five wrong codes the server takes the challenge back; then only a new sign-in helps.
#[tokio::test]
async fn a_challenge_that_is_over_says_so() {
    let over = "Set-Cookie: better-auth.two_factor=; Max-Age=0; Path=/\r\n";
    let (server, challenge) = challenge(move |_, before| match before {
        1 => with_headers(400, over, r#"{"code":"TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"}"#),
        _ => json(401, r#"{"code":"INVALID_TWO_FACTOR_COOKIE"}"#),
    })
    .await;
    let error = challenge.verify_totp(secret("123456")).await.unwrap_err();
    assert!(matches!(error, SignInError::TooManyCodes), "{error:?}");
    let error = challenge.verify_totp(secret("123456")).await.unwrap_err();
    assert!(matches!(error, SignInError::StartOver), "{error:?}");
    let cookie = server.requests().pop().unwrap().header("cookie").map(str::to_owned);
    assert_eq!(cookie.as_deref(), Some("better-auth.dont_remember=true.c2ln%3D"));
}

#[tokio::test]
async fn a_lost_answer_says_that_the_code_may_be_used_up() {
    let (server, challenge) = challenge(|_, _| Reply::Bytes(Vec::new())).await;
    let error = challenge.verify_backup_code(secret("SU7uG-BWxx5")).await.unwrap_err();
    assert!(error.to_string().contains("may need a new code"), "{error}");
    assert_eq!(server.requests().len(), 2);
    assert!(!format!("{challenge:?} {error:?}").contains("ch4ll"));
}
