//! Lists that move while they are read.

use entri_sandbox::odd::{Drift, Moves, Order};
use entri_sandbox::{By, Variant};

use super::{ids, page};
use crate::support::{As, Bench, ORGANIZATION};

#[tokio::test]
async fn a_token_revoked_meanwhile_hides_another() {
    let bench = Bench::new().await;
    let drift = |always| Some(Drift { what: Moves::Revokes, before: 2, always });
    bench.set(|it| it.odd.drift = drift(false));
    let (first, second) = (page(&bench, "limit=10").await, page(&bench, "limit=10&page=2").await);
    let total = |page: &serde_json::Value| page["meta"]["total"].as_u64().unwrap();
    assert_eq!(total(&second), total(&first) - 1);
    let gone = ids(&first)[1].to_owned();
    let life = bench.sandbox.lives().unwrap().into_iter().find(|it| it.token.id == gone).unwrap();
    assert_eq!(life.ended.unwrap().by, By::Somebody);
    let read = ids(&first).into_iter().chain(ids(&second)).collect::<Vec<_>>();
    let third = page(&bench, "limit=10&page=3").await;
    let all = read.into_iter().chain(ids(&third));
    assert_eq!(bench.sandbox.lacking(None, 0, all).unwrap().len(), 1, "between the pages");
    assert_eq!(total(&page(&bench, "limit=10&page=2").await), total(&second), "once");
    bench.set(|it| it.odd.drift = drift(true));
    page(&bench, "limit=10&page=2").await;
    assert_eq!(total(&page(&bench, "limit=10&page=2").await), total(&second) - 2);
}

#[tokio::test]
async fn a_token_created_meanwhile_shows_another_twice() {
    let bench = Bench::new().await;
    bench.set(|it| {
        it.odd.order = Order::NewestFirst;
        it.odd.drift = Some(Drift { what: Moves::Creates, before: 2, always: false });
    });
    let (first, second) = (page(&bench, "limit=10").await, page(&bench, "limit=10&page=2").await);
    assert_eq!(ids(&first)[9], ids(&second)[0]);
    assert_eq!(ids(&page(&bench, "").await)[1..11], ids(&first));
}

#[tokio::test]
async fn a_swap_leaves_the_total() {
    let bench = Bench::new().await;
    bench.sandbox.set_variant(Variant::named("swap").unwrap());
    let before = bench.sandbox.truth().unwrap();
    let first = page(&bench, "limit=10").await["meta"]["total"].clone();
    assert_eq!(page(&bench, "limit=10&page=2").await["meta"]["total"], first);
    let after = bench.sandbox.truth().unwrap();
    let living = |all: &[entri_sandbox::StoredToken]| all.iter().filter(|it| !it.revoked).count();
    assert_eq!((after.len(), living(&after)), (before.len() + 1, living(&before)));
}

#[tokio::test]
async fn the_log_gets_an_entry_between_two_pages() {
    let bench = Bench::odd("log-shifts").await;
    let log = ORGANIZATION.replace("tokens", "activity");
    let read =
        async |page| bench.get(&format!("{log}?limit=10&page={page}"), As::Admin).await.json();
    let (first, second) = (read(1).await, read(2).await);
    assert_eq!(first["data"][9], second["data"][0]);
}
