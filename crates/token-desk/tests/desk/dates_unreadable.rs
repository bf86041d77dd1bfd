//! Dates that cannot be read: they are told from none, and are no reason to call a token unused.

use std::sync::Arc;

use entri_sandbox::odd::Said;
use entri_sandbox::{Config, Sandbox, StoredToken, Variant};
use token_audit::history::Day;
use token_audit::{RevokeGrade, Rule};
use token_desk::{
    BulkRevokeOutcome, Chip, Code, Date, Problem, Query, ReportFormat, RevokeRequest,
};

use crate::dates::{ORGANIZATION, broken, grade, listed};
use crate::support::days::Days;
use crate::support::{Bench, FIRST, alone, key, now, row, synced};

/// Values in place of a date that can't be read.
const JUNK: [&str; 6] =
    [r#""last tuesday""#, r#""2026-13-45""#, r#""2027""#, "{}", "true", r#""12/11/26""#];

#[test]
fn a_last_use_that_cannot_be_read_may_be_a_use() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        for junk in JUNK {
            let fields = format!(
                r#""createdAt":"2026-08-01T00:00:00Z","expiresAt":"2027-03-01T00:00:00Z","lastUsedAt":{junk}"#
            );
            let chip = listed(&bench, &fields).await.chip;
            assert_ne!(chip, Chip::NoUse, "{junk}");
            let about_use = |rule: &Rule| matches!(rule, Rule::NeverUsed | Rule::Stale);
            assert!(!broken(&bench).iter().any(about_use), "{junk}");
            assert_eq!(grade(&bench), RevokeGrade::TypeName, "{junk}");
        }
    });
}

#[test]
fn an_expiry_that_cannot_be_read_is_an_end_date() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        for junk in JUNK {
            let fields = format!(
                r#""createdAt":"2026-08-01T00:00:00Z","expiresAt":{junk},"lastUsedAt":"2026-10-24T00:00:00Z""#
            );
            assert_eq!(listed(&bench, &fields).await.chip, Chip::Idle, "{junk}");
            let about_the_end = |rule: &Rule| matches!(rule, Rule::NoExpiry | Rule::ExpiredListed);
            assert!(!broken(&bench).iter().any(about_the_end), "{junk}");
            assert_eq!(grade(&bench), RevokeGrade::TypeName, "{junk}");
        }
    });
}

#[test]
fn no_age_follows_from_a_creation_that_cannot_be_read() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        for junk in JUNK {
            let fields = format!(
                r#""createdAt":{junk},"expiresAt":"2027-03-01T00:00:00Z","lastUsedAt":null"#
            );
            assert_ne!(listed(&bench, &fields).await.chip, Chip::NoUse, "{junk}");
            assert_eq!(broken(&bench), [Rule::CreatorUnknown], "{junk}");
            assert_eq!(grade(&bench), RevokeGrade::TypeName, "{junk}");
        }
    });
}

#[test]
fn what_cannot_be_read_is_known_to_the_next_start() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let fields = r#""createdAt":"when the ice broke","expiresAt":"soon","lastUsedAt":"lately""#;
        let before = listed(&bench, fields).await;
        let desk = bench.reopened();
        assert_eq!(row(&desk, "t-a"), before);
        assert_eq!(desk.preview_revoke(&key("t-a"), now()).unwrap().grade, RevokeGrade::TypeName);
    });
}

#[test]
fn dates_that_cannot_be_read_are_said_once_of_the_list() {
    alone(async {
        let variant = Variant::named("odd-dates").unwrap();
        let config = Config { clock: Arc::new(now), variant, ..Config::default() };
        let bench = Bench::on(Sandbox::start(config).await.unwrap());
        bench.connect().await.unwrap();
        synced(&bench.desk).await;
        let odd = |token: &StoredToken| {
            let told = bench.sandbox.told(token);
            [told.created, told.expires, told.last_used].contains(&Said::Unreadable)
        };
        let tokens = bench.sandbox.truth().unwrap().iter().filter(|it| odd(it)).count();
        let found = Query { text: "is:unreadable".to_owned(), ..Query::default() };
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!(desk.query(&found, 0, 0, None, now()).total, tokens);
            let says = format!("Couldn’t read dates of {tokens} tokens.");
            let problems = desk.status().summary().problems;
            let of_dates = |it: &&Problem| it.message.starts_with(&says);
            assert_eq!(problems.iter().filter(of_dates).count(), 1, "{problems:?}");
            let report = desk.report("1.0", now());
            assert!(report.unchecked.iter().any(|it| it.starts_with(&says)), "{report:?}");
            assert_eq!(report.unreadable as usize, tokens);
            assert_eq!((report.notes, report.complete), (vec![], true), "it did load");
        }
    });
}

#[test]
fn reports_tell_a_date_that_cannot_be_read_from_none() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        listed(&bench, r#""createdAt":"soon","expiresAt":null,"lastUsedAt":"soon""#).await;
        let report = bench.desk.report("1.0", now());
        let token = report.tokens.iter().find(|it| it.id == "t-a").unwrap();
        let odd = Some("unreadable");
        assert_eq!((token.created_at.as_deref(), token.last_used_at.as_deref()), (odd, odd));
        assert_eq!(token.expires_at, None);
        let csv = report.text(ReportFormat::Csv);
        let line = csv.lines().find(|line| line.contains(r#","t-a","#)).unwrap();
        assert_eq!(line.matches(r#""unreadable""#).count(), 2, "{line}");
        let page = report.text(ReportFormat::Html);
        assert_eq!(page.matches(r#"<span class="whole">unreadable</span>"#).count(), 2);
    });
}

/// Whether it was used since nobody can tell.
#[test]
fn a_last_use_that_can_no_longer_be_read_stops_a_revoke() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let of = |used: &str| {
            format!(r#""createdAt":"2026-08-01T00:00:00Z","expiresAt":null,"lastUsedAt":{used}"#)
        };
        listed(&bench, &of(r#""2026-09-01T00:00:00Z""#)).await;
        let plan = bench.desk.preview_revoke(&key("t-a"), now()).unwrap();
        let request = RevokeRequest { key: key("t-a"), seen: plan.seen, typed: None };
        let odd = format!(r#"[{{"_id":"t-a","name":"a","last4":"none",{}}}]"#, of(r#""lately""#));
        bench.list(ORGANIZATION, &odd);
        let error = bench.desk.revoke(request.clone(), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::UsedSince, "{error}");
        assert!(error.to_string().contains("may be in use"), "{error}");

        // Somebody who is told so and types the name may revoke it.
        let plan = bench.desk.preview_revoke(&key("t-a"), now()).unwrap();
        assert_eq!((plan.seen.last_used, plan.grade), (Date::Unreadable, RevokeGrade::TypeName));
        let typed = RevokeRequest { seen: plan.seen, typed: Some("a".to_owned()), ..request };
        bench.list(ORGANIZATION, &odd);
        bench.answer("DELETE", "/tokens/t-a", 204, "");
        bench.desk.revoke(typed, now()).await.unwrap();
    });
}

#[test]
fn a_bulk_revoke_leaves_a_token_whose_last_use_can_no_longer_be_read() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("staging-server");
        bench.desk.select([key(&id)], true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        assert!(!plan.needs_count && plan.tokens[0].last_used.at().is_some());
        let created = row(&bench.desk, &id).created.at().unwrap().to_rfc3339();
        let odd = format!(
            r#"[{{"_id":"{id}","name":"staging-server","createdAt":"{created}","lastUsedAt":"lately"}}]"#
        );
        bench.list(ORGANIZATION, &odd);
        let done = bench.desk.run_bulk_revoke(plan.id, "", now).await.unwrap();
        let (_, outcome) = &done.tokens[0];
        assert!(
            matches!(outcome, BulkRevokeOutcome::Skipped(why) if why.contains("last use")),
            "{outcome:?}"
        );
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

/// The snapshot showed nothing about the token's use: neither that there was one nor that there
/// wasn't.
#[test]
fn what_could_not_be_read_is_no_look_at_the_token() {
    alone(async {
        let days = Days::with(0).await;
        let Days { bench, .. } = &days;
        let mut seen = Vec::new();
        for (day, used) in [(0, r#""2026-11-24T08:00:00Z""#), (1, r#""lately""#), (2, "null")] {
            days.go_to(day);
            let fields = format!(r#""createdAt":"2026-08-01T00:00:00Z","lastUsedAt":{used}"#);
            bench.list(ORGANIZATION, &format!(r#"[{{"_id":"t-a","name":"a",{fields}}}]"#));
            bench.desk.sync(FIRST, days.now()).await;
            seen = bench
                .desk
                .seen(key("t-a"), days.now())
                .await
                .unwrap()
                .history
                .unwrap()
                .days()
                .to_vec();
        }
        assert_eq!(seen, [Day::Used, Day::Unknown, Day::Quiet]);
    });
}

#[test]
fn use_that_could_never_be_read_was_seen_since_no_day() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        listed(&bench, r#""createdAt":"2026-08-01T00:00:00Z","lastUsedAt":"lately""#).await;
        let seen = bench.desk.seen(key("t-a"), now()).await.unwrap();
        assert_eq!((seen.since, seen.history), (None, None));
    });
}
