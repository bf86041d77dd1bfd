//! The example program against the sandbox, with every way to sign in, with token routes that
//! accept only one credential or exist only under `/api/v1` (docs/entri-api.md#hosts,
//! #credentials).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/program.rs"]
mod program;

use entri_sandbox::{Config, Prefix, Sandbox, TokenRoutes, Variant};
use program::{tokens_with, works};

async fn start(routes: TokenRoutes, prefix: Prefix) -> Sandbox {
    let variant = Variant { routes, prefix, ..Variant::default() };
    Sandbox::start(Config { variant, ..Config::default() }).await.unwrap()
}

#[tokio::test]
async fn list_create_and_revoke_work_with_every_way_in() {
    for prefix in [Prefix::Both, Prefix::VersionedOnly] {
        for routes in [TokenRoutes::Both, TokenRoutes::CookieOnly, TokenRoutes::KeyOnly] {
            let sandbox = start(routes, prefix).await;
            let (cookie, ready) = (sandbox.session_cookie(), sandbox.ready().clone());
            let totp = sandbox.totp_code();
            let password = ("ENTRI_PASSWORD", &*ready.admin_password);
            let second = ("ENTRI_PASSWORD", &*ready.two_factor_password);
            let key = vec![("ENTRI_API_TOKEN", &*ready.admin_token)];
            let sessions = vec![
                // The first, since a code is good for half a minute.
                vec![("ENTRI_EMAIL", &*ready.two_factor_email), second, ("ENTRI_TOTP", &*totp)],
                vec![("ENTRI_EMAIL", &*ready.admin_email), password],
                vec![("ENTRI_SESSION_COOKIE", &*cookie)],
            ];
            let ways = match routes {
                TokenRoutes::Both => [sessions, vec![key]].concat(),
                TokenRoutes::CookieOnly => sessions,
                TokenRoutes::KeyOnly => vec![key],
            };
            for way in &ways {
                for project in [None, Some(&*ready.project_ids[0])] {
                    let id = works(&ready.base_url, way, project).await;
                    let known = sandbox.truth().unwrap().into_iter().find(|token| token.id == id);
                    assert!(known.is_none_or(|token| token.revoked), "{way:?}");
                }
            }
        }
    }
}

/// The session of a sign-in with a password ends with the program; a pasted one is the browser's.
#[tokio::test]
async fn only_its_own_session_is_ended() {
    let sandbox = start(TokenRoutes::Both, Prefix::Both).await;
    let (cookie, ready) = (sandbox.session_cookie(), sandbox.ready().clone());
    let outs = || {
        let requests = sandbox.requests();
        requests.iter().filter(|request| request.path.ends_with("/sign-out")).count()
    };
    tokens_with(&ready.base_url, &["list"], &[("ENTRI_SESSION_COOKIE", &cookie)]).await;
    assert_eq!(outs(), 0);
    let way = [("ENTRI_EMAIL", &*ready.admin_email), ("ENTRI_PASSWORD", &ready.admin_password)];
    tokens_with(&ready.base_url, &["list"], &way).await;
    assert_eq!(outs(), 1);
}

#[tokio::test]
async fn a_wrong_password_is_refused_in_words() {
    let sandbox = start(TokenRoutes::Both, Prefix::Both).await;
    let ready = sandbox.ready();
    let way = [("ENTRI_EMAIL", &*ready.admin_email), ("ENTRI_PASSWORD", "EXAMPLEONLY")];
    let run = tokens_with(&ready.base_url, &["list"], &way).await;
    assert_eq!((run.code, &*run.output), (1, ""));
    assert!(run.errors.contains("doesn’t recognize this email address"), "{}", run.errors);
    assert!(!run.errors.contains("EXAMPLEONLY"), "{}", run.errors);
}
