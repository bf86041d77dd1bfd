//! Signing in, and which credential the token routes take (docs/entri-api.md#credentials, #sign-in).

use entri_sandbox::{TokenRoutes, Variant};
use serde_json::{Value, json};

use crate::support::{As, Bench, ORGANIZATION};

/// The cookie as a client sends it back.
async fn sign_in(bench: &Bench, email: &str) -> String {
    let password = &bench.sandbox.ready().admin_password;
    let body = json!({"email": email, "password": password}).to_string();
    let answer = bench.post("/api/auth/sign-in/email", As::Nobody, &body).await;
    assert_eq!(answer.status, 200);
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    for part in ["better-auth.session_token=", "; HttpOnly", "; Path=/", "; Max-Age=604800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_reaches_the_token_routes() {
    let bench = Bench::new().await;
    let cookie = sign_in(&bench, &bench.sandbox.ready().admin_email).await;
    let by_cookie = bench.get(ORGANIZATION, As::Cookie(&cookie)).await;
    let by_key = bench.get(ORGANIZATION, As::Admin).await;
    assert_eq!((by_cookie.status, by_key.status), (200, 200));
    assert_eq!(by_cookie.json()["meta"], by_key.json()["meta"]);
    let created = bench.post(ORGANIZATION, As::Cookie(&cookie), r#"{"name":"a"}"#).await;
    assert_eq!(created.status, 201);
    let path = format!("{ORGANIZATION}/{}", created.json()["_id"].as_str().unwrap());
    assert_eq!(bench.delete(&path, As::Cookie(&cookie)).await.status, 204);
    // Whatever prefix the name of the cookie has, and among others.
    let (_, value) = cookie.split_once('=').unwrap();
    let among = format!("theme=dark; __Secure-better-auth.session_token={value}; a=b");
    assert_eq!(bench.get(ORGANIZATION, As::Cookie(&among)).await.status, 200);
}

#[tokio::test]
async fn a_session_has_the_role_of_its_member() {
    let bench = Bench::new().await;
    for (email, status) in [
        ("ole@example.test", 200),
        ("ada@example.test", 403),
        ("jonas@example.test", 403),
        ("sanna@example.test", 403),
    ] {
        let cookie = sign_in(&bench, email).await;
        assert_eq!(bench.get(ORGANIZATION, As::Cookie(&cookie)).await.status, status, "{email}");
    }
}

#[tokio::test]
async fn a_session_ends_when_signed_out() {
    let bench = Bench::new().await;
    let cookie = sign_in(&bench, &bench.sandbox.ready().admin_email).await;
    let session = bench.get("/api/auth/get-session", As::Cookie(&cookie)).await.json();
    assert_eq!(session["user"]["email"], "mira@example.test");
    assert_eq!(session["session"]["expiresAt"], "2026-12-01T14:02:00.000Z");
    let out = bench.post("/api/auth/sign-out", As::Cookie(&cookie), "{}").await;
    assert_eq!(out.json(), json!({"success": true}));
    let session = bench.get("/api/auth/get-session", As::Cookie(&cookie)).await.json();
    assert_eq!(session, Value::Null);
    assert_eq!(bench.get(ORGANIZATION, As::Cookie(&cookie)).await.status, 401);
}

#[tokio::test]
async fn made_up_sessions_are_none() {
    let bench = Bench::new().await;
    for cookie in ["", "session=abc", "better-auth.session_token=abc.def", "session_token="] {
        assert_eq!(bench.get(ORGANIZATION, As::Cookie(cookie)).await.status, 401, "{cookie}");
    }
    let cookie = sign_in(&bench, &bench.sandbox.ready().admin_email).await;
    let renamed = cookie.replace("better-auth.session_token", "session");
    assert_eq!(bench.get(ORGANIZATION, As::Cookie(&renamed)).await.status, 401, "another name");
    assert_eq!(bench.get("/api/auth/get-session", As::Nobody).await.json(), Value::Null);
    assert_eq!(bench.get("/api/auth/ok", As::Nobody).await.json(), json!({"ok": true}));
}

#[tokio::test]
async fn the_token_routes_may_take_one_credential_only() {
    let bench = Bench::new().await;
    let cookie = sign_in(&bench, &bench.sandbox.ready().admin_email).await;
    for (routes, by_key, by_cookie) in
        [(TokenRoutes::KeyOnly, 200, 401), (TokenRoutes::CookieOnly, 401, 200)]
    {
        bench.sandbox.set_variant(Variant { routes, ..Variant::default() });
        assert_eq!(bench.get(ORGANIZATION, As::Admin).await.status, by_key, "{routes:?}");
        let answer = bench.get(ORGANIZATION, As::Cookie(&cookie)).await;
        assert_eq!(answer.status, by_cookie, "{routes:?}");
        // Only those routes: the key is a good one.
        assert_eq!(bench.get("/api/organizations/current", As::Admin).await.status, 200);
    }
}
