//! Several connections: a late response never ends up in another one.

use token_desk::{Phase, Shown};

use crate::support::proxy::Proxy;
use crate::support::{Bench, FIRST, alone, connect, connect_to, ids, named, now, sandbox};

/// Connected through a proxy that is shut now.
async fn gated() -> (Bench, Proxy) {
    let bench = Bench::new().await;
    let proxy = Proxy::before(&bench.sandbox.ready().base_url).await;
    connect(&bench.desk, &proxy.url(), &bench.sandbox.ready().admin_token).await.unwrap();
    proxy.shut();
    (bench, proxy)
}

#[test]
fn a_late_list_lands_in_its_own_connection() {
    alone(async {
        let (bench, proxy) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.sync(FIRST, now()).await });
        proxy.holds_one().await;

        let other = sandbox(9, 5).await;
        // The load of the new list does not wait for the old one.
        let id = connect_to(&bench.desk, &other).await;
        let summary = bench.desk.status().summary();
        assert_eq!((summary.phase, summary.synced_at), (Phase::Idle, Some(now())));
        assert_eq!(ids(&bench.desk).len(), 5);

        proxy.open();
        late.await.unwrap();
        let summary = bench.desk.status().summary();
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!(ids(desk).len(), 5, "what is shown is left alone");
            let tokens = [FIRST, id].map(|id| desk.status().of(id).unwrap().tokens);
            assert_eq!(tokens, [48, 5]);
        }
    });
}

#[test]
fn a_late_list_does_not_come_back_after_disconnecting() {
    alone(async {
        let (bench, proxy) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.sync(FIRST, now()).await });
        proxy.holds_one().await;
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert_eq!(bench.desk.status().summary().phase, Phase::Idle);
        proxy.open();
        late.await.unwrap();
        assert_eq!((ids(&bench.desk).len(), bench.desk.status().connections), (0, vec![]));
        assert_eq!(ids(&bench.reopened()).len(), 0);
    });
}

#[test]
fn a_token_created_late_is_listed_in_its_own_connection() {
    alone(async {
        let (bench, proxy) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.create(named("late"), now()).await });
        proxy.holds_one().await;
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        proxy.open();
        let created = late.await.unwrap().unwrap();
        assert!(bench.desk.reveal_secret(created.handle).is_ok());
        let key = created.key.unwrap();
        assert_eq!((key.connection, ids(&bench.desk).len()), (FIRST, 5));
        bench.desk.show(Shown::One(FIRST), now()).await.unwrap();
        assert_eq!(ids(&bench.desk), [key.id.0]);
    });
}

#[test]
fn a_token_created_late_is_held_but_not_listed_after_disconnecting() {
    alone(async {
        let (bench, proxy) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.create(named("late"), now()).await });
        proxy.holds_one().await;
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        let other = sandbox(9, 5).await;
        connect_to(&bench.desk, &other).await;
        proxy.open();
        let created = late.await.unwrap().unwrap();
        assert!(bench.desk.reveal_secret(created.handle).is_ok());
        assert_eq!(ids(&bench.desk).len(), 5);
    });
}
