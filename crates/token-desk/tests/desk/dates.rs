//! Dates that are none: what servers write where there is no time to tell.

use token_audit::{Date, RevokeGrade, Rule};
use token_desk::{Chip, Row};

use crate::support::{Bench, alone, key, now, row, synced};

const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";
/// As Go, SQL and JavaScript write it.
const NEVER: [&str; 7] = [
    "0",
    "-1",
    r#""0""#,
    r#""0001-01-01T00:00:00Z""#,
    r#""1970-01-01T00:00:00.000Z""#,
    r#""0000-00-00 00:00:00""#,
    r#""9999-12-31T23:59:59Z""#,
];

/// A living token, used a quarter of an hour ago, whose expiry is none.
#[test]
fn an_expiry_that_is_none_has_not_passed() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        for never in NEVER {
            let token = format!(
                r#"[{{"_id":"t-a","name":"a","createdAt":"2026-01-01T00:00:00Z",
                     "lastUsedAt":"2026-11-24T13:47:00Z","expiresAt":{never}}}]"#
            );
            bench.list(ORGANIZATION, &token);
            synced(&bench.desk).await;
            let listed = row(&bench.desk, "t-a");
            assert_eq!((listed.expires, listed.chip), (Date::None, Chip::Recent), "{never}");
            let grade = bench.desk.plan_revoke(&key("t-a"), now()).unwrap().grade;
            assert_eq!(grade, RevokeGrade::TypeName, "{never}: one click would end it");
        }
    });
}

#[test]
fn a_last_use_that_is_none_is_no_use_long_ago() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        for never in NEVER {
            let token = format!(
                r#"[{{"_id":"t-a","name":"a","createdAt":"2026-11-20T00:00:00Z","lastUsedAt":{never}}}]"#
            );
            bench.list(ORGANIZATION, &token);
            synced(&bench.desk).await;
            let listed = row(&bench.desk, "t-a");
            assert_eq!((listed.last_used, listed.chip), (Date::None, Chip::New), "{never}");
        }
    });
}

/// What stands for a time that nobody can read.
const JUNK: [&str; 6] =
    [r#""last tuesday""#, r#""2026-13-45""#, r#""2027""#, "{}", "true", r#""12/11/26""#];

/// One token of the organization, with these fields.
async fn listed(bench: &Bench, fields: &str) -> Row {
    let token = format!(r#"[{{"_id":"t-a","name":"a","scopes":["translations:read"],{fields}}}]"#);
    bench.list(ORGANIZATION, &token);
    synced(&bench.desk).await;
    row(&bench.desk, "t-a")
}

/// The rules that the token breaks.
fn broken(bench: &Bench) -> Vec<Rule> {
    let details = bench.desk.details(&key("t-a"), now()).unwrap();
    details.findings.into_iter().map(|finding| finding.rule).collect()
}

fn grade(bench: &Bench) -> RevokeGrade {
    bench.desk.plan_revoke(&key("t-a"), now()).unwrap().grade
}

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
fn an_expiry_before_the_last_use_is_not_believed() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let fields = r#""createdAt":"2026-01-01T00:00:00Z","expiresAt":"2026-06-01T00:00:00Z",
            "lastUsedAt":"2026-09-24T00:00:00Z""#;
        assert_eq!(listed(&bench, fields).await.chip, Chip::Idle);
        assert!(!broken(&bench).contains(&Rule::ExpiredListed));
        assert_eq!(grade(&bench), RevokeGrade::Confirm, "one click would end it");
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
        assert_eq!(desk.plan_revoke(&key("t-a"), now()).unwrap().grade, RevokeGrade::TypeName);
    });
}
