//! Servers whose clocks are apart from this computer's, and from each other's: that is said, and each token goes by its
//! own server's.

use chrono::TimeDelta;
use entri_sandbox::{DateHeader, Variant};
use token_audit::RevokeGrade;
use token_desk::{
    Code, ConnectionId, CreateRequest, Date, Details, Expiry, RevokeRequest, Row, Shown,
};

use crate::support::{
    Bench, FIRST, alone, confirmed, connect_to, key, named, now, rows, sandbox, synced,
};

const DAY: i64 = 24 * 60;

/// A token of the first connection that ends today and was used an hour ago.
async fn in_use(bench: &Bench) -> String {
    let request = CreateRequest { expiry: Expiry::Days(0), ..named("nightly-build") };
    bench.desk.create(request, now()).await.unwrap();
    let id = bench.id_of("nightly-build");
    bench.sandbox.touch(&id, now() - TimeDelta::hours(1)).unwrap();
    synced(&bench.desk).await;
    id
}

/// Adds a connection whose server's clock is so many minutes ahead, and shows all connections.
async fn beside(bench: &Bench, minutes: i64) -> ConnectionId {
    let other = Bench::on(sandbox(2, 48).await);
    let id = connect_to(&bench.desk, &other.sandbox).await;
    other.clock_differs(minutes);
    bench.desk.sync(id, now()).await;
    bench.desk.show(Shown::All, now()).await.unwrap();
    id
}

#[test]
fn another_servers_clock_revokes_nothing() {
    alone(async {
        for minutes in [DAY, 40 * DAY, 1_000 * DAY] {
            let bench = Bench::loaded().await;
            let id = in_use(&bench).await;
            beside(&bench, minutes).await;
            let request = confirmed(&bench.desk, key(&id));
            let error = bench.desk.revoke(request, now()).await.unwrap_err();
            assert_eq!((error.code(), bench.sent("DELETE")), (Code::NameMismatch, 0), "{minutes}");
        }
    });
}

/// Everything shown about the first connection's tokens: rows, details, grades.
fn said(bench: &Bench) -> Vec<(Row, String, RevokeGrade)> {
    let mut rows = rows(&bench.desk);
    rows.retain(|row| row.key.connection == FIRST);
    let of = |row: Row| {
        let Details { chip, findings, .. } = bench.desk.details(&row.key, now()).unwrap();
        let grade = bench.desk.preview_revoke(&row.key, now()).unwrap().grade;
        (row, format!("{chip:?} {findings:?}"), grade)
    };
    rows.into_iter().map(of).collect()
}

#[test]
fn nothing_is_said_of_a_token_by_another_servers_clock() {
    alone(async {
        let bench = Bench::loaded().await;
        in_use(&bench).await;
        bench.desk.show(Shown::One(FIRST), now()).await.unwrap();
        let before = said(&bench);
        let second = beside(&bench, DAY).await;
        bench.desk.show(Shown::One(FIRST), now()).await.unwrap();
        assert_eq!(said(&bench), before);
        bench.desk.show(Shown::All, now()).await.unwrap();
        let rows = |said: Vec<(Row, String, RevokeGrade)>| -> Vec<Row> {
            said.into_iter().map(|(row, ..)| row).collect()
        };
        assert_eq!(rows(said(&bench)), rows(before), "whatever else is shown");
        let ahead = bench.desk.clocks(now()).of(second).0 - now();
        assert!((DAY - 1..=DAY).contains(&ahead.num_minutes()), "{ahead}");
        // Today has ended at the other one, and there alone.
        let today =
            |connection| CreateRequest { connection, expiry: Expiry::Days(0), ..named("x") };
        let check = |connection| bench.desk.check_create(&today(connection), now());
        assert_eq!(
            check(second).expires.unwrap() - check(FIRST).expires.unwrap(),
            TimeDelta::days(1)
        );
    });
}

#[test]
fn a_clock_that_cannot_be_right_is_told_and_not_gone_by() {
    alone(async {
        let table = [
            ("about 90 days ahead of", 90 * DAY),
            ("about 40 days behind", -40 * DAY - 5),
            ("about 20 years behind", -7_400 * DAY),
            ("about 200 years ahead of", 800_000 * DAY),
        ];
        for (far, minutes) in table {
            let bench = Bench::loaded().await;
            bench.clock_differs(minutes + 1);
            let summary = synced(&bench.desk).await;
            let [problem] = &summary.problems[..] else { panic!("{:?}", summary.problems) };
            assert!(problem.message.contains(far), "{problem:?}");
            assert_eq!(bench.desk.clocks(now()).of(FIRST).0, now());
            assert_eq!(synced(&bench.desk).await.problems, []);
            assert_eq!(bench.desk.clocks(now()).of(FIRST).0, now());
        }
    });
}

/// A list that is the same is judged by another time, and what is on screen is not what it was.
#[test]
fn rows_are_told_anew_when_their_servers_clock_is_another_one() {
    alone(async {
        let bench = Bench::loaded().await;
        let generation = || bench.desk.status().generation;
        // A clock that is years off is not gone by; it counts as this computer's.
        for (days, changes) in [(0, false), (1, true), (400, true), (0, false)] {
            let date = DateHeader::ComputersAhead(days * 86_400);
            bench.sandbox.set_variant(Variant { date, ..Variant::default() });
            let before = generation();
            synced(&bench.desk).await;
            assert_eq!(generation() != before, changes, "{days}");
        }
    });
}

#[test]
fn what_takes_more_than_when_it_was_planned_is_looked_at_again() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("contractor-import");
        let plan = bench.desk.preview_revoke(&key(&id), now()).unwrap();
        assert_eq!(plan.grade, RevokeGrade::OneClick);
        let last_used = plan.seen.last_used.at().map(|seen| seen.to_rfc3339());
        let token = serde_json::json!({
            "id": id, "name": "contractor-import", "lastUsedAt": last_used, "expiresAt": null,
        });
        let fresh = serde_json::json!({"data": [token], "total": 1, "totalPages": 1});
        bench.answer("GET", "/tokens", 200, &fresh.to_string());
        let request = RevokeRequest { key: key(&id), seen: plan.seen, typed: None };
        let error = bench.desk.revoke(request, now()).await.unwrap_err();
        assert_eq!((error.code(), bench.sent("DELETE")), (Code::ChangedSince, 0), "{error}");
        let again = bench.desk.preview_revoke(&key(&id), now()).unwrap();
        assert_eq!((again.grade, again.token.expires), (RevokeGrade::Confirm, Date::None));
    });
}

#[test]
fn clocks_that_are_apart_are_told() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.clock_differs(65);
        let summary = synced(&bench.desk).await;
        let [problem] = &summary.problems[..] else { panic!("{:?}", summary.problems) };
        assert!(problem.message.contains("minutes behind 127.0.0.1"), "{problem:?}");
        assert!(summary.complete, "the list is whole all the same");
        let ahead = bench.desk.clocks(now()).of(FIRST).0 - now();
        assert!((64..=65).contains(&ahead.num_minutes()), "judged by the server's clock: {ahead}");
        assert_eq!(synced(&bench.desk).await.problems, [], "clocks that agree are not spoken of");
        assert_eq!(bench.desk.clocks(now()).of(FIRST).0, now());
    });
}
