//! The example program against the real better-auth, with every way to sign in, with token routes
//! that accept only one credential or exist only under `/api/v1` (docs/entri-api.md#hosts,
//! #credentials).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/better_auth.rs"]
mod better_auth;
#[path = "server/program.rs"]
mod program;

use better_auth::Fixture;
use program::{cookie, tokens_with, works};
use serde_json::Value;

const ROUTES: [&[(&str, &str)]; 3] =
    [&[], &[("TOKEN_ROUTES", "cookie")], &[("TOKEN_ROUTES", "key")]];
const PREFIXES: [&[(&str, &str)]; 2] = [&[], &[("TOKEN_ROUTES_PREFIX", "v1only")]];

async fn start(variables: &[(&str, &str)]) -> Fixture {
    Fixture::start(&[&[("RATE_LIMIT", "off")], variables].concat()).await
}

#[tokio::test]
async fn list_create_and_revoke_work_with_every_way_in() {
    for prefix in PREFIXES {
        for routes in ROUTES {
            let fixture = start(&[prefix, routes].concat()).await;
            let cookie = cookie(&fixture.signed_in().await.session);
            let totp = fixture.totp().await;
            let password = ("ENTRI_PASSWORD", fixture.text("password"));
            let second = ("ENTRI_PASSWORD", fixture.text("twoFactorPassword"));
            let factor = ("ENTRI_TOTP", totp.expose());
            let key = vec![("ENTRI_API_TOKEN", fixture.text("apiToken"))];
            let sessions = vec![
                // The first, since a code is good for half a minute.
                vec![("ENTRI_EMAIL", fixture.text("twoFactorEmail")), second, factor],
                vec![("ENTRI_EMAIL", fixture.text("email")), password],
                vec![("ENTRI_SESSION_COOKIE", &*cookie)],
            ];
            let ways = match routes {
                [] => [sessions, vec![key]].concat(),
                [(_, "cookie")] => sessions,
                _ => vec![key],
            };
            for way in &ways {
                for project in [None, fixture.project_id()] {
                    works(fixture.text("baseUrl"), way, project).await;
                }
            }
        }
    }
}

#[tokio::test]
async fn what_is_created_signs_in_until_it_is_revoked() {
    let fixture = start(&[]).await;
    let run = async |arguments: &[&str], variable, value: &str| {
        tokens_with(fixture.text("baseUrl"), arguments, &[(variable, value)]).await
    };
    let cookie = cookie(&fixture.signed_in().await.session);
    let created = run(&["create", "New"], "ENTRI_SESSION_COOKIE", &cookie).await.output;
    let created: Value = serde_json::from_str(&created).unwrap();
    let [id, secret] = ["id", "secret"].map(|field| created[field].as_str().unwrap());
    let listed = run(&["list"], "ENTRI_API_TOKEN", secret).await;
    assert!(listed.code == 0 && listed.output.contains(id), "{listed:?}");
    assert_eq!(run(&["revoke", id], "ENTRI_SESSION_COOKIE", &cookie).await.code, 0);
    let refused = run(&["list"], "ENTRI_API_TOKEN", secret).await;
    assert_eq!((refused.code, &*refused.output), (1, ""));
    assert!(refused.errors.contains("rejected this API token"), "{}", refused.errors);
}
