//! Changes to tokens while a list is loading are kept, and a load that has lost its purpose ends.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use chrono::TimeDelta;
use entri_sandbox::{Held, Method};
use token_desk::{Code, Date, Phase, RevokeRequest};
use tokio::task::JoinHandle;

use crate::support::{
    Bench, FIRST, alone, confirmed, connections, ids, key, named, now, row, synced,
};

const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

/// A running load: the server has built the organization's page, and holds it back.
async fn held(bench: &Bench) -> (Held, JoinHandle<()>) {
    let held = bench.sandbox.hold_next(&Method::GET, ORGANIZATION);
    let desk = bench.desk.clone();
    let load = tokio::spawn(async move {
        desk.sync(FIRST, now()).await;
    });
    held.reached().await;
    (held, load)
}

/// How often the organization's list was asked for.
fn asked(bench: &Bench) -> usize {
    bench.sandbox.requests().iter().filter(|it| it.path.contains(ORGANIZATION)).count()
}

fn revoke_of(bench: &Bench, id: &str) -> RevokeRequest {
    confirmed(&bench.desk, key(id))
}

#[test]
fn a_token_revoked_during_a_load_does_not_come_back() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let (held, load) = held(&bench).await;
        bench.desk.revoke(revoke_of(&bench, &id), now()).await.unwrap();
        drop(held);
        load.await.unwrap();
        assert!(!ids(&bench.desk).contains(&id));
        assert!(!ids(&bench.reopened()).contains(&id), "nor after a start");
        synced(&bench.desk).await;
        assert_eq!(ids(&bench.desk).len(), 47);
    });
}

#[test]
fn a_token_created_during_a_load_does_not_vanish() {
    alone(async {
        let bench = Bench::loaded().await;
        let (held, load) = held(&bench).await;
        let created = bench.desk.create(named("fresh"), now()).await.unwrap();
        let id = created.key.unwrap().id.0;
        drop(held);
        load.await.unwrap();
        assert!(ids(&bench.desk).contains(&id));
        assert!(ids(&bench.reopened()).contains(&id), "nor after a start");
        synced(&bench.desk).await;
        assert_eq!(row(&bench.desk, &id).name, "fresh");
    });
}

/// The list that began after the edit decides, whatever was done here before.
#[test]
fn a_later_list_has_the_last_word() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("fresh"), now()).await.unwrap();
        let id = created.key.unwrap().id.0;
        bench.list(ORGANIZATION, r#"[{"_id":"t-1","name":"one"}]"#);
        assert!(synced(&bench.desk).await.complete);
        assert!(!ids(&bench.desk).contains(&id));
    });
}

#[test]
fn a_use_seen_during_a_load_is_not_forgotten() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let (held, load) = held(&bench).await;
        let used = now() - TimeDelta::hours(2);
        bench.sandbox.touch(&id, used).unwrap();
        let error = bench.desk.revoke(revoke_of(&bench, &id), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::UsedSince);
        drop(held);
        load.await.unwrap();
        assert_eq!(row(&bench.desk, &id).last_used, Date::At(used));
    });
}

#[test]
fn who_asks_during_a_load_waits_for_it() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let (held, load) = held(&bench).await;
        let mut second = pin!(bench.desk.sync(FIRST, now()));
        let ready = poll_fn(|context| Poll::Ready(second.as_mut().poll(context).is_ready())).await;
        assert!(!ready, "the list is not there yet");
        drop(held);
        second.await;
        assert_eq!(ids(&bench.desk).len(), 48);
        load.await.unwrap();
        assert_eq!(asked(&bench), 2, "one at connecting, and one for both");
    });
}

#[test]
fn disconnecting_ends_the_load() {
    alone(async {
        let bench = Bench::loaded().await;
        let (held, load) = held(&bench).await;
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        let before = asked(&bench);
        held.given_up().await;
        load.await.unwrap();
        assert_eq!((connections(&bench.desk), asked(&bench)), (vec![], before));
    });
}

#[test]
fn a_new_credential_ends_the_load_with_the_old_one() {
    alone(async {
        let bench = Bench::loaded().await;
        let (held, load) = held(&bench).await;
        bench.connect().await.unwrap();
        let before = asked(&bench);
        held.given_up().await;
        load.await.unwrap();
        assert_eq!((bench.desk.status().summary().phase, asked(&bench)), (Phase::Idle, before));
        assert!(synced(&bench.desk).await.complete);
    });
}

#[test]
fn a_load_goes_on_where_nobody_waits_for_it_any_longer() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let (held, load) = held(&bench).await;
        load.abort();
        assert!(load.await.unwrap_err().is_cancelled());
        drop(held);
        let status = synced(&bench.desk).await;
        assert_eq!((status.phase, status.synced_at), (Phase::Idle, Some(now())));
        assert_eq!(ids(&bench.desk).len(), 48);
    });
}

/// The outcome of a bulk revoke is compared with a list that was requested afterwards.
#[test]
fn a_bulk_revoke_during_a_load_is_seen_in_the_list() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        bench.desk.select([key(&id)], true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        let (held, load) = held(&bench).await;
        let result = bench.desk.run_bulk_revoke(plan.id, "1", now).await.unwrap();
        assert_eq!(result.stopped, None);
        assert!(!ids(&bench.desk).contains(&id));
        held.given_up().await;
        load.await.unwrap();
        assert!(!ids(&bench.desk).contains(&id));
    });
}
