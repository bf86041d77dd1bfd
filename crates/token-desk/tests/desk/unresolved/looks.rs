//! How the app looks for a token whose create got no answer.

use std::time::Duration;

use chrono::TimeDelta;
use entri_sandbox::{Held, Method};
use token_desk::{Code, ProjectId, RevokeOutcome, UnresolvedKind};

use super::{
    bench_that_lost, found, kinds, later, loose, lose, lost_with_the_network, revoke, the_only_one,
};
use crate::support::{Bench, FIRST, alone, connect, key, named, now};

#[test]
fn a_token_whose_answer_was_lost_is_found_and_can_be_revoked() {
    alone(async {
        let bench = bench_that_lost("lost", true).await;
        bench.desk.sync(FIRST, now()).await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((&*end.name, end.kind, end.at), ("lost", UnresolvedKind::ValueLost, now()));
        assert_eq!(end.tokens, [key(&bench.id_of("lost"))]);
        assert_eq!(loose(&bench.reopened()), std::slice::from_ref(end), "also after a restart");
        assert_eq!(bench.sent("POST"), 1, "it is never sent again");
        assert_eq!(bench.sent("DELETE"), 0, "and never revoked unasked");

        assert_eq!(revoke(&bench.desk, end).await, RevokeOutcome::Revoked);
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn one_that_was_never_made_is_looked_for_twice() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::Unclear], "it may still come");
        let desk = bench.reopened();
        assert_eq!(kinds(&desk), [UnresolvedKind::Unclear]);
        bench.desk.sync(FIRST, later()).await;
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
    });
}

#[test]
fn a_token_that_comes_late_is_found_at_the_second_look() {
    alone(async {
        let bench = bench_that_lost("late", false).await;
        bench.desk.sync(FIRST, now()).await;
        bench.sandbox.add_token("late").unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::ValueLost]);
    });
}

/// Holds back the organization's page of the next load after the server has built it.
fn next_list(bench: &Bench) -> Held {
    bench.sandbox.hold_next(&Method::GET, "/organizations/665f1c0a9b3e4d0012ab34cd/tokens")
}

#[test]
fn the_second_look_comes_unasked() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::ZERO);
        let first = next_list(&bench);
        lose(&bench, named("lost"), false).await;
        first.reached().await;
        bench.sandbox.add_token("lost").unwrap();
        drop(first);
        found(&bench.desk).await;
    });
}

/// Its list may have been built before the token was created. The second check is too far off to
/// help.
#[test]
fn a_load_that_goes_on_is_no_look() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.look_again_after(Duration::from_secs(3_600));
        let held = next_list(&bench);
        let desk = bench.desk.clone();
        let load = tokio::spawn(async move { desk.sync(FIRST, now()).await });
        held.reached().await;
        lose(&bench, named("lost"), true).await;
        drop(held);
        found(&bench.desk).await;
        load.await.unwrap();
    });
}

#[test]
fn a_list_that_is_not_whole_proves_no_absence() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::Unclear]);
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), []);
    });
}

#[test]
fn a_look_for_it_needs_the_list_of_its_place_alone() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        let (desk, web) = (&bench.desk, || Some(ProjectId::from("6660aa11")));
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        assert_eq!(desk.look_for_created(FIRST, None, now()).await.ok(), Some(()));
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        let error = desk.look_for_created(FIRST, web(), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
        assert!(error.to_string().contains("Mobile App"), "{error}");
        assert_eq!(desk.look_for_created(FIRST, web(), now()).await.ok(), Some(()));
        bench.answer("GET", "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", 401, "{}");
        let error = desk.look_for_created(FIRST, web(), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
    });
}

#[test]
fn a_lost_create_is_shown_though_no_list_can_be_loaded() {
    alone(async {
        let bench = Bench::loaded().await;
        lost_with_the_network(&bench, "lost", now()).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::Unclear]);
    });
}

/// The clock may have been set while the app was closed: one list proves nothing yet.
#[test]
fn after_a_restart_a_create_is_looked_for_twice() {
    alone(async {
        let bench = bench_that_lost("never", false).await;
        let (desk, ready) = (bench.reopened(), bench.sandbox.ready());
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let much_later = now() + TimeDelta::hours(1);
        desk.sync(FIRST, much_later).await;
        assert_eq!(kinds(&desk), [UnresolvedKind::Unclear]);
        desk.sync(FIRST, much_later + TimeDelta::seconds(61)).await;
        assert_eq!(kinds(&desk), []);
    });
}
