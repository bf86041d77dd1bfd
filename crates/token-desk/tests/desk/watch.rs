//! Background checks: when lists are loaded, and what is reported about them, once.

use chrono::TimeDelta;
use entri_sandbox::{FaultAnswer, Recurring};
use token_desk::{Desk, Every, Query, WatchNews};

use crate::support::days::Days;
use crate::support::{alone, connect};

const HOURS: i64 = 6;

/// Watched from the first day on; the two tokens were used that day.
pub async fn watched() -> (Days, [String; 2]) {
    let days = Days::with(0).await;
    let ids = ["ci", "nightly"].map(|name| days.bench.sandbox.add_token(name).unwrap());
    for id in &ids {
        days.used(id, 1);
    }
    days.look().await;
    watch(&days).await;
    (days, ids)
}

pub async fn watch(days: &Days) {
    days.bench.desk.change_watch(Some(Every::hours(6)), days.now()).await.unwrap();
}

/// Runs a check, and shows its news.
pub async fn check(days: &Days) -> Option<WatchNews> {
    let desk = &days.bench.desk;
    let news = desk.check_due(days.now()).await.unwrap()?;
    desk.mark_told(&news).await.unwrap();
    Some(news)
}

pub fn found(desk: &Desk, query: &Query, days: &Days) -> Vec<String> {
    let rows = desk.query(query, 0, 60, None, days.now()).rows;
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn it_is_off_until_it_is_turned_on() {
    alone(async {
        let days = Days::begin().await;
        days.look().await;
        let sent = days.bench.sent("GET");
        days.go_to(30);
        assert_eq!(days.bench.desk.watch().every, None);
        assert_eq!((check(&days).await, days.bench.sent("GET")), (None, sent));
    });
}

#[test]
fn a_list_is_loaded_when_it_is_older_than_the_hours() {
    alone(async {
        let (days, _) = watched().await;
        let desk = &days.bench.desk;
        let (start, sent) = (days.now(), days.bench.sent("GET"));
        let due = start + TimeDelta::hours(HOURS);
        assert_eq!(desk.watch().next, Some(due));
        desk.check_due(due - TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(days.bench.sent("GET"), sent);
        desk.check_due(due).await.unwrap();
        let loaded = days.bench.sent("GET");
        assert!(loaded > sent);
        // A computer that slept for days looks once.
        let woken = due + TimeDelta::days(9);
        desk.check_due(woken).await.unwrap();
        let load = loaded - sent;
        assert_eq!(days.bench.sent("GET"), loaded + load);
        desk.check_due(woken + TimeDelta::hours(1)).await.unwrap();
        assert_eq!(days.bench.sent("GET"), loaded + load);
        assert_eq!(desk.watch().next, Some(woken + TimeDelta::hours(HOURS)));
    });
}

#[test]
fn a_refused_credential_is_told_once_and_stops_the_checks() {
    alone(async {
        let (days, _) = watched().await;
        let desk = &days.bench.desk;
        days.go_to(1);
        days.bench.answer("GET", "", 401, "{}");
        let news = check(&days).await.unwrap();
        assert!(
            news.title.starts_with("Sign in to ") && news.title.ends_with(" again"),
            "{news:?}"
        );
        assert!(news.body.contains("Checks are paused"), "{news:?}");
        let sent = days.bench.sent("GET");
        days.go_to(3);
        assert_eq!((check(&days).await, days.bench.sent("GET")), (None, sent));
        assert_eq!((desk.watch().next, desk.watch().stopped.len()), (None, 1));
        days.bench.connect().await.unwrap();
        assert_eq!(check(&days).await, None);
        assert!(days.bench.sent("GET") > sent);
        assert!(desk.watch().stopped.is_empty());
    });
}

#[test]
fn a_server_that_is_gone_is_asked_again_after_a_quarter_of_an_hour() {
    alone(async {
        let (days, _) = watched().await;
        let (desk, start) = (&days.bench.desk, days.now());
        let due = start + TimeDelta::hours(HOURS);
        let page = FaultAnswer::status(200, "text/html", "<html>");
        let gone = Recurring { every: 1, with_effect: false, answer: page };
        days.bench.sandbox.fail_every(vec![gone]);
        assert_eq!(desk.check_due(due).await.unwrap(), None);
        let asked = desk.check_now(due).await.unwrap();
        assert_eq!(asked.title, "Couldn’t check");
        assert!(asked.body.contains("Couldn’t check"), "{asked:?}");
        days.bench.sandbox.fail_every(Vec::new());
        let sent = days.bench.sent("GET");
        desk.check_due(due + TimeDelta::minutes(14)).await.unwrap();
        assert_eq!(days.bench.sent("GET"), sent);
        desk.check_due(due + TimeDelta::minutes(15)).await.unwrap();
        assert!(days.bench.sent("GET") > sent);
        assert!(desk.status().summary().problems.is_empty());
    });
}

#[test]
fn a_part_that_did_not_load_is_said_and_told_no_second_time() {
    alone(async {
        let days = Days::begin().await;
        days.look().await;
        watch(&days).await;
        days.go_to(45);
        days.bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        let news = check(&days).await.unwrap();
        assert!(
            news.body.contains("only partly loaded. Couldn’t load the tokens of “Mobile App”"),
            "{news:?}"
        );
        days.bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        let again = days.bench.desk.check_now(days.now()).await.unwrap();
        assert!(again.title == "Couldn’t check" && again.body.contains("Mobile App"));
        let later = |minutes| days.now() + TimeDelta::minutes(minutes);
        let known = days.bench.desk.check_now(later(1)).await.unwrap();
        assert_eq!(known.title, "“vr-prototype” was never used", "as nobody knew before");
        days.bench.desk.mark_told(&known).await.unwrap();
        assert_eq!(days.bench.desk.check_now(later(2)).await.unwrap().title, "No new findings");
    });
}

#[test]
fn turned_off_it_forgets_and_a_new_connection_begins_silently() {
    alone(async {
        let (days, _) = watched().await;
        let desk = &days.bench.desk;
        days.go_to(91);
        desk.change_watch(None, days.now()).await.unwrap();
        assert_eq!(check(&days).await, None);
        days.look().await;
        watch(&days).await;
        assert_eq!(check(&days).await, None, "they were stale before it was turned on again");
        let other = crate::support::sandbox(2, 48).await;
        let ready = other.ready();
        connect(desk, &ready.base_url, &ready.admin_token).await.unwrap();
        assert_eq!(check(&days).await, None, "a first look has nothing to compare with");
    });
}

/// A clock may stand still, or be set back: that a list was loaded is not known by its time.
#[test]
fn a_list_of_the_same_time_as_the_one_before_is_no_new_list() {
    alone(async {
        let (days, _) = watched().await;
        let page = FaultAnswer::status(200, "text/html", "<html>");
        let gone = Recurring { every: 1, with_effect: false, answer: page };
        days.bench.sandbox.fail_every(vec![gone]);
        let news = days.bench.desk.check_now(days.now()).await.unwrap();
        assert_eq!(news.title, "Couldn’t check", "{news:?}");
    });
}

#[test]
fn a_clock_that_was_ahead_does_not_put_checks_off() {
    alone(async {
        let (days, _) = watched().await;
        days.go_to(400);
        days.look().await;
        days.go_to(1);
        let sent = days.bench.sent("GET");
        check(&days).await;
        assert!(days.bench.sent("GET") > sent, "the list is older than the hours");
        let sent = days.bench.sent("GET");
        check(&days).await;
        assert_eq!(days.bench.sent("GET"), sent, "it was just loaded");
    });
}
