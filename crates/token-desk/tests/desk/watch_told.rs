//! What background checks report about a list, once.

use chrono::TimeDelta;
use token_audit::View;
use token_desk::{DecideRequest, DecisionKind, Every, Expiry, Shown, Sort};

use crate::support::days::Days;
use crate::support::{FIRST, alone, key};
use crate::watch::{check, found, watch, watched};

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
fn a_bulk_revoke_whose_time_has_come_is_told_once() {
    alone(async {
        let (days, [ci, _]) = watched().await;
        let desk = &days.bench.desk;
        desk.select([key(&ci)], true);
        let plan = desk.plan_bulk_revoke(days.now()).await.unwrap();
        desk.schedule_bulk_revoke(plan.id, "1", days.now()).await.unwrap();
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
