//! Signing in with a second factor, and the forms of sign-in that a variant gives
//! (docs/entri-api.md#sign-in).

use chrono::TimeDelta;
use entri_sandbox::{OrganizationList, SessionData, SessionOrganization, Variant};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::support::{As, Bench, ORGANIZATION, http};

/// The cookies that a response sets, as a client sends them back.
fn jar(headers: &HeaderMap) -> String {
    let lines = headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let kept = lines.filter(|line| !line.contains("Max-Age=0"));
    kept.map(|line| line.split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

struct Got {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

async fn post(bench: &Bench, path: &str, cookie: &str, origin: Option<&str>, body: Value) -> Got {
    let base = &bench.sandbox.ready().base_url;
    let mut request = http().post(format!("{base}/api/auth{path}")).body(body.to_string());
    request = request.header("Content-Type", "application/json");
    if !cookie.is_empty() {
        request = request.header("Cookie", cookie);
    }
    if let Some(origin) = origin {
        request = request.header("Origin", origin);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    Got { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null) }
}

async fn own(bench: &Bench, path: &str, cookie: &str, body: Value) -> Got {
    let base = bench.sandbox.ready().base_url.clone();
    post(bench, path, cookie, Some(&base), body).await
}

async fn password(bench: &Bench, remember: bool) -> Got {
    let ready = bench.sandbox.ready();
    let body = json!({"email": ready.two_factor_email, "password": ready.two_factor_password, "rememberMe": remember});
    post(bench, "/sign-in/email", "", None, body).await
}

async fn admin(bench: &Bench) -> Got {
    let ready = bench.sandbox.ready();
    let body = json!({"email": ready.admin_email, "password": ready.admin_password});
    post(bench, "/sign-in/email", "", None, body).await
}

#[tokio::test]
async fn each_second_factor_signs_in() {
    let bench = Bench::new().await;
    for factor in ["totp", "otp", "backup-code"] {
        let got = password(&bench, true).await;
        assert_eq!(
            got.body,
            json!({"twoFactorRedirect": true, "twoFactorMethods": ["totp", "otp"]})
        );
        let cookie = jar(&got.headers);
        assert!(cookie.starts_with("better-auth.two_factor="), "{cookie}");
        let code = match factor {
            "totp" => bench.sandbox.totp_code(),
            "otp" => {
                own(&bench, "/two-factor/send-otp", &cookie, json!({})).await;
                bench.sandbox.last_one_time_code().unwrap()
            }
            _ => bench.sandbox.backup_codes().remove(0),
        };
        let path = format!("/two-factor/verify-{factor}");
        let got = own(&bench, &path, &cookie, json!({"code": code})).await;
        assert_eq!((got.status, &got.body["user"]["email"]), (200, &json!("eva@example.test")));
        let session = jar(&got.headers);
        assert_eq!(bench.get(ORGANIZATION, As::Cookie(&session)).await.status, 200);
        let again = own(&bench, &path, &cookie, json!({"code": code})).await;
        assert_eq!(again.body["code"], "INVALID_TWO_FACTOR_COOKIE");
    }
}

#[tokio::test]
async fn who_is_not_remembered_has_cookies_without_an_age() {
    let bench = Bench::new().await;
    let cookie = jar(&password(&bench, false).await.headers);
    assert!(cookie.contains("dont_remember="), "{cookie}");
    let body = json!({"code": bench.sandbox.totp_code()});
    let got = own(&bench, "/two-factor/verify-totp", &cookie, body).await;
    let lines: Vec<_> =
        got.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    assert!(lines[0].contains("session_token=") && !lines[0].contains("Max-Age"), "{lines:?}");
    let session = bench.get("/api/auth/get-session", As::Cookie(&jar(&got.headers))).await.json();
    assert_eq!(session["session"]["expiresAt"], "2026-11-25T14:02:00.000Z");
}

#[tokio::test]
async fn the_sixth_code_is_one_too_many_and_clears_the_cookie() {
    let bench = Bench::new().await;
    let cookie = jar(&password(&bench, true).await.headers);
    let path = "/two-factor/verify-totp";
    for _ in 0..5 {
        let got = own(&bench, path, &cookie, json!({"code": "wrong"})).await;
        assert_eq!((got.status, &got.body["code"]), (401, &json!("INVALID_CODE")));
    }
    let got = own(&bench, path, &cookie, json!({"code": bench.sandbox.totp_code()})).await;
    assert_eq!(
        (got.status, &got.body["code"]),
        (400, &json!("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"))
    );
    assert!(got.headers["set-cookie"].to_str().unwrap().contains("two_factor=; Max-Age=0"));
}

#[tokio::test]
async fn cookies_need_a_trusted_origin() {
    let bench = Bench::new().await;
    let cookie = jar(&admin(&bench).await.headers);
    for (origin, code) in [
        (None, "MISSING_OR_NULL_ORIGIN"),
        (Some("null"), "MISSING_OR_NULL_ORIGIN"),
        (Some("https://evil.test"), "INVALID_ORIGIN"),
    ] {
        let got = post(&bench, "/sign-out", &cookie, origin, json!({})).await;
        assert_eq!((got.status, &got.body["code"]), (403, &json!(code)), "{origin:?}");
    }
    let app = Some("https://app.nt3.io");
    bench.sandbox.set_variant(Variant { trusted_origin: app, ..Variant::default() });
    assert_eq!(own(&bench, "/sign-out", &cookie, json!({})).await.status, 403);
    assert_eq!(post(&bench, "/sign-out", &cookie, app, json!({})).await.status, 200);
    assert_eq!(own(&bench, "/sign-in/email", "", json!({})).await.status, 403, "said, so checked");
}

#[tokio::test]
async fn a_session_is_renewed_after_a_day_and_ends_after_seven() {
    let bench = Bench::new().await;
    let cookie = jar(&admin(&bench).await.headers);
    let start = bench.now();
    let look = async |hours| {
        bench.set_now(start + TimeDelta::hours(hours));
        let got = bench.get("/api/auth/get-session", As::Cookie(&cookie)).await;
        (got.json()["session"]["expiresAt"].clone(), got.headers.contains_key("set-cookie"))
    };
    assert_eq!(look(23).await, (json!("2026-12-01T14:02:00.000Z"), false));
    assert_eq!(look(24).await, (json!("2026-12-02T14:02:00.000Z"), true));
    // A token route extends it, too, but sets no cookie.
    bench.set_now(start + TimeDelta::hours(49));
    let listed = bench.get(ORGANIZATION, As::Cookie(&cookie)).await;
    assert!(listed.status == 200 && !listed.headers.contains_key("set-cookie"));
    assert_eq!(look(50).await, (json!("2026-12-03T15:02:00.000Z"), false));
    assert_eq!(look(50 + 168).await.0, Value::Null);
    assert_eq!(bench.get(ORGANIZATION, As::Cookie(&cookie)).await.status, 401);
}

#[tokio::test]
async fn a_new_session_may_have_no_organization() {
    let bench = Bench::new().await;
    let session_organization = SessionOrganization::Unset;
    bench.sandbox.set_variant(Variant { session_organization, ..Variant::default() });
    let cookie = jar(&admin(&bench).await.headers);
    let current = "/api/organizations/current";
    assert_eq!(bench.get(current, As::Cookie(&cookie)).await.status, 404);
    assert_eq!(bench.get(current, As::Admin).await.status, 200);
    let list = bench.get("/api/auth/organization/list", As::Cookie(&cookie)).await.json();
    let chosen = json!({"organizationId": list[0]["id"]});
    let got = own(&bench, "/organization/set-active", &cookie, chosen.clone()).await;
    assert_eq!((got.status, jar(&got.headers)), (200, cookie.clone()));
    assert_eq!(bench.get(current, As::Cookie(&cookie)).await.status, 200);
    let none = bench.get("/api/auth/organization/list", As::Nobody).await;
    assert_eq!((none.status, &none.json()["code"]), (401, &json!("UNAUTHORIZED")));
    let session_organization = SessionOrganization::WithoutRoutes;
    bench.sandbox.set_variant(Variant { session_organization, ..Variant::default() });
    let none = bench.get("/api/auth/organization/list", As::Cookie(&cookie)).await;
    assert_eq!((none.status, &*none.text), (404, ""));
    assert_eq!(own(&bench, "/organization/set-active", &cookie, chosen).await.status, 404);
}

#[tokio::test]
async fn session_data_outlives_the_session_by_five_minutes() {
    let bench = Bench::new().await;
    for session_data in [SessionData::Whole, SessionData::Split] {
        bench.sandbox.set_variant(Variant { session_data, ..Variant::default() });
        let cookie = jar(&admin(&bench).await.headers);
        let (token, _) = cookie.split_once("; ").unwrap();
        bench.sandbox.end_sessions();
        for (cookie, status) in [(&*cookie, 200), (token, 401)] {
            assert_eq!(
                bench.get(ORGANIZATION, As::Cookie(cookie)).await.status,
                status,
                "{cookie}"
            );
        }
        let looked = bench.get("/api/auth/get-session", As::Cookie(&cookie)).await.json();
        assert_eq!(looked["user"]["email"], "mira@example.test");
        bench.set_now(bench.now() + TimeDelta::minutes(6));
        assert_eq!(bench.get(ORGANIZATION, As::Cookie(&cookie)).await.status, 401);
    }
}

#[tokio::test]
async fn the_fourth_sign_in_in_ten_seconds_has_to_wait() {
    let bench = Bench::with(1, &Variant { rate_limit: true, ..Variant::default() }).await;
    for _ in 0..3 {
        assert_eq!(admin(&bench).await.status, 200);
    }
    bench.set_now(bench.now() + TimeDelta::milliseconds(2_500));
    let got = admin(&bench).await;
    assert_eq!((got.status, &got.headers["x-retry-after"]), (429, &"8".parse().unwrap()));
    assert!(!got.headers.contains_key("retry-after"));
    bench.set_now(bench.now() + TimeDelta::milliseconds(7_500));
    assert_eq!(admin(&bench).await.status, 200);
}

#[tokio::test]
async fn names_flags_and_lists_are_as_the_variant_says() {
    let variant = Variant {
        cookie_prefix: "entri",
        archived: Some("isArchived"),
        organization_list: OrganizationList::WithProjects,
        ..Variant::default()
    };
    let bench = Bench::with(48, &variant).await;
    let cookie = bench.sandbox.session_cookie();
    assert!(cookie.starts_with("entri.session_token="), "{cookie}");
    let projects = bench.get("/api/projects", As::Cookie(&cookie)).await.json();
    let flags: Vec<_> =
        projects["data"].as_array().unwrap().iter().map(|it| it["isArchived"].clone()).collect();
    assert_eq!(flags, [Value::Null, Value::Null, json!(true)]);
    let list = bench.get(ORGANIZATION, As::Cookie(&cookie)).await.json();
    assert_eq!(list["meta"]["total"], 48);
    assert!(list["data"].as_array().unwrap().iter().any(|it| it["projectId"] == "6660aa11"));
}

#[tokio::test]
async fn bodies_are_read_as_better_auth_does() {
    let bench = Bench::new().await;
    for (body, code) in [
        (json!({"email": "mira", "password": "x"}), "INVALID_EMAIL"),
        (json!({"email": "mira@example.test"}), "VALIDATION_ERROR"),
        (json!({"email": "mira@example.test", "password": "x"}), "INVALID_EMAIL_OR_PASSWORD"),
    ] {
        assert_eq!(post(&bench, "/sign-in/email", "", None, body).await.body["code"], code);
    }
}
