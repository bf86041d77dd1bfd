//! Dates that are none: what servers write if there is no time.

use token_audit::{RevokeGrade, Rule};
use token_desk::{Chip, Date, Row};

use crate::support::disk::{BEFORE_GAPS, BEFORE_NOTED};
use crate::support::{Bench, alone, key, now, row, synced};

pub const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";
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
            let grade = bench.desk.preview_revoke(&key("t-a"), now()).unwrap().grade;
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

/// One token of the organization, with these fields.
pub async fn listed(bench: &Bench, fields: &str) -> Row {
    // It shows that it is not the app's own.
    let token = format!(
        r#"[{{"_id":"t-a","name":"a","last4":"none","scopes":["translations:read"],{fields}}}]"#
    );
    bench.list(ORGANIZATION, &token);
    synced(&bench.desk).await;
    row(&bench.desk, "t-a")
}

/// The rules that the token breaks.
pub fn broken(bench: &Bench) -> Vec<Rule> {
    let details = bench.desk.details(&key("t-a"), now()).unwrap();
    details.findings.into_iter().map(|finding| finding.rule).collect()
}

pub fn grade(bench: &Bench) -> RevokeGrade {
    bench.desk.preview_revoke(&key("t-a"), now()).unwrap().grade
}

#[test]
fn the_panel_knows_of_a_use_after_the_expiry() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        for (used, after) in [("2026-11-20", true), ("2026-11-18", false)] {
            let fields = format!(
                r#""createdAt":"2026-08-01T00:00:00Z","expiresAt":"2026-11-19T00:00:00Z","lastUsedAt":"{used}T00:00:00Z""#
            );
            listed(&bench, &fields).await;
            let details = bench.desk.details(&key("t-a"), now()).unwrap();
            assert_eq!(details.used_after_expiry, after, "{used}");
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

/// Values that an earlier version of the app took for times.
#[test]
fn a_stored_time_that_cannot_be_one_is_none() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let sound = r#""createdAt":"2026-08-01T00:00:00Z","expiresAt":"2027-03-01T00:00:00Z",
            "lastUsedAt":"2026-11-20T00:00:00Z""#;
        listed(&bench, sound).await;
        let file = bench.folder.path().join("entri-tokens.db");
        let file = rusqlite::Connection::open(file).unwrap();
        for (expires, last_used) in [(0, -62_135_596_800_i64), (253_402_300_799, -1)] {
            let back = "UPDATE token SET expires = ?1, last_used = ?2";
            file.execute(back, [expires, last_used]).unwrap();
            file.execute_batch(BEFORE_NOTED).unwrap();
            file.execute_batch(BEFORE_GAPS).unwrap();
            file.pragma_update(None, "user_version", 7).unwrap();
            let token = row(&bench.reopened(), "t-a");
            assert_eq!((token.expires, token.last_used), (Date::None, Date::None));
            assert_ne!(token.created, Date::None, "it is one");
        }
    });
}

#[test]
fn a_revoke_that_is_yet_to_come_has_not_been() {
    alone(async {
        let bench = Bench::loaded().await;
        let record = r#"[{"_id":"a","name":"a","created":"2026-01-01T00:00:00Z","lastUsedAt":"2026-11-24T13:00:00Z","revokedAt":"2027-06-01T00:00:00Z"}]"#;
        bench.list(ORGANIZATION, record);
        synced(&bench.desk).await;
        assert_ne!(row(&bench.desk, "a").chip, Chip::Revoked);
    });
}
