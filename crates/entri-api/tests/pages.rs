//! Lists of several pages, in every way servers give them (contract §6).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use entri_api::{ApiToken, BaseUrl, Client, Error, Listing, Secret, Token, TokenOwner};
use server::{Reply, Request, Server, json};

const REFUSED: &str = r#"{"statusCode":400,"message":["property limit should not exist"]}"#;

async fn listing(
    answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
) -> (Result<Listing<Token>, Error>, Vec<String>) {
    let server = Server::start(answer).await;
    let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    let list = client.tokens(&TokenOwner::Project("p".into())).collect_all().await;
    let asked = server
        .requests()
        .into_iter()
        .map(|request| request.path.trim_start_matches("/api/projects/p/tokens").to_owned());
    (list, asked.collect())
}

/// Entries `from` up to, but not including, `to`.
fn entries(from: usize, to: usize) -> String {
    let entries: Vec<_> = (from..to).map(|index| format!(r#"{{"_id":"t-{index}"}}"#)).collect();
    format!("[{}]", entries.join(","))
}

fn page_of(request: &Request) -> usize {
    let page = request.path.split_once("page=").map_or("1", |(_, rest)| rest);
    page.split('&').next().unwrap().parse().unwrap()
}

fn outcome(list: &Listing<Token>) -> (usize, u32, bool) {
    (list.items.len(), list.skipped, list.complete)
}

#[tokio::test]
async fn pages_are_read_up_to_the_named_total() {
    let (list, asked) = listing(|request, _| {
        let page = page_of(request);
        let data = entries(page * 2 - 2, page * 2);
        json(
            200,
            &format!(r#"{{"data":{data},"meta":{{"page":{page},"totalPages":3,"total":6}}}}"#),
        )
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (6, 0, true));
    assert_eq!(asked, ["?page=1&limit=200", "?page=2&limit=200", "?page=3&limit=200"]);
}

#[tokio::test]
async fn without_totals_a_short_page_is_the_last() {
    let (list, asked) = listing(|request, _| match page_of(request) {
        1 => json(200, &entries(0, 200)),
        _ => json(200, &entries(200, 210)),
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (210, 0, true));
    assert_eq!(asked.len(), 2);
}

#[tokio::test]
async fn without_totals_an_empty_page_is_the_last() {
    let (list, asked) = listing(|request, _| match page_of(request) {
        1 => json(200, &entries(0, 200)),
        _ => json(200, "[]"),
    })
    .await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((200, 0, true), 2));
}

#[tokio::test]
async fn a_server_that_knows_no_pages_is_read_once() {
    let (list, asked) = listing(|_, _| json(200, &entries(0, 450))).await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((450, 0, true), 2));
}

#[tokio::test]
async fn a_loop_ends_and_is_said() {
    let (list, asked) = listing(|request, _| {
        let from = 2 * (page_of(request) % 2);
        let data = entries(from, from + 2);
        json(200, &format!(r#"{{"data":{data},"meta":{{"totalPages":100}}}}"#))
    })
    .await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((4, 0, false), 3));
}

#[tokio::test]
async fn an_end_before_the_named_one_is_said() {
    for (first, second) in [
        (
            r#"{"data":[{"_id":"a"}],"meta":{"totalPages":3}}"#,
            r#"{"data":[],"meta":{"totalPages":3}}"#,
        ),
        (r#"{"data":[{"_id":"a"}],"total":7}"#, "[]"),
    ] {
        let (list, _) = listing(move |request, _| match page_of(request) {
            1 => json(200, first),
            _ => json(200, second),
        })
        .await;
        assert_eq!(outcome(&list.unwrap()), (1, 0, false), "{first}");
    }
}

/// Something new moves every entry down while the list is read.
#[tokio::test]
async fn an_entry_that_moved_to_the_next_page_is_no_loop() {
    let (list, asked) = listing(|request, _| match page_of(request) {
        1 => json(200, &entries(0, 200)),
        2 => json(200, &entries(199, 399)),
        _ => json(200, &entries(399, 400)),
    })
    .await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((401, 0, true), 3));
}

#[tokio::test]
async fn where_limit_is_refused_it_is_left_out() {
    let (list, asked) = listing(|request, _| match page_of(request) {
        _ if request.path.contains("limit") => json(400, REFUSED),
        1 => json(200, &entries(0, 50)),
        _ => json(200, &entries(50, 60)),
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (60, 0, true));
    assert_eq!(asked, ["?page=1&limit=200", "", "?page=2"]);
}

#[tokio::test]
async fn where_page_is_refused_too_the_rest_may_be_missing() {
    let (list, _) = listing(|request, _| {
        if request.path.contains('?') { json(400, REFUSED) } else { json(200, &entries(0, 50)) }
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (50, 0, false));
}

#[tokio::test]
async fn malformed_entries_are_counted() {
    let (list, _) =
        listing(|_, _| json(200, r#"[{"_id":"a"},{"name":"no id"},null,{"_id":"b"}]"#)).await;
    assert_eq!(outcome(&list.unwrap()), (2, 2, true));
}

#[tokio::test]
async fn a_page_over_the_limit_is_refused() {
    let (list, asked) = listing(|_, _| json(200, &" ".repeat(8 * 1024 * 1024 + 1))).await;
    assert!(matches!(list, Err(Error::TooLarge { limit: 8_388_608, .. })), "{list:?}");
    assert_eq!(asked.len(), 1);
}
