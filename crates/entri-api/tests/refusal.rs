//! What the answers of a server prove about a value that was revoked.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entri_api::{ApiToken, BaseUrl, Client, Error, Refusal, Secret};
use test_support::server::{Reply, Request, Server, json, with_headers};

const OWN: &str = "entri_EXAMPLEONLYown";
const GIVEN: &str = "entri_EXAMPLEONLYgiven7h2Kq9ZpVw3Lm5";
const ORGANIZATION: &str = r#"{"_id":"o","name":"Nordlys"}"#;
const REFUSED: &str = r#"{"message":"Invalid API token","statusCode":401}"#;

fn token(value: &str) -> ApiToken {
    ApiToken::parse(Secret::new(value.to_owned())).unwrap()
}

/// Whose value a request has.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Own,
    Given,
    MadeUp,
}

fn whose(request: &Request) -> Whose {
    match request.header("x-api-key") {
        Some(OWN) => Whose::Own,
        Some(GIVEN) => Whose::Given,
        _ => Whose::MadeUp,
    }
}

/// A server of one prefix that answers each credential in its own way.
async fn server(answer: impl Fn(Whose) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |request, _| match request.path.as_str() {
        "/api/organizations/current" => answer(whose(request)),
        _ => json(404, r#"{"message":"Cannot GET this","statusCode":404}"#),
    })
    .await
}

async fn asked(server: &Server) -> Refusal {
    let url = BaseUrl::parse(&server.url()).unwrap();
    Client::new(url, token(OWN)).unwrap().refuses(&token(GIVEN)).await
}

/// Like [`server`], for a server that accepts the client's own credential.
async fn answered(answer: impl Fn(Whose) -> Reply + Send + Sync + 'static) -> Refusal {
    let server = server(move |whose| match whose {
        Whose::Own => json(200, ORGANIZATION),
        other => answer(other),
    });
    asked(&server.await).await
}

#[tokio::test]
async fn a_value_refused_as_a_made_up_one_is_proven_dead() {
    let refusal = answered(|_| json(401, REFUSED)).await;
    assert!(matches!(refusal, Refusal::Proven), "{refusal:?}");
    // Its own words for a revoked value are the same answer in another text.
    let refusal = answered(|whose| match whose {
        Whose::Given => json(401, r#"{"message":"API token has been revoked","statusCode":401}"#),
        _ => json(401, REFUSED),
    });
    assert!(matches!(refusal.await, Refusal::Proven));
}

#[tokio::test]
async fn what_answers_401_to_everybody_proves_nothing() {
    let refusal = asked(&server(|_| json(401, REFUSED)).await).await;
    assert!(matches!(refusal, Refusal::NothingAccepted), "{refusal:?}");
}

#[tokio::test]
async fn what_accepts_everything_proves_nothing() {
    let refusal = answered(|_| json(200, ORGANIZATION)).await;
    assert!(matches!(refusal, Refusal::AnythingAccepted), "{refusal:?}");
    // Not even where the value alone is refused.
    let refusal = answered(|whose| match whose {
        Whose::Given => json(401, REFUSED),
        _ => json(200, ORGANIZATION),
    });
    assert!(matches!(refusal.await, Refusal::AnythingAccepted));
}

#[tokio::test]
async fn a_value_that_lingers_is_told() {
    let refusal = answered(|whose| match whose {
        Whose::Given => json(200, ORGANIZATION),
        _ => json(401, REFUSED),
    });
    assert!(matches!(refusal.await, Refusal::Accepted));
}

#[tokio::test]
async fn a_refusal_of_another_form_may_come_from_something_else() {
    let page = "Content-Type: text/html\r\n";
    let refusal = answered(move |whose| match whose {
        Whose::Given => with_headers(401, page, "<h1>Unauthorized</h1>"),
        _ => json(401, REFUSED),
    });
    assert!(matches!(refusal.await, Refusal::KnownYet));
    let pairs = [
        (r#"{"message":"Suspended","until":1,"statusCode":401}"#, REFUSED),
        (r#"{"code":"TOKEN_SUSPENDED"}"#, r#"{"code":"TOKEN_UNKNOWN"}"#),
        ("locked for 15 minutes", "unknown key"),
    ];
    for (to_given, to_made_up) in pairs {
        let refusal = answered(move |whose| match whose {
            Whose::Given => json(401, to_given),
            _ => json(401, to_made_up),
        });
        assert!(matches!(refusal.await, Refusal::KnownYet), "{to_given}");
    }
}

#[tokio::test]
async fn an_answer_that_neither_accepts_nor_refuses_proves_nothing() {
    let kinds: [fn() -> Reply; 5] = [
        || json(403, r#"{"message":"Forbidden","statusCode":403}"#),
        || json(500, "{}"),
        || json(429, "{}"),
        || with_headers(302, "Location: https://elsewhere.example/\r\n", ""),
        || with_headers(200, "Content-Type: text/html\r\n", "<p>Please sign in</p>"),
    ];
    for (at, kind) in kinds.into_iter().enumerate() {
        for odd in [Whose::Given, Whose::MadeUp] {
            let refusal = answered(move |whose| match whose {
                whose if whose == odd => kind(),
                _ => json(401, REFUSED),
            });
            assert!(matches!(refusal.await, Refusal::Unclear(_)), "kind {at}");
        }
    }
}

#[tokio::test]
async fn every_prefix_that_answers_is_asked() {
    let server = Server::start(|request, _| {
        // The other prefix has a cache that still knows the value.
        let cached = request.path.starts_with("/api/v1") && whose(request) == Whose::Given;
        let known = cached || whose(request) == Whose::Own;
        if known { json(200, ORGANIZATION) } else { json(401, REFUSED) }
    })
    .await;
    assert!(matches!(asked(&server).await, Refusal::Accepted));
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn what_answers_under_the_other_prefix_need_not_be_the_api() {
    let odd: [fn() -> Reply; 3] = [
        || json(401, REFUSED),
        || json(403, "{}"),
        || with_headers(302, "Location: https://elsewhere.example/\r\n", ""),
    ];
    for other in odd {
        let server = Server::start(move |request, _| match whose(request) {
            _ if request.path.starts_with("/api/v1") => other(),
            Whose::Own => json(200, ORGANIZATION),
            _ => json(401, REFUSED),
        })
        .await;
        assert!(matches!(asked(&server).await, Refusal::Proven));
    }
}

/// As long as a page of maintenance is shown, for one.
#[tokio::test]
async fn where_the_api_should_answer_it_must() {
    let page = "Content-Type: text/html\r\n";
    let server = Server::start(move |request, _| match whose(request) {
        Whose::Own if request.path.starts_with("/api/v1") => json(200, ORGANIZATION),
        Whose::Own => with_headers(503, page, "<p>Back soon</p>"),
        _ => json(401, REFUSED),
    })
    .await;
    assert!(matches!(asked(&server).await, Refusal::Unclear(_)));
}

#[tokio::test]
async fn what_turns_everybody_away_in_the_middle_proves_nothing() {
    let server =
        Server::start(
            |_, before| {
                if before == 0 { json(200, ORGANIZATION) } else { json(401, REFUSED) }
            },
        );
    assert!(matches!(asked(&server.await).await, Refusal::NothingAccepted));
}

#[tokio::test]
async fn a_server_without_the_route_proves_nothing() {
    let server = Server::start(|_, _| json(404, "")).await;
    let refusal = asked(&server).await;
    assert!(matches!(refusal, Refusal::Unclear(Error::NotFound { .. })), "{refusal:?}");
}

#[tokio::test]
async fn a_made_up_value_has_the_length_of_the_given_one_and_is_never_the_same() {
    let server = server(|whose| match whose {
        Whose::Own => json(200, ORGANIZATION),
        _ => json(401, REFUSED),
    })
    .await;
    asked(&server).await;
    asked(&server).await;
    let requests = server.requests();
    let made_up = requests.iter().filter(|it| whose(it) == Whose::MadeUp);
    let made_up: Vec<_> = made_up.map(|it| it.header("x-api-key").unwrap().to_owned()).collect();
    assert_eq!(made_up.len(), 2);
    assert_ne!(made_up[0], made_up[1]);
    for value in made_up {
        assert!(value.starts_with("entri_") && value.len() == GIVEN.len(), "{value}");
    }
}
