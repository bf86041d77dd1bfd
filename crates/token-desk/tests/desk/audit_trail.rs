//! What is in the journal beside creates, revokes and decisions: changes of the policy, exported files, and values
//! that nobody took.

use rusqlite::Connection as Database;
use token_audit::{Policy, Preset};
use token_desk::{
    Act, ActFilter, ActKind, ActivityQuery, ActivitySource, Desk, FileRequest, ReportFormat, Tone,
};

use crate::support::{Bench, FIRST, alone, named, now};

/// The acts under a chip, the newest first.
async fn acts(desk: &Desk, filter: ActFilter) -> Vec<Act> {
    let query = ActivityQuery { only: Some(filter), len: usize::MAX, ..Default::default() };
    let activity = desk.activity(query).await.unwrap();
    let counted = activity.counts.iter().find(|(it, _)| *it == filter).unwrap().1;
    assert_eq!(counted, activity.acts.len());
    activity.acts
}

fn says(act: &Act) -> String {
    let said = act.sentence();
    [said.before, said.name, said.after].join(" ")
}

#[test]
fn a_changed_policy_says_who_changed_what_from_what_to_what() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let policy = Policy { stale_days: 45, max_lifetime_days: 30, ..Policy::default() };
        for _ in 0..2 {
            desk.change_policy(FIRST, policy, now()).await.unwrap();
        }
        let [act] = &acts(desk, ActFilter::Audits).await[..] else {
            panic!("one, as it changed once")
        };
        assert_eq!(
            says(act),
            "Changed the audit policy:  Stale after (days): 90 → 45; Maximum lifetime (days): 365 → 30"
        );
        assert_eq!((act.kind(), act.by()), (ActKind::Audit, Some("API token")));
        assert!(act.outcome().is_none() && !act.is_open());
        let again = bench.reopened();
        assert_eq!(acts(&again, ActFilter::Audits).await.len(), 1);
        assert_eq!(again.verify_journal().await.unwrap().broken, None);
    });
}

#[test]
fn a_policy_change_that_the_journal_missed_is_said_and_written_later() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let file = Database::open(bench.folder.path().join("journal.db")).unwrap();
        file.execute_batch("BEGIN EXCLUSIVE").unwrap();
        desk.change_policy(FIRST, Preset::Strict.policy(), now()).await.unwrap();
        let [problem] = &desk.status().problems[..] else { panic!("it is said") };
        let said = &problem.message;
        assert!(said.starts_with("“Audit policy” was changed, but the journal"), "{said}");
        drop(file);
        desk.keep_journal().await.unwrap();
        assert_eq!(acts(desk, ActFilter::Audits).await.len(), 1);
    });
}

#[test]
fn each_exported_file_is_recorded_with_its_format_and_without_its_folder() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let request = |name: &str| FileRequest {
            path: bench.folder.path().join(name).display().to_string(),
            home: None,
            replace: false,
        };
        for (format, name) in [
            (ReportFormat::Csv, "a.csv"),
            (ReportFormat::Json, "b.json"),
            (ReportFormat::Html, "c.html"),
        ] {
            desk.save_report(format, request(name), "0", now()).await.unwrap();
        }
        desk.save_policy(FIRST, request("d.toml"), now()).await.unwrap();
        let (all, app) = (ActivityQuery::default(), ActivitySource::App);
        desk.save_activity(all, app, request("e.csv"), now()).await.unwrap();
        // What was not saved is not recorded.
        assert!(desk.save_policy(FIRST, request("d.toml"), now()).await.is_err());
        let acts = acts(desk, ActFilter::Audits).await;
        assert_eq!(
            acts.iter().map(says).collect::<Vec<_>>(),
            [
                "Exported the activity:  e.csv (CSV)",
                "Exported the audit policy:  d.toml (TOML)",
                "Exported an audit report:  c.html (HTML)",
                "Exported an audit report:  b.json (JSON)",
                "Exported an audit report:  a.csv (CSV)",
            ]
        );
        assert!(acts.iter().all(|act| act.by() == Some("API token")));
    });
}

#[test]
fn a_value_that_nobody_took_is_explain_unauthorized_from_a_token_that_was_kept() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let created = desk.create(named("nobody-has-it"), now()).await.unwrap();
        desk.close_secret(created.handle, true, now()).await.unwrap();
        let acts = acts(desk, ActFilter::Created).await;
        let outcome = acts[0].outcome().unwrap();
        assert_eq!((outcome.tone, &*outcome.says), (Tone::Warning, "Closed without copying"));
        assert_eq!(acts[0].steps.last().unwrap().says(), "Closed without copying");
        assert_eq!(acts[0].sentence().before, "Created");
        // It is settled: nobody is asked about it again.
        assert!(!acts[0].is_open());
        let desk = bench.reopened();
        assert!(desk.status().connections.iter().all(|it| it.unresolved.is_empty()));
    });
}
