//! Lists of several pages, in every way servers give them (docs/entri-api.md#lists).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;

use entri_api::{
    ApiToken, BaseUrl, Client, Error, Incomplete, Listing, Presence, Secret, Token, TokenOwner,
};
use test_support::server::{Reply, Request, Server, json};

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

/// How many entries came, how many could not be read, and why there may be more.
fn outcome(list: &Listing<Token>) -> (usize, u32, Option<Incomplete>) {
    (list.items.len(), list.skipped, list.completeness.reason())
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
    assert_eq!(outcome(&list.unwrap()), (6, 0, None));
    assert_eq!(asked, ["?page=1&limit=200", "?page=2&limit=200", "?page=3&limit=200"]);
}

#[tokio::test]
async fn a_short_page_proves_nothing() {
    // The server caps `limit` at 100 without a word.
    let (list, asked) = listing(|request, _| match page_of(request) {
        page @ 1..=4 => json(200, &entries(page * 100 - 100, page * 100)),
        5 => json(200, &entries(400, 450)),
        _ => json(200, "[]"),
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (450, 0, None));
    assert_eq!(asked.len(), 6);
}

#[tokio::test]
async fn without_totals_an_empty_page_is_the_last() {
    let (list, asked) = listing(|request, _| match page_of(request) {
        1 => json(200, &entries(0, 200)),
        _ => json(200, "[]"),
    })
    .await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((200, 0, None), 2));
}

#[tokio::test]
async fn a_server_that_knows_no_pages_is_read_once() {
    let (list, asked) = listing(|_, _| json(200, &entries(0, 450))).await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((450, 0, None), 2));
}

#[tokio::test]
async fn a_loop_ends_and_is_said() {
    let (list, asked) = listing(|request, _| {
        let from = 2 * (page_of(request) % 2);
        let data = entries(from, from + 2);
        json(200, &format!(r#"{{"data":{data},"meta":{{"totalPages":100}}}}"#))
    })
    .await;
    let cut = Some(Incomplete::CutShort);
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((4, 0, cut), 3));
}

#[tokio::test]
async fn an_end_before_the_named_one_is_said() {
    for (first, second, reason) in [
        (
            r#"{"data":[{"_id":"a"}],"meta":{"totalPages":3}}"#,
            r#"{"data":[],"meta":{"totalPages":3}}"#,
            Incomplete::CutShort,
        ),
        (r#"{"data":[{"_id":"a"}],"total":7}"#, "[]", Incomplete::Miscounted { read: 1, total: 7 }),
    ] {
        let (list, _) = listing(move |request, _| match page_of(request) {
            1 => json(200, first),
            _ => json(200, second),
        })
        .await;
        assert_eq!(outcome(&list.unwrap()), (1, 0, Some(reason)), "{first}");
    }
}

/// Something new moves every entry down while the list is read.
#[tokio::test]
async fn a_list_that_moves_is_read_once_more() {
    let (list, asked) = listing(|request, before| match (page_of(request), before) {
        (1, _) => json(200, &entries(0, 200)),
        (2, 1) => json(200, &entries(199, 399)),
        (2, _) => json(200, &entries(200, 400)),
        _ => json(200, "[]"),
    })
    .await;
    assert_eq!((outcome(&list.unwrap()), asked.len()), ((400, 0, None), 6));
}

#[tokio::test]
async fn a_list_that_moves_twice_is_incomplete() {
    let (list, _) = listing(|_, before| {
        let total = 400 - before;
        let data = entries(before % 2 * 200, before % 2 * 200 + 200);
        json(200, &format!(r#"{{"data":{data},"meta":{{"total":{total},"totalPages":2}}}}"#))
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (400, 0, Some(Incomplete::Moved)));
}

#[tokio::test]
async fn two_entries_with_one_id_are_both_there_and_said() {
    let (list, _) =
        listing(|_, _| json(200, r#"[{"_id":"a","name":"x"},{"_id":"a","name":"y"}]"#)).await;
    assert_eq!(outcome(&list.unwrap()), (2, 0, Some(Incomplete::RepeatedId)));
}

#[tokio::test]
async fn the_page_after_the_last_ends_the_list_and_proves_it_by_a_total_alone() {
    for status in [400, 404, 416] {
        let (list, _) = listing(move |request, _| match page_of(request) {
            1 => json(200, &entries(0, 200)),
            _ => json(status, r#"{"message":"Page not found"}"#),
        })
        .await;
        let refused = Some(Incomplete::PageRefused);
        assert_eq!(outcome(&list.unwrap()), (200, 0, refused), "{status}");
        let (list, asked) = listing(move |_, _| {
            json(200, &format!(r#"{{"data":{},"total":200}}"#, entries(0, 200)))
        })
        .await;
        assert_eq!((outcome(&list.unwrap()), asked.len()), ((200, 0, None), 1));
    }
}

#[tokio::test]
async fn the_servers_own_word_is_heard() {
    let table = [
        (r#""hasMore":true"#, r#""hasMore":false"#, "page=2&limit=200"),
        (r#""meta":{"has_next":1}"#, r#""meta":{"has_next":0}"#, "page=2&limit=200"),
        (
            r#""nextCursor":"b/2""#,
            r#""nextCursor":null"#,
            "nextCursor=b%2F2&cursor=b%2F2&limit=200",
        ),
        (r#""next":"?after=9""#, r#""next":null"#, "after=9"),
        (r#""meta":{"total_pages":"2.0"}"#, r#""meta":{"total_pages":2}"#, "page=2&limit=200"),
    ];
    for (more, last, second) in table {
        let (list, asked) = listing(move |_, before| {
            let (word, data) =
                if before == 0 { (more, entries(0, 3)) } else { (last, entries(3, 5)) };
            json(200, &format!(r#"{{"items":{data},{word}}}"#))
        })
        .await;
        assert_eq!(outcome(&list.unwrap()), (5, 0, None), "{more}");
        assert_eq!(asked, ["?page=1&limit=200", &format!("?{second}")], "{more}");
    }
}

#[tokio::test]
async fn a_token_is_absent_only_from_a_whole_list() {
    let find = async |body: &'static str| {
        let server = Server::start(move |_, _| json(200, body)).await;
        let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
        let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
        client.find_token(&TokenOwner::Project("p".into()), &"t-1".into()).await.unwrap()
    };
    assert!(matches!(find(r#"{"data":[{"_id":"t-0"}],"total":1}"#).await, Presence::Absent(_)));
    assert!(matches!(find(r#"[{"_id":"t-0"},{"_id":"t-1"}]"#).await, Presence::Present(_)));
    for (body, reason) in [
        (r#"{"data":[],"meta":{"total":5}}"#, Incomplete::Miscounted { read: 0, total: 5 }),
        (r#"[{"_id":"t-0"},{"name":"no id"}]"#, Incomplete::Unreadable(1)),
        (r#"[{"_id":"t-1","name":"x"},{"_id":"t-1","name":"y"}]"#, Incomplete::RepeatedId),
        (r#"{"data":[{"_id":"t-0"}],"hasMore":true}"#, Incomplete::CutShort),
    ] {
        assert_eq!(find(body).await, Presence::Unknown(reason), "{body}");
    }
}

/// A list with 2 entries per page, which `gone` entries left after its first reading.
async fn found_again(id: &str, gone: usize) -> (Option<Presence>, usize) {
    let server = Server::start(move |request, before| {
        let (page, first) = (page_of(request), if before < 4 { 0 } else { gone });
        let from = (first + 2 * (page - 1)).min(8);
        let data = entries(from, (from + 2).min(8));
        json(200, &format!(r#"{{"data":{data},"total":{}}}"#, 8 - first))
    })
    .await;
    let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(BaseUrl::parse(&server.url()).unwrap(), token).unwrap();
    let ids = HashSet::from([id.into(), "t-none".into()]);
    let owner = TokenOwner::Project("p".into());
    let sighting = client.find_tokens(&owner, &ids).await.unwrap();
    assert!(matches!(sighting.presence(&"t-none".into()), Presence::Absent(_)));
    assert_eq!(server.requests().len(), 4, "the list is read once");
    let again = client.find_again(&sighting, &id.into(), gone).await.unwrap();
    (again, server.requests().len() - 4)
}

#[tokio::test]
async fn a_token_is_looked_at_again_where_it_was_or_has_moved_to() {
    for (id, gone, pages) in [("t-5", 0, 1), ("t-4", 1, 2), ("t-7", 3, 2), ("t-5", 2, 2)] {
        let (again, asked) = found_again(id, gone).await;
        let Some(Presence::Present(token)) = again else { panic!("{id} {gone}: {again:?}") };
        assert_eq!((&*token.id.0, asked), (id, pages));
    }
    // A token that is on none of these pages may be elsewhere.
    assert_eq!(found_again("t-0", 1).await, (None, 2));
    // An absence takes another reading of the list.
    assert_eq!(found_again("t-none", 0).await, (None, 0));
}

#[tokio::test]
async fn where_limit_is_refused_it_is_left_out() {
    let (list, asked) = listing(|request, _| match page_of(request) {
        _ if request.path.contains("limit") => json(400, REFUSED),
        1 => json(200, &entries(0, 50)),
        2 => json(200, &entries(50, 60)),
        _ => json(200, "[]"),
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (60, 0, None));
    assert_eq!(asked, ["?page=1&limit=200", "", "?page=2", "?page=3"]);
}

#[tokio::test]
async fn where_page_is_refused_too_the_rest_may_be_missing() {
    let (list, _) = listing(|request, _| {
        if request.path.contains('?') { json(400, REFUSED) } else { json(200, &entries(0, 50)) }
    })
    .await;
    assert_eq!(outcome(&list.unwrap()), (50, 0, Some(Incomplete::PageRefused)));
}

#[tokio::test]
async fn malformed_entries_are_counted() {
    let (list, _) =
        listing(|_, _| json(200, r#"[{"_id":"a"},{"name":"no id"},null,{"_id":"b"}]"#)).await;
    assert_eq!(outcome(&list.unwrap()), (2, 2, Some(Incomplete::Unreadable(2))));
}

#[tokio::test]
async fn a_page_over_the_limit_is_refused() {
    let (list, asked) = listing(|_, _| json(200, &" ".repeat(8 * 1024 * 1024 + 1))).await;
    assert!(matches!(list, Err(Error::TooLarge { limit: 8_388_608, .. })), "{list:?}");
    assert_eq!(asked.len(), 1);
}
