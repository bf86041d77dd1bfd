//! Reports, also with hostile names in them.

use super::document::Threshold;
use super::*;

const SCHEMA: &str = "../../docs/report.schema.json";

fn token() -> TokenEntry {
    TokenEntry {
        id: "t-1".to_owned(),
        name: "=HYPERLINK(\"http://evil.example\")</td><script>1</script>".to_owned(),
        source: 0,
        organization: "Nordlys, Apps".to_owned(),
        project: None,
        scopes: vec!["translations:read".to_owned()],
        state: "Stale",
        created_at: Some("2026-01-02T03:04:05Z".to_owned()),
        created_by: Some("@mira".to_owned()),
        expires_at: None,
        last_used_at: None,
        last_used_reported: true,
        last_listed_at: Some("2026-11-20T14:02:00Z".to_owned()),
        findings: vec!["no-expiry"],
        decision: Some(DecisionEntry {
            decision: "keep until",
            decided_at: "2026-11-01T00:00:00Z".to_owned(),
            until: "2027-02-24T23:59:59Z".to_owned(),
            reason: "=1+1 runs <b>yearly</b>".to_owned(),
            findings: vec!["stale"],
        }),
    }
}

fn sample() -> Report {
    let token = token();
    Report {
        format: 1,
        made_by: "Entri Tokens 0.1.0".to_owned(),
        made_at: "2026-11-24T14:02:00Z".to_owned(),
        complete: false,
        unreadable: 0,
        frozen: vec![],
        notes: vec!["Mobile App could not be loaded.".to_owned()],
        unchecked: vec!["<b>: the server doesn’t report them.".to_owned()],
        sources: vec![Source {
            organization: "Nordlys, Apps".to_owned(),
            connection: "Nordlys".to_owned(),
            environment: "production",
            server: "https://app.nt3.io".to_owned(),
            sandbox: false,
            data_of: None,
            complete: false,
            gaps: vec!["The server says there are 2 tokens and gave 1.".to_owned()],
            last_used_precision: Some("rounded to 1 min, up to 2 min late".to_owned()),
            tokens: 1,
            policy: vec![Threshold { setting: "stale_days", label: "Stale after", days: 90 }],
        }],
        findings: vec![],
        decided: 0,
        last_used: vec![Span { label: "never used", tokens: 1 }],
        what_if: vec![1; 365],
        stale_days: Some(90),
        journal: Some(JournalEntry { entries: 7, intact: true, seal: "5ea1".to_owned() }),
        sha256: digest(std::slice::from_ref(&token)),
        tokens: vec![token],
    }
}

#[test]
fn a_table_has_rows_of_one_length_and_no_formula() {
    let text = sample().text(ReportFormat::Csv);
    assert!(text.starts_with("\u{FEFF}\"Complete\""), "{text}");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(
        &rows[0][1], "NO: tokens may be missing, and no count is final",
        "it is stated on top"
    );
    assert_eq!(&rows[2][1], "<b>: the server doesn’t report them.", "{:?}", rows[2]);
    let token = rows.last().unwrap();
    assert_eq!(&token[0], "Nordlys, Apps");
    assert!(token[2].starts_with("'=HYPERLINK(\"http"), "{token:?}");
    assert_eq!(&token[8], "'@mira");
    assert_eq!((&token[13], &token[15]), ("keep until", "'=1+1 runs <b>yearly</b>"));
    let formula = |field: &str| field.starts_with(['=', '+', '-', '@']);
    assert!(!rows.iter().flatten().any(formula));
}

#[test]
fn a_page_shows_names_as_text_and_loads_nothing() {
    let text = sample().text(ReportFormat::Html);
    assert!(text.replace("<wbr>", "").contains("&lt;script&gt;1&lt;/script&gt;"), "{text}");
    assert!(!text.contains("<script") && !text.contains("<b>"));
    assert!(text.contains("Kept until 2027-02-24") && text.contains("5ea1"));
    assert!(text.contains("2026-11-24 14:02 UTC") && !text.contains("14:02:00Z"), "{text}");
    assert!(text.contains("No expiry") && !text.contains("no-expiry"), "{text}");
    assert!(text.contains("counts are not final."));
    assert!(text.contains("&lt;b&gt;: the server doesn’t report them."));
    for way_out in ["src=", "href=", "url(", "@import"] {
        assert!(!text.contains(way_out), "{way_out}");
    }
}

#[test]
fn no_count_of_an_incomplete_list_stands_as_it_is() {
    let report = sample();
    let table = report.text(ReportFormat::Csv);
    assert!(table.contains("\"Tokens\",\"about 1\""), "{table}");
    let page = report.text(ReportFormat::Html);
    assert!(page.contains("<dd>about 1</dd>") && page.contains(">about 1</td>"), "{page}");
    assert!(page.contains("No findings in the tokens that could be read"), "{page}");
    let data: serde_json::Value = serde_json::from_str(&report.text(ReportFormat::Json)).unwrap();
    let source = &data["sources"][0];
    assert_eq!(source["gaps"][0], "The server says there are 2 tokens and gave 1.");
    assert_eq!((&data["complete"], &source["complete"]), (&false.into(), &false.into()));

    let whole = Report { complete: true, ..report };
    assert!(whole.text(ReportFormat::Csv).contains("\"Tokens\",\"1\""));
    assert!(whole.text(ReportFormat::Html).contains("<dd>1</dd>"));
}

#[test]
fn no_count_stands_as_it_is_that_rests_on_dates_which_cannot_be_read() {
    let report = Report { complete: true, unreadable: 1, ..sample() };
    let page = report.text(ReportFormat::Html);
    assert!(page.contains("<dd>1</dd>") && page.contains(">about 1</td>"), "{page}");
    assert!(page.contains("No findings in the tokens that could be read"), "{page}");
    assert!(report.text(ReportFormat::Csv).contains("\"Tokens\",\"1\""));
    let data: serde_json::Value = serde_json::from_str(&report.text(ReportFormat::Json)).unwrap();
    assert_eq!(data["unreadable"], 1);
}

#[test]
fn the_page_draws_how_many_tokens_each_limit_calls_stale() {
    let what_if = [vec![7; 90], vec![2; 275]].concat();
    let report = Report { what_if, complete: true, ..sample() };
    let page = report.text(ReportFormat::Html);
    let points = page.split("<polyline points=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(points.split(' ').count(), 365, "{points}");
    let axes = ["0", "2", "4", "6", "8", "30 d", "90 d", "180 d", "270 d", "365 d"];
    assert!(axes.iter().all(|it| page.contains(&format!(">{it}</text>"))), "{page}");
    assert!(page.contains("At the limit of 90 days, 7 tokens are stale."), "{page}");
    let other = |report: Report| report.text(ReportFormat::Html);
    let unsure = other(Report { complete: false, ..report.clone() });
    assert!(unsure.contains("about 7 tokens are stale."), "{unsure}");
    let several = other(Report { stale_days: None, ..report.clone() });
    assert!(several.contains("Each connection has its own limit."), "{several}");
    assert!(!several.contains("class=\"limit\""), "{several}");
    for none in [vec![0; 365], Vec::new()] {
        assert!(!other(Report { what_if: none, ..report.clone() }).contains("<polyline"));
    }
}

#[test]
fn what_is_empty_is_left_out() {
    let journal = |entries, intact| {
        let journal = Some(JournalEntry { entries, intact, seal: String::new() });
        let report = Report { journal, ..sample() };
        (report.text(ReportFormat::Html), report.text(ReportFormat::Csv))
    };
    let (page, table) = journal(0, true);
    assert!(!page.contains("Journal") && !table.contains("\"Journal\""), "{page}{table}");
    let (page, table) = journal(0, false);
    assert!(page.contains("THE NEXT ENTRY WAS ALTERED"), "{page}");
    assert!(table.contains("THE NEXT ENTRY WAS ALTERED") && !page.contains("Last journal hash"));
    assert!(journal(1, true).0.contains("1 entry verified"));
}

#[test]
fn the_names_in_the_margins_end_neither_their_text_nor_the_style() {
    let mut report = sample();
    report.sources[0].organization = "\"; } body { display: none } </style><b>\\".to_owned();
    let page = report.text(ReportFormat::Html);
    assert!(page.contains(r#"content: "\22 \3b  \7d  body \7b  display\3a  none \7d  "#), "{page}");
    assert_eq!(page.matches("</style").count(), 1, "{page}");
}

#[test]
fn a_sandbox_is_named_in_each_form() {
    let mut report = sample();
    let named = |report: &Report, form| report.text(form).to_lowercase().contains("sandbox");
    let page = |report: &Report| report.text(ReportFormat::Html).replace(".sandbox", "");
    assert!(!named(&report, ReportFormat::Csv) && !page(&report).contains("andbox"));
    report.sources[0].sandbox = true;
    assert!(named(&report, ReportFormat::Csv) && page(&report).contains(">Sandbox</div>"));
    let real = Source { sandbox: false, ..sample().sources.remove(0) };
    report.sources.push(real);
    assert!(page(&report).contains(">Partly sandbox</div>"));
}

#[test]
fn the_hash_is_that_of_the_tokens() {
    let report = sample();
    let text: serde_json::Value = serde_json::from_str(&report.text(ReportFormat::Json)).unwrap();
    assert_eq!(text["sha256"], *report.sha256);
    assert_eq!(text["tokens"][0]["createdBy"], "@mira");
    let other = TokenEntry { name: "another".to_owned(), ..report.tokens[0].clone() };
    assert_ne!(digest(&[other]), report.sha256);
}

/// The schema is generated. If the file differs, it is rewritten, and the test fails so that
/// somebody reviews the change.
#[test]
fn the_published_schema_is_that_of_the_report() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(SCHEMA);
    let schema = serde_json::to_value(schemars::schema_for!(Report)).unwrap();
    let published = std::fs::read_to_string(&file).unwrap_or_default();
    // The order of fields depends on what else is built.
    if serde_json::from_str(&published).ok() != Some(schema.clone()) {
        std::fs::write(&file, format!("{schema:#}\n")).unwrap();
        panic!("{} was out of date; look at it again", file.display());
    }
}
