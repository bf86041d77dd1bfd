//! The watch where something else goes on: a load, a clock that was set, a list that came late, a
//! notification that nobody saw.

use chrono::TimeDelta;
use rusqlite::Connection as Database;
use token_desk::Every;

use crate::support::days::Days;
use crate::support::disk::holds;
use crate::support::proxy::Proxy;
use crate::support::{FIRST, alone, connect, connect_to, key, now, sandbox};

/// Watched from the first day on, every six hours; a token was used that day.
async fn watched() -> (Days, String) {
    let days = Days::with(0).await;
    let id = days.bench.sandbox.add_token("ci").unwrap();
    days.used(&id, 1);
    days.look().await;
    days.bench.desk.change_watch(Some(Every::hours(6)), days.now()).await.unwrap();
    (days, id)
}

#[test]
fn what_nobody_was_shown_is_told_again() {
    alone(async {
        let (days, _) = watched().await;
        let desk = &days.bench.desk;
        days.go_to(91);
        let news = desk.check_due(days.now()).await.unwrap().unwrap();
        assert_eq!(news.title, "“ci” became stale");
        let soon = days.now() + TimeDelta::minutes(1);
        assert_eq!(desk.check_due(soon).await.unwrap(), None, "not each minute");
        let later = days.now() + TimeDelta::minutes(15);
        assert_eq!(desk.check_due(later).await.unwrap().as_ref(), Some(&news), "nobody saw it");
        // The app ends before it is shown.
        let (told, soon) = (news, later + TimeDelta::minutes(15));
        let desk = days.bench.reopened();
        let ready = days.bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let again = desk.check_now(soon).await.unwrap();
        assert_eq!(again.title, told.title);
        desk.mark_told(&again).await.unwrap();
        assert_eq!(desk.check_now(soon).await.unwrap().title, "No new findings");
        assert_eq!(desk.check_due(soon + TimeDelta::minutes(15)).await.unwrap(), None);
    });
}

#[test]
fn one_connection_that_fails_loses_nothing_of_another() {
    alone(async {
        let (days, _) = watched().await;
        let other = sandbox(2, 5).await;
        let second = connect_to(&days.bench.desk, &other).await;
        days.bench.desk.check_now(days.now()).await.unwrap();
        let path = days.bench.folder.path().join("entri-tokens.db");
        let told = format!("INSERT INTO told VALUES ({}, 'cleanup-due', 9, '')", second.0);
        Database::open(path).unwrap().execute_batch(&told).unwrap();
        let key = "connection, cause, number, token";
        let theirs = format!("connection = {}", second.0);
        holds(&days.bench, "entri-tokens.db", "told", key, &theirs);
        days.go_to(91);
        let news = days.bench.desk.check_due(days.now()).await.unwrap().unwrap();
        assert_eq!(news.title, "“ci” became stale");
    });
}

#[test]
fn a_check_waits_for_the_load_that_goes_on_and_judges_its_list() {
    alone(async {
        let (days, id) = watched().await;
        let proxy = Proxy::before(&days.bench.sandbox.ready().base_url).await;
        let desk = &days.bench.desk;
        desk.disconnect(FIRST, true, days.now()).await.unwrap();
        let key = &days.bench.sandbox.ready().admin_token;
        let connection = connect(desk, &proxy.url(), key).await.unwrap().id;
        desk.sync(connection, days.now()).await;
        desk.check_now(days.now()).await.unwrap();
        days.go_to(91);
        days.used(&id, 1);
        proxy.shut();
        let (loading, at) = (desk.clone(), days.now());
        let load = tokio::spawn(async move { loading.sync(connection, at).await });
        proxy.holds_one().await;
        let check = desk.check_now(days.now() + TimeDelta::seconds(1));
        let open = async {
            tokio::task::yield_now().await;
            proxy.open();
        };
        let (news, ()) = tokio::join!(check, open);
        load.await.unwrap();
        assert_eq!(news.unwrap().title, "No new findings", "it was used an hour ago");
    });
}

#[test]
fn a_clock_that_was_set_back_stops_no_check() {
    alone(async {
        let (days, _) = watched().await;
        let desk = &days.bench.desk;
        let ahead = now() + TimeDelta::days(40);
        desk.sync(FIRST, ahead).await;
        let sent = days.bench.sent("GET");
        desk.check_due(now()).await.unwrap();
        assert!(days.bench.sent("GET") > sent);
        let sent = days.bench.sent("GET");
        desk.check_due(now() + TimeDelta::minutes(1)).await.unwrap();
        assert_eq!(days.bench.sent("GET"), sent, "once");
    });
}

#[test]
fn a_bulk_revoke_is_announced_also_where_a_list_came_after_its_time() {
    alone(async {
        let (days, id) = watched().await;
        let desk = &days.bench.desk;
        desk.select([key(&id)], true);
        let plan = desk.plan_bulk_revoke(days.now()).await.unwrap();
        let due = desk.schedule_bulk_revoke(plan.id, "1", days.now()).await.unwrap().due;
        let late = due + TimeDelta::minutes(5);
        desk.sync(FIRST, late).await;
        let news = desk.check_due(late + TimeDelta::minutes(1)).await.unwrap().unwrap();
        assert_eq!(news.title, "Scheduled revocation due");
    });
}
