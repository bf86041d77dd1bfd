//! The policy of a connection, and what the audit finds by it.

use token_audit::{Finding, Preset, Rule, View};
use token_desk::{FileRequest, Query, ReportFormat, Shown};

use crate::support::{Bench, FIRST, alone, by_rule, connect_to, connections, now, sandbox, synced};

#[test]
fn each_finding_opens_the_tokens_it_counts() {
    alone(async {
        let bench = Bench::loaded().await;
        let audit = bench.desk.audit(now());
        assert!(audit.findings.len() > 5, "{:?}", audit.findings);
        assert!(audit.findings.is_sorted_by_key(|(rule, _)| rule.severity()));
        for (rule, count) in audit.findings {
            let shown = bench.desk.query(&by_rule(rule), 0, 60, None, now());
            assert_eq!(shown.total, count as usize, "{rule:?}");
            for row in shown.rows {
                let token = bench.desk.details(&row.key, now()).unwrap();
                assert!(token.findings.iter().any(|it| it.rule == rule), "{rule:?}: {token:?}");
            }
        }
    });
}

#[test]
fn a_row_names_what_its_details_find_the_worst_first() {
    alone(async {
        let bench = Bench::loaded().await;
        let listing = bench.desk.query_with_findings(&Query::default(), 0, 60, None, now());
        for row in &listing.rows {
            let found = row.findings.as_ref().expect("everything could be checked");
            let details = bench.desk.details(&row.key, now()).unwrap();
            let policy = Preset::Standard.policy();
            let titled = |it: &Finding| (it.rule.severity(), it.rule.title(Some(&policy)));
            let detailed: Vec<_> = details.findings.iter().map(titled).collect();
            assert_eq!(*found, detailed, "{}", row.name);
        }
        assert!(listing.rows.iter().any(|row| row.findings.as_ref().unwrap().len() > 1));
        let plain = bench.desk.query(&Query::default(), 0, 60, None, now());
        assert!(plain.rows.iter().all(|row| row.findings.is_none()), "nobody asked");
    });
}

#[test]
fn a_policy_changes_what_is_stale_and_outlives_a_restart() {
    alone(async {
        let bench = Bench::loaded().await;
        let stale = |desk: &token_desk::Desk| {
            let listing = desk.query(&by_rule(Rule::Stale), 0, 0, None, now());
            (listing.total, listing.counts.of(View::Stale) as usize)
        };
        let foreseen = |days: usize| bench.desk.audit(now()).what_if[days - 1] as usize;
        let before = foreseen(90);
        assert_eq!(stale(&bench.desk), (before, before));
        let strict = foreseen(45);
        assert!(strict > before, "the sandbox has tokens between the two limits");
        let policy = Preset::Strict.policy();
        bench.desk.change_policy(FIRST, policy, now()).await.unwrap();
        assert_eq!(bench.desk.audit(now()).policy, Some(policy));
        assert_eq!(stale(&bench.desk), (strict, strict));
        assert_eq!(stale(&bench.reopened()), (strict, strict));
    });
}

#[test]
fn each_connection_is_judged_by_its_own_policy() {
    alone(async {
        let bench = Bench::loaded().await;
        let stale = || {
            let (audit, query) = (bench.desk.audit(now()), by_rule(Rule::Stale));
            let counted = audit.findings.iter().find(|(rule, _)| *rule == Rule::Stale);
            let listed = bench.desk.query(&query, 0, 0, None, now()).total;
            assert_eq!(counted.map(|(_, count)| *count as usize), Some(listed));
            (listed, audit.policy)
        };
        let (standard, policy) = stale();
        bench.desk.change_policy(FIRST, Preset::Strict.policy(), now()).await.unwrap();
        let (strict, _) = stale();
        assert_ne!(standard, strict);
        let other = sandbox(1, 48).await;
        let second = connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        assert_eq!(stale(), (standard + strict, None), "no one policy says it all");
        bench.desk.show(Shown::One(second), now()).await.unwrap();
        assert_eq!(stale(), (standard, policy));
    });
}

#[test]
fn a_report_has_every_token_and_no_value() {
    alone(async {
        let bench = Bench::loaded().await;
        for (format, name) in [
            (ReportFormat::Csv, "a.csv"),
            (ReportFormat::Json, "a.json"),
            (ReportFormat::Html, "a.html"),
        ] {
            let path = bench.folder.path().join(name).display().to_string();
            let request = FileRequest { path, home: None, replace: false };
            let save = || bench.desk.save_report(format, request.clone(), "0", now());
            let text = std::fs::read_to_string(save().await.unwrap()).unwrap();
            for token in bench.sandbox.truth().unwrap() {
                assert!(text.contains(&token.id), "{name}: {}", token.id);
            }
            let loaded_at = match format {
                ReportFormat::Html => "2026-11-24 14:02 UTC",
                ReportFormat::Csv | ReportFormat::Json => "2026-11-24T14:02:00Z",
            };
            assert!(text.contains("Nordlys Apps") && text.contains(loaded_at), "{name}");
            assert!(!text.contains("entri_"), "no part of a value");
            assert!(save().await.is_err(), "what is there stays");
        }
    });
}

#[test]
fn a_report_says_what_did_not_load() {
    alone(async {
        let bench = Bench::loaded().await;
        assert!(bench.desk.report("0", now()).complete);
        bench.answer("GET", "/projects/6660aa11/tokens", 500, "{}");
        for _ in 0..2 {
            bench.answer("GET", "/projects/6660aa11/tokens", 500, "{}");
        }
        bench.desk.sync(FIRST, now()).await;
        let report = bench.desk.report("0", now());
        assert!(!report.complete && !report.notes.is_empty(), "{:?}", report.notes);
    });
}

#[test]
fn a_policy_goes_to_a_file_and_comes_from_one() {
    alone(async {
        let bench = Bench::loaded().await;
        let (desk, file) = (&bench.desk, bench.folder.path().join("policy.toml"));
        let path = file.display().to_string();
        let load = || desk.load_policy(FIRST, path.clone(), None, now());
        let missing = load().await.unwrap_err().to_string();
        assert!(missing.contains("Can’t read") && missing.contains("Policy unchanged"));
        let strict = Preset::Strict.policy();
        desk.change_policy(FIRST, strict, now()).await.unwrap();
        let request = FileRequest { path: path.clone(), home: None, replace: false };
        desk.save_policy(FIRST, request, now()).await.unwrap();
        desk.change_policy(FIRST, Preset::Relaxed.policy(), now()).await.unwrap();
        std::fs::write(&file, "stale_days = 45\nrotation_days = \"soon\"\n").unwrap();
        let wrong = load().await.unwrap_err().to_string();
        assert!(wrong.starts_with("Line 2") && wrong.contains("Policy unchanged"), "{wrong}");
        assert_eq!(desk.policy(FIRST).unwrap(), Preset::Relaxed.policy());
        std::fs::write(&file, strict.to_toml()).unwrap();
        load().await.unwrap();
        assert_eq!(bench.reopened().policy(FIRST).unwrap(), strict);
    });
}

#[test]
fn no_title_names_the_limit_of_another_policy() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(1, 48).await;
        connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        let titles = || {
            let report = bench.desk.report("0", now());
            let titles: Vec<_> = report.findings.into_iter().map(|finding| finding.title).collect();
            titles.join("; ")
        };
        let one = titles();
        assert!(one.contains("Unused for 90 days or more"), "{one}");
        bench.desk.change_policy(FIRST, Preset::Strict.policy(), now()).await.unwrap();
        let differ = titles();
        assert!(differ.contains("Unused for longer than its policy allows"), "{differ}");
        assert!(!differ.contains(|it: char| it.is_ascii_digit()), "{differ}");
        for _ in 0..3 {
            bench.answer("GET", "/projects/6660aa11/tokens", 500, "{}");
        }
        synced(&bench.desk).await;
        let label = &connections(&bench.desk)[0].appearance.label;
        let notes = bench.desk.report("0", now()).notes;
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes.iter().all(|note| note.contains(&format!("{label}: "))), "{notes:?}");
    });
}
