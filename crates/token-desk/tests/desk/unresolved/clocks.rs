//! Clocks that are set while the app looks for a token.

use chrono::TimeDelta;
use entri_sandbox::{DateHeader, Variant};
use token_desk::UnresolvedKind;

use super::{bench_that_lost, kinds, later, lost, lost_with_the_network, the_only_one};
use crate::support::days::Days;
use crate::support::{Bench, FIRST, alone, connect, key, now};

/// How far ahead the server's clock is, in seconds.
fn clock_is_off(bench: &Bench, seconds: i64) {
    bench
        .sandbox
        .set_variant(Variant { date: DateHeader::ComputersAhead(seconds), ..Variant::default() });
}

/// Such a server bears out nothing of this computer's clock, which is set within the minute.
#[test]
fn a_clock_that_is_set_is_found_out_where_the_server_tells_no_time() {
    alone(async {
        let days = Days::with(0).await;
        let bench = &days.bench;
        let date = DateHeader::Missing;
        bench.sandbox.set_variant(Variant { date, ..Variant::default() });
        bench.connect().await.unwrap();
        bench.desk.sync(FIRST, now()).await;
        lost(bench, "mine", false).await;
        // Ten hours in no time.
        days.go_to_midnight(1);
        days.look().await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::Unclear], "it may be made yet");
        // The server tidied the name, and its clock is right.
        let late = bench.sandbox.add_token("tidied").unwrap();
        days.look().await;
        let end = &the_only_one(&bench.desk);
        assert_eq!((end.kind, &end.tokens[..]), (UnresolvedKind::Unclear, &[key(&late)][..]));
    });
}

/// A create is lost while this computer's clock is two hours behind. The app says so, and somebody sets it right.
async fn bench_that_lost_while_behind() -> Bench {
    let bench = Bench::loaded().await;
    clock_is_off(&bench, 7_200);
    let behind = now() - TimeDelta::hours(2);
    bench.desk.sync(FIRST, behind).await;
    lost_with_the_network(&bench, "lost", behind).await;
    clock_is_off(&bench, 0);
    bench
}

#[test]
fn a_clock_that_was_put_right_after_a_lost_create_loses_no_token() {
    alone(async {
        let bench = bench_that_lost_while_behind().await;
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::ValueLost]);
    });
}

/// Nobody knows then what the clocks were.
#[test]
fn after_a_restart_a_token_of_its_name_and_another_time_may_be_it() {
    alone(async {
        let bench = bench_that_lost_while_behind().await;
        let (desk, ready) = (bench.reopened(), bench.sandbox.ready());
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        for look in [later(), later() + TimeDelta::seconds(61)] {
            desk.sync(FIRST, look).await;
            let end = &the_only_one(&desk);
            assert_eq!(end.kind, UnresolvedKind::Unclear);
            assert_eq!(end.tokens, [key(&bench.id_of("lost"))]);
        }
    });
}

/// A second after a lost create this computer's clock is put forward by an hour.
#[test]
fn a_clock_that_jumps_is_no_minute_that_passed() {
    alone(async {
        let bench = bench_that_lost("slow", false).await;
        clock_is_off(&bench, -3_600);
        let ahead = now() + TimeDelta::hours(1);
        bench.desk.sync(FIRST, ahead).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::Unclear]);
        // The server is done with it only now.
        bench.sandbox.add_token("slow").unwrap();
        bench.desk.sync(FIRST, ahead + TimeDelta::seconds(5)).await;
        assert_eq!(kinds(&bench.desk), [UnresolvedKind::ValueLost]);
    });
}
