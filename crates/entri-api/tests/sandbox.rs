//! The example program against the sandbox, with every way in, where the token routes take one
//! credential only or are found under `/api/v1` only (contract §1, §2).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/program.rs"]
mod program;

use entri_sandbox::{Config, Prefix, Sandbox, TokenRoutes, Variant};
use program::tokens_with;
use serde_json::Value;

type Variables<'a> = Vec<(&'a str, &'a str)>;

async fn start(routes: TokenRoutes, prefix: Prefix) -> Sandbox {
    let variant = Variant { routes, prefix, ..Variant::default() };
    Sandbox::start(Config { variant, ..Config::default() }).await.unwrap()
}

/// The cookie of a browser that is signed in.
async fn cookie(sandbox: &Sandbox) -> String {
    let ready = sandbox.ready();
    let base_url = entri_api::BaseUrl::parse(&ready.base_url).unwrap();
    let password = entri_api::Secret::new(ready.admin_password.clone());
    let signed_in = entri_api::sign_in(&base_url, &ready.admin_email, password).await.unwrap();
    let entri_api::SignIn::Done(signed_in) = signed_in else { panic!("done") };
    let kept = signed_in.session.to_secret();
    let line = kept.expose().lines().nth(1).unwrap();
    line.split(';').next().unwrap().to_owned()
}

/// Creates, lists and revokes.
async fn works(sandbox: &Sandbox, variables: &Variables<'_>, project: Option<&str>) {
    let url = &sandbox.ready().base_url;
    let mut arguments = vec!["create", "From the example"];
    arguments.extend(project.iter().flat_map(|id| ["--project", id]));
    let created = tokens_with(url, &arguments, variables).await;
    assert_eq!((created.code, &*created.errors), (0, ""), "{variables:?}");
    let line: Value = serde_json::from_str(&created.output).unwrap();
    assert!(line["secret"].as_str().unwrap().starts_with("entri_"));
    let id = line["id"].as_str().unwrap();
    let listed = tokens_with(url, &["list"], variables).await;
    assert_eq!((listed.code, &*listed.errors), (0, ""), "{variables:?}");
    assert!(listed.output.contains(id), "{variables:?}");
    let revoked = tokens_with(url, &["revoke", id], variables).await;
    assert_eq!((revoked.code, &*revoked.errors), (0, ""), "{variables:?}");
    let alive = sandbox.truth().unwrap().into_iter().any(|token| token.id == id && !token.revoked);
    assert!(!alive, "{variables:?}");
}

#[tokio::test]
async fn list_create_and_revoke_work_with_every_way_in() {
    for prefix in [Prefix::Both, Prefix::VersionedOnly] {
        for routes in [TokenRoutes::Both, TokenRoutes::CookieOnly, TokenRoutes::KeyOnly] {
            let sandbox = start(routes, prefix).await;
            let (cookie, ready) = (cookie(&sandbox).await, sandbox.ready().clone());
            let project = ready.project_ids[0].as_str();
            let (email, password) = (&*ready.admin_email, &*ready.admin_password);
            let key = vec![("ENTRI_API_TOKEN", &*ready.admin_token)];
            let sessions = vec![
                vec![("ENTRI_EMAIL", email), ("ENTRI_PASSWORD", password)],
                vec![("ENTRI_SESSION_COOKIE", &*cookie)],
            ];
            let ways: Vec<Variables<'_>> = match routes {
                TokenRoutes::Both => [sessions, vec![key]].concat(),
                TokenRoutes::CookieOnly => sessions,
                TokenRoutes::KeyOnly => vec![key],
            };
            for way in &ways {
                works(&sandbox, way, None).await;
                works(&sandbox, way, Some(project)).await;
            }
        }
    }
}

/// The session of a sign-in with a password ends with the program; a pasted one is the browser's.
#[tokio::test]
async fn only_its_own_session_is_ended() {
    let sandbox = start(TokenRoutes::Both, Prefix::Both).await;
    let (cookie, ready) = (cookie(&sandbox).await, sandbox.ready().clone());
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
    assert!(run.errors.contains("does not know this email address"), "{}", run.errors);
    assert!(!run.errors.contains("EXAMPLEONLY"), "{}", run.errors);
}
