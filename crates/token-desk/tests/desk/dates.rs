//! Dates that are none: what servers write where there is no time to tell.

use token_audit::RevokeGrade;
use token_desk::Chip;

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
            assert_eq!((listed.expires, listed.chip), (None, Chip::Recent), "{never}");
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
            assert_eq!((listed.last_used, listed.chip), (None, Chip::New), "{never}");
        }
    });
}
