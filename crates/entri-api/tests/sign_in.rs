//! Sign-in with email and password: what is sent, and what each answer means (docs/entri-api.md#sign-in).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use entri_api::{BaseUrl, Error, Secret, SignIn, SignInError, User, sign_in};
use test_support::server::{Reply, Request, Server, json, with_headers};

const COOKIE: &str = "Set-Cookie: better-auth.session_token=s3ss10n.c2lnbmF0dXJl%3D; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax\r\n";
const SIGNED_IN: &str = r#"{"redirect":false,"token":"s3ss10n","user":{"id":"u-5","name":"Mira Holt","email":"mira@example.test","emailVerified":true,"image":null,"createdAt":"2025-06-04T08:10:00.000Z","updatedAt":"2026-11-01T08:10:00.000Z"}}"#;
const PASSWORD: &str = "northern \"lights\"";

async fn attempt(server: &Server) -> Result<SignIn, SignInError> {
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    sign_in(&base_url, " mira@example.test\n", Secret::new(PASSWORD.to_owned())).await
}

/// The error, and how often the server was asked.
async fn refused(
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (SignInError, usize) {
    let server = Server::start(answer).await;
    let error = attempt(&server).await.unwrap_err();
    (error, server.requests().len())
}

#[tokio::test]
async fn the_password_goes_out_once_and_a_session_comes_back() {
    let server = Server::start(|_, _| with_headers(200, COOKIE, SIGNED_IN)).await;
    let SignIn::Done(signed_in) = attempt(&server).await.unwrap() else { panic!("done") };
    let mira = User {
        id: "u-5".into(),
        name: "Mira Holt".into(),
        email: Some("mira@example.test".into()),
    };
    assert_eq!(signed_in.user, Some(mira));
    let kept = signed_in.session.to_secret();
    assert!(kept.expose().contains("\nbetter-auth.session_token=s3ss10n.c2lnbmF0dXJl%3D; Path=/"));
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((&*request.method, &*request.path), ("POST", "/api/auth/sign-in/email"));
    assert_eq!(request.body, r#"{"email":"mira@example.test","password":"northern \"lights\""}"#);
    assert_eq!(request.header("content-type"), Some("application/json"));
    for name in ["cookie", "origin", "referer", "x-api-key", "authorization", "sec-fetch-mode"] {
        assert_eq!(request.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn a_server_below_a_path_is_signed_in_to_there() {
    let server = Server::start(|_, _| with_headers(200, COOKIE, SIGNED_IN)).await;
    let base_url = BaseUrl::parse(&format!("{}/l10n/api", server.url())).unwrap();
    sign_in(&base_url, "a@x.test", Secret::new("x".to_owned())).await.unwrap();
    assert_eq!(server.requests()[0].path, "/l10n/api/auth/sign-in/email");
}

/// Each code of docs/entri-api.md#sign-in, by the beginning of its sentence.
#[tokio::test]
async fn every_code_has_its_sentence() {
    let table = [
        (401, "INVALID_EMAIL_OR_PASSWORD", "doesn’t recognize this email address"),
        (400, "INVALID_EMAIL", "This is not an email address"),
        (403, "EMAIL_NOT_VERIFIED", "Confirm your email address first"),
        (400, "EMAIL_PASSWORD_DISABLED", "doesn’t allow password sign-in"),
        (401, "INVALID_CODE", "Wrong code."),
        (401, "INVALID_BACKUP_CODE", "Invalid or used backup code"),
        (400, "OTP_HAS_EXPIRED", "The code has expired"),
        (401, "INVALID_TWO_FACTOR_COOKIE", "Time’s up for the two-factor step"),
        (400, "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "Too many wrong codes"),
        (429, "ACCOUNT_TEMPORARILY_LOCKED", "has locked this account"),
        (400, "VALIDATION_ERROR", "rejected the sign-in: “their words” (HTTP 400)"),
        (415, "UNSUPPORTED_MEDIA_TYPE", "rejected the sign-in: “their words” (HTTP 415)"),
        (401, "SOMETHING_NEW", "rejected the sign-in: “their words” (HTTP 401)"),
        // Without a code the status says what it means.
        (401, "", "doesn’t recognize this email address"),
        (403, "", "rejected the sign-in: “their words” (HTTP 403)"),
        (404, "", "doesn’t offer email sign-in"),
        (429, "", "Too many attempts at"),
        (500, "", "had an error (HTTP 500): “their words”"),
    ];
    for (status, code, start) in table {
        let body = format!(r#"{{"code":"{code}","message":"their words"}}"#);
        let body = body.replace(r#""code":"","#, "");
        let (error, sent) = refused(move |_, _| json(status, &body)).await;
        let words = error.to_string();
        let words =
            words.split_once(' ').filter(|(host, _)| host.contains(':')).map_or(&*words, |it| it.1);
        assert!(words.starts_with(start), "{status} {code}: {words}");
        assert_eq!(sent, 1, "{status} {code}");
    }
}

/// A 429 of the rate limit says how long, in `BetterAuth`'s own header; a locked account does not.
#[tokio::test]
async fn a_wait_is_told_and_not_waited_for() {
    let body = r#"{"message":"Too many requests. Please try again later."}"#;
    let (error, sent) = refused(|_, _| with_headers(429, "X-Retry-After: 8\r\n", body)).await;
    let SignInError::RateLimited { wait, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*wait, sent), (Some(Duration::from_secs(8)), 1));
    assert!(error.to_string().ends_with("Try again in 8 seconds."), "{error}");
}

#[tokio::test]
async fn without_the_routes_there_is_no_sign_in() {
    for (status, body) in
        [(404, ""), (404, "<html>"), (404, r#"{"message":"Cannot POST /api/auth"}"#), (405, "")]
    {
        let (error, sent) = refused(move |_, _| json(status, body)).await;
        assert!(matches!(error, SignInError::NotOffered { .. }), "{status} {body}: {error:?}");
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn a_success_without_a_session_is_none() {
    let removed = "Set-Cookie: better-auth.session_token=; Max-Age=0; Path=/\r\n";
    for headers in ["", removed, "Set-Cookie: _ga=1; Path=/\r\n"] {
        let (error, _) = refused(move |_, _| with_headers(200, headers, SIGNED_IN)).await;
        assert!(matches!(error, SignInError::NoSession { .. }), "{headers}: {error:?}");
    }
    for body in ["<!doctype html>", "null", "", "[]", "signed in"] {
        let (error, _) = refused(move |_, _| with_headers(200, COOKIE, body)).await;
        let unexpected = matches!(error, SignInError::Api(Error::UnexpectedAnswer { .. }));
        assert!(unexpected, "{body}: {error:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_said_and_the_password_not_sent_again() {
    let Reply::Bytes(whole) = with_headers(200, COOKIE, SIGNED_IN) else { panic!("bytes") };
    for cut in (0..whole.len()).step_by(7) {
        let bytes = whole[..cut].to_vec();
        let (error, sent) = refused(move |_, _| Reply::Bytes(bytes.clone())).await;
        assert!(matches!(error, SignInError::Lost { .. }), "cut at {cut}: {error:?}");
        assert_eq!(sent, 1, "cut at {cut}");
    }
    for status in [500, 502, 503, 504] {
        let (error, sent) = refused(move |_, _| json(status, "")).await;
        assert!(matches!(error, SignInError::Api(Error::Server { .. })), "{status}: {error:?}");
        assert_eq!(sent, 1, "{status}");
    }
}

/// The server's own words may hold what was typed.
#[tokio::test]
async fn the_password_is_taken_out_of_a_servers_words() {
    let body =
        r#"{"code":"VALIDATION_ERROR","message":"password: northern \"lights\" is too short"}"#;
    let (error, _) = refused(|_, _| json(400, body)).await;
    assert!(error.to_string().contains("“password: … is too short”"), "{error}");
    assert!(!format!("{error:?}").contains("northern"), "{error:?}");
}
