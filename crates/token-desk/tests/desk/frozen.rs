//! A server that stops recording uses: until it does so again, nothing is called stale or unused.

use entri_sandbox::Variant;
use entri_sandbox::odd::{Odd, Uses};
use token_audit::{RevokeGrade, Rule, View};
use token_desk::{Chip, Code, Desk, Query, ReportFormat};

use crate::support::days::Days;
use crate::support::{alone, key, rows};
use crate::watch::{check, watch};

/// What the window shows for tokens that aren't used.
const UNUSED: [Chip; 4] = [Chip::Stale, Chip::Idle, Chip::NoUse, Chip::New];

/// Whether the server records uses from now on.
fn record(days: &Days, recorded: bool) {
    let uses = Uses { frozen: !recorded, ..Uses::default() };
    let odd = Odd { uses, ..Odd::default() };
    days.bench.sandbox.set_variant(Variant { odd, ..Variant::default() });
}

async fn look_daily(days: &Days, from: i64, to: i64) {
    for day in from..=to {
        days.go_to(day);
        days.look().await;
    }
}

/// After four days with uses and six without.
async fn frozen() -> Days {
    let days = Days::begin().await;
    look_daily(&days, 0, 4).await;
    record(&days, false);
    look_daily(&days, 5, 10).await;
    days
}

fn unused(desk: &Desk, days: &Days) -> usize {
    let listing = desk.query(&Query::default(), 0, 100, None, days.now());
    listing.rows.iter().filter(|row| UNUSED.contains(&row.chip)).count()
}

fn counts(days: &Days) -> [u32; 2] {
    let listing = days.bench.desk.query(&Query::default(), 0, 0, None, days.now());
    [View::Stale, View::NoUse].map(|view| listing.counts.of(view))
}

#[test]
fn nothing_is_called_stale_or_unused_in_the_list_the_cards_and_the_audit() {
    alone(async {
        let days = Days::begin().await;
        look_daily(&days, 0, 4).await;
        let desk = &days.bench.desk;
        assert!(unused(desk, &days) > 0 && counts(&days).iter().all(|&count| count > 0));
        record(&days, false);
        look_daily(&days, 5, 10).await;
        assert_eq!((unused(desk, &days), counts(&days)), (0, [0, 0]));
        assert!(rows(desk).iter().any(|row| row.chip == Chip::Frozen), "the control");
        let audit = desk.audit(days.now());
        let about_use = |rule: &Rule| matches!(rule, Rule::Stale | Rule::NeverUsed);
        assert!(!audit.findings.iter().any(|(rule, _)| about_use(rule)), "{:?}", audit.findings);
        let since = "its last use is still 28 Nov 2026.";
        assert!(audit.unchecked.iter().any(|it| it.contains(since)), "{:?}", audit.unchecked);
        let summary = desk.status().summary();
        assert_eq!(summary.frozen, 1);
        assert!(summary.problems.iter().any(|it| it.message.contains(since)));
        record(&days, true);
        look_daily(&days, 11, 11).await;
        assert!(unused(desk, &days) > 0 && desk.status().summary().frozen == 0);
    });
}

#[test]
fn it_is_known_again_at_the_next_start() {
    alone(async {
        let days = frozen().await;
        let reopened = days.bench.reopened();
        reopened.warm(days.now());
        assert_eq!(unused(&reopened, &days), 0);
    });
}

#[test]
fn a_report_says_so_on_top_of_each_form() {
    alone(async {
        let days = frozen().await;
        let report = days.bench.desk.report("0", days.now());
        for format in [ReportFormat::Csv, ReportFormat::Json, ReportFormat::Html] {
            let text = report.text(format);
            let said = text.find("stopped recording uses").unwrap();
            let server = text.find("http://127.0.0.1").unwrap();
            assert!(said < server, "{format:?}");
        }
    });
}

#[test]
fn no_bulk_revoke_is_planned_and_one_token_takes_its_name() {
    alone(async {
        let days = frozen().await;
        let desk = &days.bench.desk;
        let refused = desk.plan_bulk_revoke_of(Query::default(), days.now()).await.unwrap_err();
        assert_eq!(refused.code(), Code::Server);
        assert!(refused.to_string().contains("has stopped recording"), "{refused}");
        let quiet = key(&days.bench.id_of("figma-export"));
        assert_eq!(desk.preview_revoke(&quiet, days.now()).unwrap().grade, RevokeGrade::TypeName);
        record(&days, true);
        look_daily(&days, 11, 11).await;
        assert!(desk.plan_bulk_revoke_of(Query::default(), days.now()).await.is_ok());
    });
}

#[test]
fn background_checks_report_no_stale_token_and_none_twice() {
    alone(async {
        let days = Days::begin().await;
        look_daily(&days, 0, 4).await;
        watch(&days).await;
        record(&days, false);
        look_daily(&days, 5, 10).await;
        for day in [11, 30, 60] {
            days.go_to(day);
            let news = check(&days).await;
            let told = news.map(|news| news.title + &news.body).unwrap_or_default();
            assert!(!told.contains("stale") && !told.contains("never used"), "{told}");
        }
        days.go_to(61);
        record(&days, true);
        let told = check(&days).await.map(|news| news.title + &news.body).unwrap_or_default();
        assert!(told.contains("became stale"), "those that did meanwhile: {told}");
        let stale = usize::try_from(counts(&days)[0]).unwrap();
        let all = format!("{stale} tokens became stale");
        assert!(!told.contains(&all), "some were stale before: {told}");
    });
}

#[test]
fn a_rehearsal_does_not_say_that_nothing_would_have_failed() {
    alone(async {
        let days = frozen().await;
        let id = rows(&days.bench.desk)[0].key.id.0.clone();
        assert_eq!(days.seen(&id).await.rehearsals, []);
        // The control.
        record(&days, true);
        look_daily(&days, 11, 14).await;
        let rehearsed = days.seen(&id).await.rehearsals;
        assert_eq!(rehearsed.len(), 1, "{rehearsed:?}");
    });
}
