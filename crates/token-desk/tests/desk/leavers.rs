//! Tokens whose creator has left, may no longer manage tokens, or isn't known.

use entri_sandbox::{CreatorForm, Variant};
use token_audit::Rule;
use token_desk::{Desk, Query, ReportFormat, Sort};

use crate::support::{Bench, alone, by_rule, key, now, synced};

/// The tokens that break a rule, by name.
fn found(desk: &Desk, rule: Rule) -> Vec<String> {
    let query = Query { sort: Sort::Name, ..by_rule(rule) };
    desk.query(&query, 0, 60, None, now()).rows.into_iter().map(|row| row.name).collect()
}

/// Gone, demoted and unknown.
fn all_found(desk: &Desk) -> [Vec<String>; 3] {
    [Rule::CreatorGone, Rule::CreatorDemoted, Rule::CreatorUnknown].map(|rule| found(desk, rule))
}

fn planted() -> [Vec<String>; 3] {
    [vec!["glossary-sync", "old-jenkins", "zapier-bridge"], vec!["Ada's laptop"], vec![]]
        .map(|names| names.into_iter().map(str::to_owned).collect())
}

#[test]
fn who_left_and_who_was_demoted_are_found_and_outlive_a_restart() {
    alone(async {
        for creators in [CreatorForm::Named, CreatorForm::Id] {
            let bench = Bench::new().await;
            bench.sandbox.set_variant(Variant { creators, ..Variant::default() });
            bench.connect().await.unwrap();
            synced(&bench.desk).await;
            for desk in [&bench.desk, &bench.reopened()] {
                assert_eq!(all_found(desk), planted(), "{creators:?}");
                let rows = desk.query(&Query::default(), 0, 60, None, now()).rows;
                let left =
                    |name: &String| rows.iter().any(|it| it.name == *name && it.creator_left);
                assert!(planted()[0].iter().all(left), "{creators:?}");
                assert!(!planted()[1].iter().any(left), "{creators:?}: who was demoted is there");
                assert_eq!(desk.audit(now()).unchecked, [""; 0]);
                let details = desk.details(&key(&bench.id_of("glossary-sync")), now()).unwrap();
                assert_eq!(details.findings[0].rule, Rule::CreatorGone);
            }
        }
    });
}

#[test]
fn who_leaves_between_two_loads_is_found_by_the_second() {
    alone(async {
        let bench = Bench::loaded().await;
        let left =
            r#"[{"_id":"u-5","name":"Mira Holt","email":"mira@example.test","role":"owner"}]"#;
        // They are read again before anybody is called gone.
        (0..2).for_each(|_| bench.list("/members", left));
        synced(&bench.desk).await;
        let gone = found(&bench.desk, Rule::CreatorGone);
        assert!(gone.iter().any(|name| name == "gitlab-ci"), "{gone:?}");
        assert!(!gone.iter().any(|name| name == "slack-bot"), "{gone:?}");
        assert_eq!(all_found(&bench.reopened()), all_found(&bench.desk));
        // A change of the list must not lose the members.
        let key = key(&bench.id_of("old-jenkins"));
        let seen = bench.desk.preview_revoke(&key, now()).unwrap().seen;
        let revoke = token_desk::RevokeRequest { key, seen, typed: None };
        bench.desk.revoke(revoke, now()).await.unwrap();
        let without: Vec<_> = gone.into_iter().filter(|name| name != "old-jenkins").collect();
        assert_eq!(found(&bench.desk, Rule::CreatorGone), without);
    });
}

#[test]
fn members_that_are_closed_or_creators_that_are_not_told_are_said_once() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        bench.answer("GET", "/members", 403, "{}");
        assert_eq!(synced(&bench.desk).await.problems, []);
        let closed = "Creators weren’t checked: you can’t view members.";
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!(all_found(desk), [const { Vec::<String>::new() }; 3]);
            assert_eq!(desk.audit(now()).unchecked, [closed]);
            let report = desk.report("1.2.3", now());
            assert_eq!((report.complete, report.unchecked), (true, vec![closed.to_owned()]));
            for format in [ReportFormat::Csv, ReportFormat::Json, ReportFormat::Html] {
                assert!(desk.report("1.2.3", now()).text(format).contains(closed), "{format:?}");
            }
        }
        bench.sandbox.set_variant(Variant { creators: CreatorForm::Untold, ..Variant::default() });
        synced(&bench.desk).await;
        let untold = "Creators weren’t checked: the server doesn’t report them.";
        assert_eq!(bench.desk.audit(now()).unchecked, [untold]);
        bench.sandbox.set_variant(Variant::default());
        synced(&bench.desk).await;
        assert_eq!(all_found(&bench.desk), planted());
    });
}

#[test]
fn members_that_fail_to_load_are_those_from_before_and_make_nobody_gone() {
    alone(async {
        let bench = Bench::loaded().await;
        let earlier = "Couldn’t load members, so the previous list is used. Creators not found there count as unknown.";
        let [gone, demoted, unknown] = planted();
        let mut unknown = [gone, unknown].concat();
        unknown.sort();
        for _ in 0..2 {
            bench.answer("GET", "/members", 404, "{}");
            synced(&bench.desk).await;
            for desk in [&bench.desk, &bench.reopened()] {
                assert_eq!(desk.audit(now()).unchecked, [earlier]);
                let [none, still, not_known] = all_found(desk);
                assert_eq!((none, still), (Vec::new(), demoted.clone()));
                assert_eq!(not_known, unknown);
            }
        }
        let fresh = Bench::new().await;
        fresh.connect().await.unwrap();
        fresh.answer("GET", "/members", 404, "{}");
        synced(&fresh.desk).await;
        let unread = "Creators weren’t checked: couldn’t load members.";
        assert_eq!(fresh.desk.audit(now()).unchecked, [unread]);
    });
}

/// Somebody joins after the members were read, and creates a token that is listed anyway.
#[test]
fn who_joins_during_a_load_has_not_left() {
    alone(async {
        let bench = Bench::loaded().await;
        let left: Vec<_> = found(&bench.desk, Rule::CreatorGone);
        let mira =
            r#"[{"_id":"u-5","name":"Mira Holt","email":"mira@example.test","role":"owner"}]"#;
        bench.answer("GET", "/members", 200, mira);
        synced(&bench.desk).await;
        assert_eq!(found(&bench.desk, Rule::CreatorGone), left);
    });
}

#[test]
fn a_part_of_the_members_makes_nobody_gone() {
    alone(async {
        let mira = r#"{"_id":"u-5","name":"Mira Holt","email":"mira@example.test","role":"owner"}"#;
        let torn = "1 entry in the list of members could not be read";
        for (members, known, said) in [
            (format!("[{mira},7]"), true, torn),
            ("[]".to_owned(), false, "The server lists no members"),
        ] {
            let bench = Bench::new().await;
            bench.connect().await.unwrap();
            bench.answer("GET", "/members", 200, &members);
            synced(&bench.desk).await;
            let [gone, demoted, unknown] = all_found(&bench.desk);
            assert_eq!((gone.len(), demoted.len()), (0, 0));
            assert!(unknown.len() > 20, "{unknown:?}");
            assert_eq!(!unknown.iter().any(|name| name == "slack-bot"), known, "it is Mira's");
            let unchecked = bench.desk.audit(now()).unchecked;
            assert!(unchecked[0].starts_with(said), "{unchecked:?}");
            assert_eq!(bench.reopened().audit(now()).unchecked, unchecked);
        }
    });
}
