//! The report on paper: printed by a browser, and read back sheet by sheet.

use std::env;

use token_desk::{DecideRequest, DecisionKind, Expiry, Persistence, Query, ReportFormat, Shown};

use crate::support::paper::{Paper, Printed, sorted};
use crate::support::{Bench, alone, connect_to, now, request, sandbox, synced};

const NAMES: &str = include_str!("../../../../tests/window/hostile-names.json");
const FINDINGS: &str = "Severity Finding Tokens Standard Recommended action";
const TOKENS: &str = "Token Created Expires Last used Findings and decisions";

fn page(bench: &Bench) -> String {
    bench.desk.report("0.1.0", now()).text(ReportFormat::Html)
}

/// A desk that is connected to the sandbox of the app.
async fn in_sandbox() -> Bench {
    let bench = Bench::new().await;
    let ready = bench.sandbox.ready();
    let asked = request(&ready.base_url, &ready.admin_token, None);
    bench.desk.connect(asked, Persistence::Sandbox, now()).await.unwrap();
    synced(&bench.desk).await;
    bench
}

/// Like [`alone`], if there is a browser to print with: `./x` reports if there is none.
fn on_paper(test: impl Future<Output = ()>) {
    if env::var_os("WITHOUT_CHROMIUM").is_none() {
        alone(test);
    }
}

#[test]
fn every_sheet_has_its_number_and_the_heads_of_its_columns() {
    on_paper(async {
        let bench = Bench::loaded_from(sandbox(1, 200).await).await;
        for paper in [Paper::A4, Paper::Letter] {
            let printed = Printed::on(paper, &page(&bench), &format!("report-{paper:?}"));
            assert!(printed.info.contains(paper.size()), "{}", printed.info);
            let all = printed.sheets.len();
            assert!(all > 5, "{}", printed.info);
            for (at, sheet) in printed.sheets.iter().enumerate() {
                let number = format!("Page {} of {all}", at + 1);
                assert!(sheet.iter().any(|line| line.ends_with(&number)), "{number}: {sheet:#?}");
                let head = |head: &str| sheet.iter().any(|line| line == head);
                assert!(head(FINDINGS) || head(TOKENS), "{sheet:#?}");
            }
        }
    });
}

#[test]
fn no_word_is_broken() {
    on_paper(async {
        let bench = Bench::loaded().await;
        let report = bench.desk.report("0.1.0", now());
        let printed = Printed::on(Paper::A4, &page(&bench), "words");
        let has = |text: &str| has(&printed, text);
        for it in &report.findings {
            let severity = format!("{}{}", it.severity[..1].to_uppercase(), &it.severity[1..]);
            let line = format!("{severity} {} {}", it.title, it.tokens);
            assert!(has(&line), "{line}: {:#?}", printed.sheets);
            assert!(it.standards.split(" · ").all(has), "{}", it.standards);
        }
        for token in &report.tokens {
            let times = [&token.created_at, &token.expires_at, &token.last_used_at];
            let days: Vec<_> =
                times.iter().map(|it| it.as_ref().map_or("never", |it| &it[..10])).collect();
            assert!(has(&days.join(" ")), "{}: {days:?} {:#?}", token.id, printed.sheets);
            assert!(has(&token.id), "{}", token.id);
        }
        assert!(has("Token list as of 2026-11-24 14:02 UTC"), "{:#?}", printed.sheets);
    });
}

#[test]
fn a_sandbox_is_marked_on_every_sheet_and_nothing_else_is() {
    on_paper(async {
        let bench = in_sandbox().await;
        is_marked(&bench, "Sandbox");
        let other = sandbox(2, 48).await;
        connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        is_marked(&bench, "Partly sandbox");

        let real = Printed::on(Paper::A4, &page(&Bench::loaded().await), "real");
        assert!(real.across.len() > 1 && real.across.iter().all(String::is_empty));
        assert!(!real.sheets.iter().flatten().any(|line| line.contains("andbox")));
    });
}

/// Across each sheet, and in its margin.
fn is_marked(bench: &Bench, mark: &str) {
    let Printed { sheets, across, .. } = Printed::on(Paper::A4, &page(bench), mark);
    assert!(sheets.len() > 1, "{sheets:?}");
    assert_eq!(across, vec![sorted(mark); sheets.len()]);
    // The first one has its title below the margin.
    let starts = |sheet: &Vec<String>, with: &str| sheet.iter().any(|line| line.starts_with(with));
    assert!(starts(&sheets[0], mark), "{sheets:#?}");
    let margin = format!("API token audit · {mark}");
    assert!(sheets[1..].iter().all(|sheet| starts(sheet, &margin)), "{sheets:#?}");
}

#[test]
fn names_stay_in_their_column_whatever_they_are() {
    on_paper(async {
        let names: Vec<String> = serde_json::from_str(NAMES).unwrap();
        let long = ["w".repeat(300), "deploy_key_for_the_old_build_".repeat(9), "語".repeat(290)];
        let sandbox = sandbox(1, 0).await;
        for name in names.iter().chain(&long) {
            sandbox.add_token(name).unwrap();
        }
        let bench = Bench::loaded_from(sandbox).await;
        let mut report = bench.desk.report("0.1.0", now());
        assert_eq!(report.tokens.len(), names.len() + long.len());
        report.sources[0].organization = format!("</style>\"}}{}", "w".repeat(300));
        let printed = Printed::on(Paper::Letter, &report.text(ReportFormat::Html), "hostile-names");
        let (left, right) = printed.reach;
        assert!(left > 0.06 && right < 0.94, "{left}, {right}");
        for (at, sheet) in printed.sheets.iter().enumerate() {
            let number = format!("Page {} of {}", at + 1, printed.sheets.len());
            assert!(sheet.iter().any(|line| line.ends_with(&number)), "{number}: {sheet:#?}");
            assert!(sheet.iter().any(|line| line == FINDINGS || line == TOKENS), "{sheet:#?}");
        }
        for token in &report.tokens {
            assert!(has(&printed, &token.id), "{}: {}", token.id, token.name);
        }
    });
}

#[test]
fn what_was_decided_is_told_with_its_reason() {
    on_paper(async {
        let bench = Bench::loaded_from(sandbox(1, 3).await).await;
        let key = bench.desk.query(&Query::default(), 0, 1, None, now()).rows.remove(0).key;
        let request = DecideRequest {
            keys: vec![key],
            kind: DecisionKind::Keep,
            until: Expiry::Days(90),
            reason: "Runs in the yearly audit.".to_owned(),
        };
        bench.desk.decide(request, now()).await.unwrap();
        let printed = Printed::on(Paper::A4, &page(&bench), "decided");
        for said in ["Kept until 2027-02-2", "“Runs in the yearly audit.”", "1 entry verified"]
        {
            assert!(has(&printed, said), "{said}: {:#?}", printed.sheets);
        }
    });
}

#[test]
fn what_did_not_load_is_told_above_all_counts() {
    on_paper(async {
        let bench = Bench::loaded().await;
        for _ in 0..3 {
            bench.answer("GET", "/projects/6660aa11/tokens", 500, "{}");
        }
        synced(&bench.desk).await;
        let printed = Printed::on(Paper::A4, &page(&bench), "incomplete");
        let first = &printed.sheets[0];
        let of = |text: &str| first.iter().position(|line| line.contains(text));
        let told = of("Incomplete: tokens may be missing, so counts are not final.").unwrap();
        let count = of("Tokens about 48").unwrap();
        assert!(told < count && of("UTC · incomplete").is_some(), "{first:#?}");
    });
}

fn has(printed: &Printed, text: &str) -> bool {
    printed.sheets.iter().flatten().any(|line| line.contains(text))
}
