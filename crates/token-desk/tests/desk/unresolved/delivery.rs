//! Tokens that were created and whose value nobody took.

use entri_sandbox::{CreateShape, Variant};
use token_desk::{Error, UnresolvedKind};

use super::{kinds, later, loose, the_only_one};
use crate::found::embedded;
use crate::support::{Bench, FIRST, alone, named, now};

#[test]
fn what_was_created_and_never_delivered_is_asked_about_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("orphan"), now()).await.unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(loose(&bench.desk), [], "its value is still in hand");
        // As after kill -9: nothing of the first desk runs at its end.
        let desk = bench.reopened();
        let end = &the_only_one(&desk);
        assert_eq!((end.kind, &*end.name), (UnresolvedKind::NeverDelivered, "orphan"));
        assert_eq!(end.tokens, [created.key.unwrap()]);
        desk.keep_unresolved(end.id, later()).await.unwrap();
        assert_eq!((loose(&desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn a_closed_window_leaves_no_value_and_says_whose_it_was() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("left open"), now()).await.unwrap();
        assert_eq!(kinds(&bench.desk), [], "it waits in the window");
        bench.desk.wipe_secrets();
        let gone = bench.desk.reveal_secret(created.handle).unwrap_err();
        assert!(matches!(gone, Error::SecretGone), "{gone}");
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::NeverDelivered]);
        assert_eq!(kinds(&bench.reopened()), [UnresolvedKind::NeverDelivered]);
    });
}

/// How many values would be lost, and how many creates are in flight.
fn at_stake(bench: &Bench) -> (usize, usize) {
    let stake = bench.desk.at_stake();
    (stake.values.len(), stake.creates)
}

#[test]
fn every_value_that_waits_is_at_stake_and_one_that_is_still_on_its_way() {
    alone(async {
        let bench = Bench::loaded().await;
        let first = bench.desk.create(named("first"), now()).await.unwrap();
        bench.desk.create(named("second"), now()).await.unwrap();
        assert_eq!(at_stake(&bench), (2, 0));
        bench.desk.close_secret(first.handle, true, now()).await.unwrap();
        let held = bench.sandbox.hold_next(&"POST".parse().unwrap(), "/tokens");
        let desk = bench.desk.clone();
        let answer = tokio::spawn(async move { desk.create(named("hurried"), now()).await });
        held.reached().await;
        assert_eq!(at_stake(&bench), (1, 1));
        drop(held);
        answer.await.unwrap().unwrap();
        assert_eq!(at_stake(&bench), (2, 0));
        bench.desk.wipe_secrets();
        assert!(bench.desk.at_stake().is_nothing());
        // One that the form refuses puts nothing at stake.
        bench.desk.create(named(""), now()).await.unwrap_err();
        assert!(bench.desk.at_stake().is_nothing());
    });
}

/// The sandbox ends with the app, and its tokens with it.
#[test]
fn values_of_the_embedded_sandbox_are_told_apart() {
    alone(async {
        let bench = embedded().await;
        bench.desk.create(named("made up"), now()).await.unwrap();
        assert_eq!(bench.desk.at_stake().of_sandbox, 1);
        let bench = Bench::loaded().await;
        bench.desk.create(named("real"), now()).await.unwrap();
        assert_eq!((at_stake(&bench), bench.desk.at_stake().of_sandbox), ((1, 0), 0));
    });
}

/// The window is closed while the answer is on its way, and another one is opened before it comes.
#[test]
fn a_create_whose_window_is_closed_leaves_no_value_and_is_asked_about() {
    alone(async {
        let table = [
            (CreateShape::Flat, UnresolvedKind::NeverDelivered),
            (CreateShape::Unreadable, UnresolvedKind::Unclear),
        ];
        for (create, kind) in table {
            let bench = Bench::loaded().await;
            bench.sandbox.set_variant(Variant { create, ..Variant::default() });
            let held = bench.sandbox.hold_next(&"POST".parse().unwrap(), "/tokens");
            let desk = bench.desk.clone();
            let answer = tokio::spawn(async move { desk.create(named("hurried"), now()).await });
            held.reached().await;
            bench.desk.wipe_secrets();
            drop(held);
            let created = answer.await.unwrap().unwrap();
            let gone = bench.desk.reveal_secret(created.handle).unwrap_err();
            assert!(matches!(gone, Error::SecretGone), "{gone}");
            assert_eq!(bench.desk.status().waiting, None, "{kind:?}");
            assert_eq!(kinds(&bench.desk), [kind]);
            // The next one is begun in a window that is open.
            bench.sandbox.set_variant(Variant::default());
            let created = bench.desk.create(named("calm"), now()).await.unwrap();
            assert!(bench.desk.reveal_secret(created.handle).is_ok());
        }
    });
}

#[test]
fn closing_anyway_is_a_decision() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("closed"), now()).await.unwrap();
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}
