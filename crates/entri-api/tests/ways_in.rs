//! The ways into a server that the example program takes, and the organization it works in.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "server/nordlys.rs"]
mod nordlys;
#[path = "server/program.rs"]
mod program;

use nordlys::{lines, organization};
use program::{tokens, tokens_with};
use test_support::server::{Request, Server, json as answer, with_headers};

#[tokio::test]
async fn exactly_one_way_in_is_taken() {
    let server = Server::start(organization).await;
    let token = ("ENTRI_API_TOKEN", "entri_EXAMPLEONLYadmin");
    let cookie = ("ENTRI_SESSION_COOKIE", "x.session_token=EXAMPLEONLY.c2ln");
    let (email, password) = (("ENTRI_EMAIL", "a@x.test"), ("ENTRI_PASSWORD", "EXAMPLEONLY"));
    for variables in [
        &[][..],
        &[("ENTRI_API_TOKEN", "")],
        &[token, cookie],
        &[token, email, password],
        &[token, password],
        &[cookie, email],
        &[email],
        &[password],
        &[("ENTRI_TOTP", "123456")],
        &[("ENTRI_SESSION_COOKIE", "EXAMPLEONLY")],
        &[("ENTRI_SESSION_COOKIE", "_ga=EXAMPLEONLY.1")],
    ] {
        let run = tokens_with(&server.url(), &["list"], variables).await;
        assert_eq!((run.code, &*run.output), (2, ""), "{variables:?}: {}", run.errors);
        assert!(
            run.errors.contains("Usage:") && !run.errors.contains("EXAMPLEONLY"),
            "{variables:?}"
        );
    }
    assert_eq!(server.requests().len(), 0);
    for way in [&[token, ("ENTRI_EMAIL", "")][..], &[cookie]] {
        let run = tokens_with(&server.url(), &["list"], way).await;
        assert_eq!((run.code, &*run.errors), (0, ""), "{way:?}");
    }
}

/// Signed in with a second factor, which the server then takes for one code.
#[tokio::test]
async fn a_second_factor_is_given_or_asked_for() {
    let factor = |request: &Request, before| match &*request.path {
        "/api/auth/sign-in/email" => with_headers(
            200,
            "Set-Cookie: x.two_factor=a.b; Path=/\r\n",
            r#"{"twoFactorRedirect":true,"twoFactorMethods":["totp"]}"#,
        ),
        "/api/auth/two-factor/verify-totp" => with_headers(
            200,
            "Set-Cookie: x.session_token=c.d; Path=/\r\nSet-Cookie: x.two_factor=; Max-Age=0\r\n",
            r#"{"user":{"id":"u-5"}}"#,
        ),
        "/api/auth/sign-out" => answer(200, r#"{"success":true}"#),
        _ => organization(request, before),
    };
    let way = [("ENTRI_EMAIL", "a@x.test"), ("ENTRI_PASSWORD", "EXAMPLEONLY")];
    let server = Server::start(factor).await;
    let run = tokens_with(&server.url(), &["list"], &way).await;
    assert_eq!((run.code, &*run.output), (2, ""));
    assert!(run.errors.starts_with("Set ENTRI_TOTP"), "{}", run.errors);
    let with_code = [&way[..], &[("ENTRI_TOTP", "123 456")]].concat();
    let run = tokens_with(&server.url(), &["list"], &with_code).await;
    assert_eq!((run.code, &*run.errors, lines(&run).len()), (0, "", 2));
}

#[tokio::test]
async fn an_organization_that_the_server_does_not_say_is_given() {
    let server = Server::start(|request, before| match &*request.path {
        "/api/organizations/current" => answer(404, r#"{"message":"No active organization"}"#),
        path if path.starts_with("/api/auth/") => answer(404, ""),
        _ => organization(request, before),
    })
    .await;
    for way in
        [("ENTRI_API_TOKEN", "entri_EXAMPLEONLY"), ("ENTRI_SESSION_COOKIE", "x.session_token=a.b")]
    {
        let run = tokens_with(&server.url(), &["list"], &[way]).await;
        assert_eq!((run.code, &*run.output), (1, ""), "{}", run.errors);
        let run =
            tokens_with(&server.url(), &["list"], &[way, ("ENTRI_ORGANIZATION_ID", "o-1")]).await;
        assert_eq!((run.code, &*run.errors, lines(&run).len()), (0, "", 2));
    }
}

/// A create is the first request of nobody: a GET finds the path before it.
#[tokio::test]
async fn create_in_a_project_works_where_only_the_versioned_path_does() {
    let server = Server::start(|request, before| match request.path.strip_prefix("/api/v1/") {
        Some(path) => {
            organization(&Request { path: format!("/api/{path}"), ..request.clone() }, before)
        }
        None => {
            answer(404, r#"{"statusCode":404,"message":"Cannot GET /api/organizations/current"}"#)
        }
    })
    .await;
    let arguments = ["create", "New", "--project", "p-1"];
    let run = tokens(&server.url(), &arguments, &[]).await;
    assert_eq!((run.code, &*run.errors), (0, ""));
    let created: Vec<_> = server.requests().into_iter().filter(|it| it.method == "POST").collect();
    let [created] = &created[..] else { panic!("{created:?}") };
    assert_eq!(created.path, "/api/v1/projects/p-1/tokens");
}
