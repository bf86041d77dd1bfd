//! Watching: when lists are loaded, and what is told of them, once.

use chrono::TimeDelta;
use entri_sandbox::{FaultAnswer, Recurring};
use token_audit::View;
use token_desk::{DecideRequest, DecisionKind, Desk, Every, Expiry, Query, Shown, Sort, WatchNews};

use crate::support::days::Days;
use crate::support::{FIRST, alone, connect, key};

const HOURS: i64 = 6;

/// Watched from the first day on; the two tokens were used that day.
async fn watched() -> (Days, [String; 2]) {
    let days = Days::with(0).await;
    let ids = ["ci", "nightly"].map(|name| days.bench.sandbox.add_token(name).unwrap());
    for id in &ids {
        days.used(id, 1);
    }
    days.look().await;
    watch(&days).await;
    (days, ids)
}

async fn watch(days: &Days) {
    days.bench.desk.change_watch(Some(Every::hours(6)), days.now()).await.unwrap();
}

/// Whoever asks shows what is told.
async fn check(days: &Days) -> Option<WatchNews> {
    let desk = &days.bench.desk;
    let news = desk.check_due(days.now()).await.unwrap()?;
    desk.mark_told(&news).await.unwrap();
    Some(news)
}

fn found(desk: &Desk, query: &Query, days: &Days) -> Vec<String> {
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
fn what_goes_stale_is_told_once_and_again_once_it_was_used() {
    alone(async {
        let (mut days, [ci, nightly]) = watched().await;
        days.go_to(60);
        days.used(&nightly, 1);
        days.go_to(89);
        assert_eq!(check(&days).await, None);
        days.go_to(91);
        let news = check(&days).await.unwrap();
        assert_eq!(news.title, "“ci” became stale");
        assert_eq!(news.shown, Shown::One(FIRST));
        assert_eq!(found(&days.bench.desk, &news.query, &days), ["ci"]);
        days.go_to(92);
        assert_eq!(check(&days).await, None);
        days.bench.desk = days.bench.reopened();
        assert_eq!(days.bench.desk.watch().every, Some(Every::hours(6)));
        days.bench.connect().await.unwrap();
        days.go_to(93);
        assert_eq!(check(&days).await, None, "it was told before the app was started again");
        days.used(&ci, 1);
        days.used(&nightly, 1);
        days.go_to(94);
        assert_eq!(check(&days).await, None);
        days.go_to(190);
        let news = check(&days).await.unwrap();
        assert_eq!(news.title, "2 tokens became stale");
        assert_eq!(found(&days.bench.desk, &news.query, &days).len(), 2);
    });
}

#[test]
fn an_expiry_is_told_at_each_notice() {
    alone(async {
        // The app's own key, which expires on the 87th day.
        let days = Days::with(1).await;
        days.look().await;
        watch(&days).await;
        let mut told = Vec::new();
        for day in 1..87 {
            days.go_to(day);
            told.extend(check(&days).await.map(|news| (day, news)));
        }
        let titles: Vec<_> = told.iter().map(|(_, news)| &*news.title).collect();
        let name = "“Entri Tokens app” expires within";
        let days_left = ["30 days", "14 days", "7 days", "a day"];
        assert_eq!(titles, days_left.map(|left| format!("{name} {left}")));
        for (_, news) in told {
            assert_eq!((news.query.view, news.query.sort), (View::All, Sort::Expires));
            assert!(news.query.text.starts_with("expires:<="), "{news:?}");
        }
    });
}

#[test]
fn several_limits_are_one_digest() {
    alone(async {
        let days = Days::begin().await;
        days.look().await;
        watch(&days).await;
        days.go_to(45);
        let news = check(&days).await.unwrap();
        assert!(news.title.ends_with(" tokens need attention"), "{news:?}");
        let lines: Vec<_> = news.body.lines().collect();
        let about = |words| lines.iter().filter(|line| line.contains(words)).count();
        assert_eq!(about("stale"), 1, "{lines:?}");
        assert!(about("within") >= 1 && about("never used") == 1, "{lines:?}");
        assert_eq!(news.query.view, View::Attention);
    });
}

#[test]
fn what_is_decided_is_not_told() {
    alone(async {
        let (days, [ci, nightly]) = watched().await;
        days.go_to(80);
        days.used(&nightly, 1);
        days.look().await;
        days.go_to(95);
        days.look().await;
        let keep = DecideRequest {
            keys: vec![key(&ci)],
            kind: DecisionKind::Keep,
            until: Expiry::Days(30),
            reason: "runs once a year".to_owned(),
        };
        days.bench.desk.decide(keep, days.now()).await.unwrap();
        days.go_to(96);
        assert_eq!(check(&days).await, None);
        days.go_to(126);
        assert_eq!(
            check(&days).await.unwrap().title,
            "“ci” became stale",
            "the decision has ended"
        );
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
fn a_clean_up_whose_time_has_come_is_told_once() {
    alone(async {
        let (days, [ci, _]) = watched().await;
        let desk = &days.bench.desk;
        desk.select([key(&ci)], true);
        let plan = desk.plan_cleanup(days.now()).await.unwrap();
        desk.schedule_cleanup(plan.id, "1", days.now()).await.unwrap();
        let due = days.now() + TimeDelta::hours(24);
        let before = desk.check_now(due - TimeDelta::hours(1)).await.unwrap();
        assert_eq!(before.title, "No new findings");
        // Its list is not old yet, but whoever is asked wants it as it is now.
        assert_eq!(desk.watch().next, Some(due));
        // It was planned by the clock of this computer.
        days.bench.clock_differs(-65);
        let news = desk.check_due(due).await.unwrap().unwrap();
        desk.mark_told(&news).await.unwrap();
        assert_eq!(news.title, "Scheduled revocation due");
        assert!(news.body.contains("is waiting for you"), "{news:?}");
        assert!(days.bench.sandbox.truth().unwrap().iter().all(|token| !token.revoked));
        days.go_to(3);
        assert_eq!(check(&days).await, None);
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

#[test]
fn a_hostile_name_is_shown_as_it_is() {
    alone(async {
        let days = Days::with(0).await;
        let id = days.bench.sandbox.add_token("a\u{202E}<b>").unwrap();
        days.used(&id, 1);
        days.look().await;
        watch(&days).await;
        days.go_to(91);
        let news = check(&days).await.unwrap();
        assert_eq!(news.title, "“a⟨U+202E⟩<b>” became stale");
        assert!(!news.body.contains('<'), "some desktops read the body as markup");
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
