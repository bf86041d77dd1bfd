//! Statements about a token's use hold as of the last time the server listed it: later use isn't
//! known.

use chrono::{DateTime, TimeDelta, Utc};
use token_desk::{Chip, Date, Desk, Every, Query, Report, Row, ServerTime};

use crate::support::days::Days;
use crate::support::{Bench, FIRST, alone, now, rows};

/// More than the 90 days after which an unused token is stale.
const LATER: TimeDelta = TimeDelta::days(100);

/// A project's token that was used recently and never expires.
fn in_use(desk: &Desk) -> Row {
    let fits =
        |row: &Row| row.project.is_some() && row.chip == Chip::Recent && row.expires == Date::None;
    rows(desk).into_iter().find(fits).unwrap()
}

fn refuse_its_project(bench: &Bench, row: &Row) {
    let truth = bench.sandbox.truth().unwrap();
    let project = truth.into_iter().find(|it| it.id == row.key.id.0).unwrap().project_id.unwrap();
    bench.answer("GET", &format!("/projects/{project}/tokens"), 403, "{}");
}

fn is_stale(report: &Report, row: &Row) -> bool {
    let entry = report.tokens.iter().find(|it| it.id == row.key.id.0).unwrap();
    entry.state == "Stale" || entry.findings.contains(&"stale")
}

fn stale(report: &Report) -> Option<u32> {
    report.findings.iter().find(|it| it.rule == "stale").map(|it| it.tokens)
}

fn unused(desk: &Desk, at: DateTime<Utc>) -> Vec<String> {
    let query = Query { text: "unused:>=90d".to_owned(), ..Query::default() };
    desk.query(&query, 0, 99, None, at).rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn a_list_that_is_old_makes_no_token_stale() {
    alone(async {
        let bench = Bench::loaded().await;
        let (row, before) = (in_use(&bench.desk), bench.desk.report("v", now()));
        let unused_before = unused(&bench.desk, now());
        // No load comes through, and then the app is started again.
        bench.answer("GET", "/projects", 401, "{}");
        bench.desk.sync(FIRST, now() + LATER).await;
        let again = Desk::open(bench.folder.path(), now() + LATER);
        for desk in [bench.desk.clone(), again.unwrap()] {
            let report = desk.report("v", now() + LATER);
            assert!(!is_stale(&report, &row));
            assert_eq!(stale(&report), stale(&before));
            assert_eq!(unused(&desk, now() + LATER), unused_before);
            assert_eq!(desk.details(&row.key, now() + LATER).unwrap().chip, Chip::Recent);
        }
    });
}

#[test]
fn a_part_that_was_not_read_again_makes_no_token_stale() {
    alone(async {
        // The app's own token is used on a clock that moves, so that the server visibly records uses.
        let days = Days::begin().await;
        days.look().await;
        let bench = &days.bench;
        let row = in_use(&bench.desk);
        // It becomes stale before the app's own token expires.
        days.used(&row.key.id.0, 24 * 20);
        days.look().await;
        // The second and the third load lack it too, and a start does not forget since when.
        for day in [30, 60, 86] {
            refuse_its_project(bench, &row);
            days.go_to(day);
            days.look().await;
        }
        let later = days.now();
        for desk in [bench.desk.clone(), Desk::open(bench.folder.path(), later).unwrap()] {
            let report = desk.report("v", later);
            assert!(!is_stale(&report, &row));
            assert_ne!(stale(&report), None, "what was read again is judged as of now");
            assert_eq!(desk.details(&row.key, later).unwrap().last_listed, Some(ServerTime(now())));
            let entry = report.tokens.iter().find(|it| it.id == row.key.id.0).unwrap();
            assert_eq!(entry.last_listed_at.as_deref(), Some("2026-11-24T14:02:00Z"));
        }
        // It is listed again, and was not used since.
        days.look().await;
        assert_eq!(bench.desk.details(&row.key, later).unwrap().last_listed, None);
        assert!(is_stale(&bench.desk.report("v", later), &row));
    });
}

#[test]
fn a_check_tells_no_staleness_of_a_part_that_it_could_not_read() {
    alone(async {
        let days = Days::begin().await;
        days.look().await;
        let row = in_use(&days.bench.desk);
        days.used(&row.key.id.0, 24 * 60);
        days.look().await;
        let desk = &days.bench.desk;
        desk.change_watch(Some(Every::hours(4)), days.now()).await.unwrap();
        days.go_to(40);
        days.used(&row.key.id.0, 1);
        refuse_its_project(&days.bench, &row);
        let news = desk.check_due(days.now()).await.unwrap().unwrap();
        let told = desk.query(&news.query, 0, 999, None, days.now()).rows;
        assert!(told.iter().all(|it| it.key != row.key), "{told:?}");
    });
}
