//! Lists cut into pages in other ways than documented.

use entri_sandbox::odd::{AfterLast, NextForm, Total, Words};
use entri_sandbox::{ListShape, Variant};

use super::{entries, ids, page};
use crate::support::{As, Bench, ORGANIZATION};

async fn bench() -> (Bench, usize) {
    let bench = Bench::with(1_000, &Variant::default()).await;
    let truth = bench.sandbox.truth().unwrap();
    (bench, truth.iter().filter(|it| it.project_id.is_none()).count())
}

#[tokio::test]
async fn limit_is_capped_without_a_word() {
    let (bench, own) = bench().await;
    bench.set(|it| (it.list, it.odd.pages.cap) = (ListShape::PagedArray, Some(100)));
    let (first, third) = (page(&bench, "limit=200").await, page(&bench, "limit=200&page=3").await);
    assert_eq!((entries(&first).len(), entries(&third).len()), (100, own - 200));
    bench.set(|it| it.odd.pages.cap = Some(100));
    let first = page(&bench, "limit=200").await;
    assert_eq!(first["meta"]["totalPages"], own.div_ceil(100));
    bench.set(|it| (it.odd.pages.cap, it.odd.pages.total) = (Some(100), Total::PagesAsAsked));
    let first = page(&bench, "limit=200").await;
    assert_eq!((&first["meta"]["total"], &first["meta"]["totalPages"]), (&own.into(), &2.into()));
}

#[tokio::test]
async fn sizes_of_pages_vary_and_nothing_is_lost() {
    let (bench, own) = bench().await;
    bench.set(|it| (it.odd.pages.cap, it.odd.pages.sizes_vary) = (Some(40), true));
    let first = page(&bench, "limit=200").await;
    let pages = first["meta"]["totalPages"].as_u64().unwrap();
    let (mut sizes, mut all) = (Vec::new(), Vec::new());
    for number in 1..=pages {
        let page = page(&bench, &format!("limit=200&page={number}")).await;
        sizes.push(entries(&page).len());
        all.extend(ids(&page).into_iter().map(str::to_owned));
    }
    let known = bench.sandbox.lacking(None, 0, all.iter().map(String::as_str)).unwrap();
    assert_eq!((known.len(), all.len()), (0, own));
    sizes.dedup();
    assert!(sizes.len() > 2 && sizes.iter().all(|size| *size <= 40), "{sizes:?}");
    assert!(entries(&page(&bench, &format!("limit=200&page={}", pages + 1)).await).is_empty());
}

#[tokio::test]
async fn limit_is_refused_and_page_is_ignored() {
    let (bench, _) = bench().await;
    bench.set(|it| it.odd.pages.limit_refused = true);
    let refused = bench.get(&format!("{ORGANIZATION}?limit=200"), As::Admin).await;
    assert_eq!(
        (refused.status, &refused.json()["message"][0]),
        (400, &"property limit should not exist".into())
    );
    assert_eq!(entries(&page(&bench, "page=2").await).len(), 50);
    bench.set(|it| {
        it.odd.pages.limit_refused = true;
        let next = Some(("next", NextForm::Path));
        it.odd.words = Some(Words { next, ..Words::default() });
    });
    assert_eq!(page(&bench, "").await["next"], format!("{ORGANIZATION}?page=2"));
    bench.set(|it| it.odd.pages.page_ignored = true);
    let (first, second) = (page(&bench, "").await, page(&bench, "page=2").await);
    assert_eq!(first, second);
}

#[tokio::test]
async fn one_page_comes_twice() {
    let (bench, _) = bench().await;
    bench.set(|it| it.odd.pages.repeated = Some(2));
    let (first, second) = (page(&bench, "").await, page(&bench, "page=2").await);
    assert_eq!(ids(&first), ids(&second));
    assert_ne!(ids(&page(&bench, "page=3").await), ids(&first));
}

#[tokio::test]
async fn a_page_after_the_last_is_an_error_or_the_last_again() {
    let (bench, own) = bench().await;
    let last = own.div_ceil(50);
    let after = format!("{ORGANIZATION}?page={}", last + 1);
    for status in [400, 404, 416] {
        bench.set(|it| it.odd.pages.after_last = AfterLast::Status(status));
        assert_eq!(bench.get(&after, As::Admin).await.status, status);
        assert_eq!(bench.get(&format!("{ORGANIZATION}?page={last}"), As::Admin).await.status, 200);
    }
    bench.set(|it| it.odd.pages.after_last = AfterLast::Repeat);
    let again = bench.get(&after, As::Admin).await.json();
    assert_eq!(ids(&again), ids(&page(&bench, &format!("page={last}")).await));
    bench.set(|_| {});
    assert!(entries(&bench.get(&after, As::Admin).await.json()).is_empty());
}

#[tokio::test]
async fn totals_are_missing_wrong_or_move() {
    let (bench, own) = bench().await;
    for (total, told) in [
        (Total::Untold, [None, None]),
        (Total::Off(3), [Some(own + 3); 2]),
        (Total::Off(-3), [Some(own - 3); 2]),
        (Total::Moves, [Some(own + 1), Some(own + 2)]),
    ] {
        bench.set(|it| it.odd.pages.total = total);
        for (number, told) in (1..).zip(told) {
            let meta = &page(&bench, &format!("page={number}")).await["meta"];
            assert_eq!(meta.get("total").cloned(), told.map(Into::into), "{total:?}");
            assert_eq!(meta.get("totalPages").is_some(), told.is_some(), "{total:?}");
        }
    }
}

#[tokio::test]
async fn the_newest_token_may_come_first() {
    let (bench, _) = bench().await;
    let (id, _) = bench.create(r#"{"name":"new"}"#).await;
    assert_ne!(ids(&page(&bench, "").await)[0], id);
    bench.sandbox.set_variant(Variant::named("newest-first").unwrap());
    assert_eq!(ids(&page(&bench, "").await)[0], id);
}

#[tokio::test]
async fn a_list_without_end_has_pages_as_large_as_any_that_is_read() {
    let bench = Bench::odd("endless").await;
    let (first, later) =
        (bench.get(ORGANIZATION, As::Admin).await, page(&bench, "page=1000").await);
    assert!((8_000_000..=8 * 1024 * 1024).contains(&first.bytes.len()), "{}", first.bytes.len());
    assert_eq!((entries(&first.json()).len(), entries(&later).len()), (100_000, 100_000));
    assert_eq!((ids(&first.json())[99_999], ids(&later)[0]), ("t-0000099999", "t-0099900000"));
}
