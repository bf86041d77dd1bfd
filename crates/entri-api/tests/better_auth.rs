//! Sign-in against the real better-auth (docs/entri-api.md#sign-in). Its packages come with `./x setup`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/better_auth.rs"]
mod better_auth;

use better_auth::Fixture;
use entri_api::{
    BaseUrl, Client, Error, Secret, Session, SignIn, SignInError, TokenOwner, sign_in,
};

const UNLIMITED: &[(&str, &str)] = &[("RATE_LIMIT", "off")];

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn a_session_lists_and_ends() {
    let fixture = Fixture::start(UNLIMITED).await;
    let signed_in = fixture.signed_in().await;
    assert_eq!(signed_in.user.unwrap().email.as_deref(), Some(fixture.text("email")));
    let kept = signed_in.session.to_secret();
    let client = Client::new(fixture.base_url(), signed_in.session).unwrap();
    let info = client.session_info().await.unwrap().unwrap();
    assert!(info.expires_at.is_some() && info.active_organization_id.is_none());
    // The server's session has no organization until it is given its only one.
    let organization = client.current_organization().await.unwrap();
    assert_eq!(organization.id.0, fixture.text("orgId"));
    let info = client.session_info().await.unwrap().unwrap();
    assert_eq!(info.active_organization_id.as_ref(), Some(&organization.id));
    let owner = TokenOwner::Organization(organization.id);
    client.tokens(&owner).collect_all().await.unwrap();
    assert!(!client.members().collect_all().await.unwrap().items.is_empty());
    client.sign_out().await.unwrap();

    let client = Client::new(fixture.base_url(), Session::from_secret(&kept).unwrap()).unwrap();
    assert_eq!(client.session_info().await.unwrap(), None);
    let error = client.tokens(&owner).collect_all().await.unwrap_err();
    assert!(error.to_string().contains("Sign in again"), "{error}");
}

#[tokio::test]
async fn a_wrong_password_is_told() {
    let fixture = Fixture::start(UNLIMITED).await;
    let error = fixture.sign_in("wrong lights").await.unwrap_err();
    assert!(matches!(error, SignInError::WrongPassword { .. }), "{error:?}");
    let error = sign_in(&fixture.base_url(), "mira", secret("x")).await.unwrap_err();
    assert!(matches!(error, SignInError::InvalidEmail), "{error:?}");
}

#[tokio::test]
async fn the_rate_limit_says_how_long() {
    let fixture = Fixture::start(&[("RATE_LIMIT", "on")]).await;
    let mut limited = None;
    for _ in 0..4 {
        limited = fixture.sign_in("wrong lights").await.err();
    }
    let limited = limited.unwrap();
    let SignInError::RateLimited { wait: Some(wait), .. } = limited else { panic!("{limited:?}") };
    assert!((1..=10).contains(&wait.as_secs()), "{wait:?}");
}

#[tokio::test]
async fn every_second_factor_signs_in() {
    let fixture = Fixture::start(UNLIMITED).await;
    let challenge = fixture.challenge().await;
    let wrong = challenge.verify_totp(secret("000 000")).await.unwrap_err();
    assert!(matches!(wrong, SignInError::WrongCode), "{wrong:?}");
    let signed_in = challenge.verify_totp(fixture.totp().await).await.unwrap();
    let client = Client::new(fixture.base_url(), signed_in.session).unwrap();
    assert!(client.session_info().await.unwrap().is_some());
    let again = challenge.verify_totp(fixture.totp().await).await.unwrap_err();
    assert!(matches!(again, SignInError::StartOver), "good once: {again:?}");

    let challenge = fixture.challenge().await;
    let none_sent = challenge.verify_code(secret("000000")).await.unwrap_err();
    assert!(matches!(none_sent, SignInError::CodeExpired), "{none_sent:?}");
    challenge.send_code().await.unwrap();
    challenge.verify_code(fixture.sent_code().await).await.unwrap();

    let challenge = fixture.challenge().await;
    challenge.verify_backup_code(fixture.backup_code(0)).await.unwrap();
    let challenge = fixture.challenge().await;
    let used = challenge.verify_backup_code(fixture.backup_code(0)).await.unwrap_err();
    assert!(matches!(used, SignInError::WrongBackupCode), "{used:?}");
}

/// Five wrong codes end a challenge; ten in a row lock the account.
#[tokio::test]
async fn too_many_wrong_codes_are_explain_unauthorized() {
    let fixture = Fixture::start(UNLIMITED).await;
    let mut errors = Vec::new();
    for _ in 0..2 {
        let challenge = fixture.challenge().await;
        for _ in 0..6 {
            errors.push(challenge.verify_totp(secret("000000")).await.unwrap_err());
        }
    }
    assert!(matches!(errors[4], SignInError::WrongCode), "{errors:?}");
    assert!(matches!(errors[5], SignInError::TooManyCodes), "{errors:?}");
    let challenge = fixture.challenge().await;
    let locked = challenge.verify_totp(fixture.totp().await).await.unwrap_err();
    assert!(matches!(locked, SignInError::Locked { .. }), "{locked:?} after {errors:?}");
}

#[tokio::test]
async fn a_session_is_renewed_and_ends() {
    for cache in ["off", "on"] {
        let fixture = Fixture::start(&[("RATE_LIMIT", "off"), ("COOKIE_CACHE", cache)]).await;
        let client = Client::new(fixture.base_url(), fixture.signed_in().await.session).unwrap();
        assert_eq!(*client.session_changes().unwrap().borrow(), 0);
        let before = client.session_info().await.unwrap().unwrap().expires_at.unwrap();
        fixture.age(25).await;
        let renewed = client.session_info().await.unwrap().unwrap().expires_at.unwrap();
        assert!(renewed >= before, "{cache}: {renewed} {before}");
        assert!(client.session().is_some());
        fixture.age(169).await;
        assert_eq!(client.session_info().await.unwrap(), None, "{cache}");
        let error = client.current_organization().await.unwrap_err();
        assert!(matches!(error, Error::Unauthorized { .. }), "{cache}: {error:?}");
    }
}

/// The server trusts the host it is configured with, and no other name of it.
#[tokio::test]
async fn a_foreign_origin_is_refused() {
    let fixture = Fixture::start(UNLIMITED).await;
    let other = fixture.text("baseUrl").replace("127.0.0.1", "localhost");
    let base_url = BaseUrl::parse(&other).unwrap();
    let password = secret(fixture.text("password"));
    // No cookie yet, so nothing to check.
    let signed_in = sign_in(&base_url, fixture.text("email"), password).await.unwrap();
    let SignIn::Done(signed_in) = signed_in else { panic!("done") };
    let client = Client::new(base_url, signed_in.session).unwrap();
    assert!(client.session_info().await.unwrap().is_some());
    let error = client.sign_out().await.unwrap_err();
    assert!(matches!(error, Error::OriginRefused { .. }), "{error:?}");
}

#[tokio::test]
async fn a_pasted_cookie_is_taken_decoded_too() {
    let fixture = Fixture::start(&[("RATE_LIMIT", "off"), ("BEARER", "on")]).await;
    let kept = fixture.signed_in().await.session.to_secret();
    assert!(!kept.expose().contains("Bearer"), "a cookie is enough");
    let line = kept.expose().lines().nth(1).unwrap();
    let pair = line.split(';').next().unwrap();
    let value = pair.split_once('=').unwrap().1;
    let decoded = value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    for pasted in [pair, value, &decoded, &format!("Cookie: _ga=1; {pair}")] {
        let session = Session::parse(&fixture.base_url(), &secret(pasted)).unwrap();
        let client = Client::new(fixture.base_url(), session).unwrap();
        assert!(client.session_info().await.unwrap().is_some(), "{pasted}");
    }
}
