//! Lists that are larger, and slower, than any honest one: they end, and are called incomplete.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use entri_api::{ApiToken, BaseUrl, Client, Error, Incomplete, Secret, TokenOwner};
use test_support::server::{Reply, Request, Server, json};

async fn client(
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (Server, Client) {
    let server = Server::start(answer).await;
    let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    (server, client)
}

fn entries(from: usize, count: usize, more: &str) -> String {
    let entries = (from..from + count).map(|id| format!(r#"{{"_id":"t-{id}"{more}}}"#));
    format!("[{}]", entries.collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn a_list_without_end_ends() {
    let long = format!(r#","x":"{}""#, "x".repeat(1024 * 1024));
    for (on_a_page, more, pages) in [(50_000, "", 3), (7, &*long, 5), (150_000, "", 1)] {
        let more = more.to_owned();
        let (server, client) =
            client(move |_, before| json(200, &entries(before * on_a_page, on_a_page, &more)))
                .await;
        let list = client.members().collect_all().await.unwrap();
        assert_eq!(list.completeness.reason(), Some(Incomplete::TooLarge), "{on_a_page}");
        assert_eq!(server.requests().len(), pages, "{on_a_page}");
        assert_eq!(list.items.len(), (on_a_page * pages).min(150_000).min(100_000 * pages));
    }
}

#[tokio::test]
async fn a_server_that_is_silent_takes_no_longer_than_there_is() {
    let (_server, client) = client(|_, before| match before {
        0 => json(200, &entries(0, 3, "")),
        _ => Reply::Silence,
    })
    .await;
    let pages = client.tokens(&TokenOwner::Project("p".into())).within(Duration::from_secs(1));
    let list = pages.collect_all().await.unwrap();
    assert_eq!((list.items.len(), list.skipped), (3, 0));
    assert_eq!(list.completeness.reason(), Some(Incomplete::TookTooLong));
}

/// The words about a failure are read from its beginning, not from megabytes.
#[tokio::test]
async fn a_failure_is_told_whatever_its_length() {
    for (bytes, said) in [(1_000, true), (4_000_000, false)] {
        let body = format!(r#"{{"message":"Not now","x":"{}"}}"#, "x".repeat(bytes));
        let (_server, client) = client(move |_, _| json(400, &body)).await;
        let error = client.projects().collect_all().await.unwrap_err();
        let Error::Invalid { message, .. } = error else { panic!("{error}") };
        assert_eq!(message.text() == "Not now", said, "{bytes}: {}", message.text());
    }
}
