//! What stays of a scan: the finding until the token is dead, its places without values, and what belongs where it is.

use std::fs;

use test_support::scan::{all_files, forms, found_in, planted};
use token_audit::{Rule, View};
use token_desk::{Desk, Query, ReportFormat};

use super::found::known;
use super::{Made, ended, only};
use crate::support::keychain::with_keychain;
use crate::support::{Bench, by_rule, confirmed, key, now, synced};

const NOBODYS: &str = "entri_7h2Kq9ZpVw3Lm5Xc8Rb1Td6nobody";

/// How many tokens have the finding.
fn leaked(desk: &Desk) -> u32 {
    let audit = desk.audit(now());
    audit.findings.iter().find(|(rule, _)| *rule == Rule::Leaked).map_or(0, |(_, count)| *count)
}

/// Whether the card with what needs attention has the token.
fn needs_attention(desk: &Desk, id: &str) -> bool {
    let wanted = Query { view: View::Attention, ..Query::default() };
    desk.query(&wanted, 0, 100, None, now()).rows.iter().any(|row| row.key == key(id))
}

#[test]
fn a_leaked_token_is_a_finding_until_it_is_dead_not_until_its_text_is_gone() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = known(&bench).await;
        let made = Made::new();
        let file = made.write("token", value.expose());
        assert!(leaked(&bench.desk) == 0 && !needs_attention(&bench.desk, &id));
        made.scanned(&bench.desk).await;
        while leaked(&bench.desk) == 0 {
            tokio::task::yield_now().await;
        }
        let listing = bench.desk.query(&by_rule(Rule::Leaked), 0, 10, None, now());
        assert_eq!(listing.rows[0].key, key(&id));
        assert!(needs_attention(&bench.desk, &id));
        let details = bench.desk.details(&key(&id), now()).unwrap();
        assert_eq!(details.findings[0].rule, Rule::Leaked, "the worst of all");

        fs::remove_file(file).unwrap();
        made.scanned(&bench.desk).await;
        synced(&bench.desk).await;
        assert_eq!(leaked(&bench.desk), 1, "the text is not the token");
        assert_eq!(leaked(&bench.reopened()), 1, "nor is the app");
        bench.desk.revoke(confirmed(&bench.desk, key(&id)), now()).await.unwrap();
        synced(&bench.desk).await;
        assert_eq!(leaked(&bench.desk), 0);
    });
}

#[test]
fn the_next_scan_says_what_is_new_and_what_is_gone() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let made = Made::new();
        let first = made.write("first", NOBODYS);
        made.write("stays", format!("a\n{NOBODYS}\n"));
        let scan = made.scanned(&bench.desk).await;
        assert!(scan.compared.is_none(), "there is nothing to compare with");
        let print = only(&scan).fingerprint.clone();
        // The line moves, and the place is the same.
        made.write("stays", format!("a\nb\nc\n{NOBODYS}\n"));
        made.write("second", NOBODYS);
        fs::remove_file(first).unwrap();
        let desk = bench.reopened();
        let scan = made.scanned(&desk).await;
        assert!(scan.is_kept && only(&scan).fingerprint == print);
        let compared = scan.compared.clone().unwrap();
        assert_eq!((compared.new, compared.gone.len()), (1, 1));
        assert!(compared.gone[0].ends_with("first:1"), "{compared:?}");
        assert!(!compared.gone[0].contains("7h2Kq9"), "{compared:?}");
        let new: Vec<_> = only(&scan).places.iter().map(|it| it.about.as_str()).collect();
        assert_eq!(new, ["New · File", "File"]);

        fs::remove_file(made.path().join("second")).unwrap();
        made.write("a.xz", b"\xfd7zXZ\0rest");
        let compared = made.scanned(&desk).await.compared.unwrap();
        assert_eq!(compared.gone, [""; 0], "it may be in what could not be read");
    });
}

#[test]
fn a_value_may_belong_where_it_is_whichever_line_that_is() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (_, value) = known(&bench).await;
        let made = Made::new();
        made.write("tool.json", value.expose());
        let desk = &bench.desk;
        let print = only(&made.scanned(desk).await).fingerprint.clone();
        while leaked(desk) == 0 {
            tokio::task::yield_now().await;
        }
        desk.belongs_there(&print, 0, None, now()).await.unwrap();
        let scan = ended(desk).await;
        assert_eq!((scan.tokens.len(), scan.belonging), (0, 1));
        assert_eq!(scan.title, "Nothing found but what belongs where it is");
        assert_eq!(leaked(desk), 0, "it is nowhere else");

        made.write("tool.json", format!("\n{}", value.expose()));
        made.write("notes", value.expose());
        let desk = bench.reopened();
        let scan = made.scanned(&desk).await;
        assert!(only(&scan).places[0].path.ends_with("notes:1"), "{scan:?}");
        assert_eq!(scan.belonging, 1);
        desk.belongs_nowhere(now()).await.unwrap();
        assert_eq!(ended(&desk).await.tokens[0].count, 2);
    });
}

#[test]
fn no_value_that_was_found_is_in_any_file() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (_, value) = known(&bench).await;
        let made = Made::new();
        made.repository("web", ".env", value.expose());
        made.write(&format!("{NOBODYS}.txt"), NOBODYS);
        let scan = made.scanned(&bench.desk).await;
        let print = &scan.tokens[0].fingerprint;
        bench.desk.incident_of_scan(print, None, now()).await.unwrap();
        let report = bench.desk.report("1", now()).text(ReportFormat::Json);
        let cores = [&value.expose()[6..30], &NOBODYS[6..30]];
        for core in cores {
            assert!(found_in(format!("{scan:?} {report:?}").as_bytes(), core).is_empty());
            assert_eq!(found_in(&all_files(bench.folder.path()), core), [""; 0]);
            fs::write(bench.folder.path().join("planted"), planted(core)).unwrap();
            let every: Vec<_> = forms(core).into_iter().map(|(name, _)| name).collect();
            assert_eq!(found_in(&all_files(bench.folder.path()), core), every);
            fs::remove_file(bench.folder.path().join("planted")).unwrap();
        }
        ended(&bench.desk).await;
    });
}
