//! What is under way while the connection changes never lands under the new one.

use token_desk::Phase;

use crate::support::gate::Gate;
use crate::support::{Bench, alone, connect, ids, named, now, sandbox};

/// Connected through a gate that is shut now.
async fn gated() -> (Bench, Gate) {
    let bench = Bench::new().await;
    let gate = Gate::before(&bench.sandbox.ready().base_url).await;
    connect(&bench.desk, &gate.url(), &bench.sandbox.ready().admin_token).await.unwrap();
    gate.shut();
    (bench, gate)
}

#[test]
fn a_late_list_does_not_land_under_another_connection() {
    alone(async {
        let (bench, gate) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.sync(now()).await });
        gate.holds_one().await;

        let other = sandbox(9, 5).await;
        connect(&bench.desk, &other.ready().base_url, &other.ready().admin_token).await.unwrap();
        // The load of the new list does not wait for the old one.
        let status = bench.desk.sync(now()).await;
        assert_eq!((status.phase, status.synced_at), (Phase::Idle, Some(now())));
        assert_eq!(ids(&bench.desk).len(), 5);

        gate.open();
        let status = late.await.unwrap();
        assert_eq!((status.complete, status.problems), (true, vec![]));
        assert_eq!(ids(&bench.desk).len(), 5);
        assert_eq!(ids(&bench.reopened()).len(), 5);
    });
}

#[test]
fn a_late_list_does_not_come_back_after_disconnecting() {
    alone(async {
        let (bench, gate) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.sync(now()).await });
        gate.holds_one().await;
        bench.desk.disconnect(now()).await.unwrap();
        assert_eq!(bench.desk.status().phase, Phase::Idle);
        gate.open();
        late.await.unwrap();
        assert_eq!((ids(&bench.desk).len(), bench.desk.status().synced_at), (0, None));
        assert_eq!(ids(&bench.reopened()).len(), 0);
    });
}

#[test]
fn a_token_created_late_is_held_but_not_listed_under_another_connection() {
    alone(async {
        let (bench, gate) = gated().await;
        let desk = bench.desk.clone();
        let late = tokio::spawn(async move { desk.create(named("late"), now()).await });
        gate.holds_one().await;
        let other = sandbox(9, 5).await;
        connect(&bench.desk, &other.ready().base_url, &other.ready().admin_token).await.unwrap();
        bench.desk.sync(now()).await;
        gate.open();
        let created = late.await.unwrap().unwrap();
        assert!(bench.desk.reveal_secret(created.handle).is_ok());
        assert_eq!(ids(&bench.desk).len(), 5);
    });
}
