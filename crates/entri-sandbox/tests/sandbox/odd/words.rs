//! A server's own word that there is more.

use entri_sandbox::odd::{NextForm, Numbers, Place, Words};
use entri_sandbox::{ListShape, Odd, Variant};
use serde_json::{Value, json};

use super::{entries, ids};
use crate::support::{As, Bench, ORGANIZATION};

/// The fields beside the entries on the first and the last page of 24 entries, ten per page.
async fn said(bench: &Bench, words: Words) -> [Value; 2] {
    let odd = Odd { words: Some(words), ..Odd::default() };
    bench.sandbox.set_variant(Variant { odd, ..Variant::default() });
    let mut said = [Value::Null, Value::Null];
    for (said, page) in said.iter_mut().zip([1, 3]) {
        let path = format!("{ORGANIZATION}?limit=10&page={page}");
        let mut body = bench.get(&path, As::Admin).await.json();
        body.as_object_mut().unwrap().remove("data");
        *said = body;
    }
    said
}

/// Words in each form, and what is said with them on the first and the last of three pages.
type Said = Vec<(Words, Value, Value)>;

/// Words that count, of a list with `own` entries.
fn counting(own: usize) -> Said {
    let none = Words::default();
    vec![
        (none, json!({}), json!({})),
        (
            Words { more: Some("hasMore"), ..none },
            json!({"hasMore": true}),
            json!({"hasMore": false}),
        ),
        (
            Words { more: Some("hasNextPage"), place: Place::In("pagination"), ..none },
            json!({"pagination": {"hasNextPage": true}}),
            json!({"pagination": {"hasNextPage": false}}),
        ),
        (
            Words { more: Some("hasNext"), snake: true, silent_end: true, ..none },
            json!({"has_next": true}),
            json!({}),
        ),
        (
            Words { total: Some("totalCount"), pages: Some("lastPage"), snake: true, ..none },
            json!({"total_count": own, "last_page": 3}),
            json!({"total_count": own, "last_page": 3}),
        ),
        (
            Words {
                pages: Some("pages"),
                numbers: Numbers::Float,
                place: Place::In("meta"),
                ..none
            },
            json!({"meta": {"pages": 3.0}}),
            json!({"meta": {"pages": 3.0}}),
        ),
        (
            Words { total: Some("count"), numbers: Numbers::Text, ..none },
            json!({"count": own.to_string()}),
            json!({"count": own.to_string()}),
        ),
    ]
}

/// Words that lead to the next page.
fn leading(base: &str) -> Said {
    let path = format!("{ORGANIZATION}?page=2&limit=10");
    let none = Words::default();
    let next = |name, form| Words { next: Some((name, form)), ..none };
    vec![
        (next("nextPage", NextForm::Page), json!({"nextPage": 2}), json!({"nextPage": null})),
        (
            Words { place: Place::In("_links"), ..next("next", NextForm::Url) },
            json!({"_links": {"next": format!("{base}{path}")}}),
            json!({"_links": {"next": null}}),
        ),
        (
            Words { place: Place::In("links"), ..next("next", NextForm::Path) },
            json!({"links": {"next": path}}),
            json!({"links": {"next": null}}),
        ),
        (
            next("next", NextForm::Foreign),
            json!({"next": format!("http://localhost.invalid{path}")}),
            json!({"next": null}),
        ),
    ]
}

#[tokio::test]
async fn it_has_any_name_case_place_and_kind_of_number() {
    let bench = Bench::new().await;
    let own = bench.sandbox.truth().unwrap().iter().filter(|it| it.project_id.is_none()).count();
    assert!((21..30).contains(&own), "three pages: {own}");
    let all = counting(own).into_iter().chain(leading(&bench.sandbox.ready().base_url));
    for (words, first, last) in all {
        assert_eq!(said(&bench, words).await, [first, last], "{words:?}");
    }
}

#[tokio::test]
async fn a_cursor_has_to_come_back_under_its_name() {
    let bench = Bench::odd("bom").await;
    for (name, snake, back) in [
        ("nextCursor", false, "nextCursor"),
        ("nextPageToken", true, "next_page_token"),
        ("cursor", true, "cursor"),
        ("next", false, "cursor"),
    ] {
        let next = Some((name, NextForm::Cursor));
        bench.set(|it| it.odd.words = Some(Words { next, snake, ..Words::default() }));
        let get =
            async |query: &str| bench.get(&format!("{ORGANIZATION}?{query}"), As::Admin).await;
        let first = get("limit=20").await.json();
        assert_eq!(ids(&get("limit=20&page=2").await.json()), ids(&first), "page is ignored");
        let told = if snake && name == "nextPageToken" { "next_page_token" } else { name };
        assert_eq!(first[told], "p2+20/==", "{name}");
        let second = get(&format!("{back}=p2%2B20%2F%3D%3D")).await.json();
        assert_eq!(entries(&second).len(), 20, "{name}");
        assert!(ids(&second).iter().all(|id| !ids(&first).contains(id)), "{name}");
        assert_eq!(get(&format!("{back}=p2+20/==")).await.status, 400, "as it is, + is a blank");
    }
}

#[tokio::test]
async fn a_header_may_lead_to_the_next_page() {
    let bench = Bench::odd("clamp-link-header").await;
    let own = bench.sandbox.truth().unwrap().iter().filter(|it| it.project_id.is_none()).count();
    let link = async |page: usize| {
        let answer = bench.get(&format!("{ORGANIZATION}?limit=200&page={page}"), As::Admin).await;
        assert!(answer.json().is_array());
        answer.headers.get("link").map(|it| it.to_str().unwrap().to_owned())
    };
    let base = &bench.sandbox.ready().base_url;
    let next = format!(
        "<{ORGANIZATION}?page=1>; rel=\"first\", <{base}{ORGANIZATION}?page=2&limit=200>; rel=\"next\""
    );
    assert_eq!((link(1).await, link(own.div_ceil(100)).await), (Some(next), None));
}

#[tokio::test]
async fn every_list_has_the_words_and_the_cap() {
    let bench = Bench::new().await;
    bench.set(|it| {
        it.list = ListShape::Named("items");
        it.odd.words = Some(Words { more: Some("hasMore"), ..Words::default() });
        it.odd.pages.cap = Some(2);
    });
    let activity = ORGANIZATION.replace("tokens", "activity");
    for path in ["/api/projects", "/api/organizations/current/members", &activity] {
        let body = bench.get(path, As::Admin).await.json();
        assert_eq!((body["items"].as_array().unwrap().len(), &body["hasMore"]), (2, &true.into()));
    }
}
