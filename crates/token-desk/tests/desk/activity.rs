//! Activity: who did what, which revokes are parts of a bulk revoke, and the export for spreadsheets.

use std::os::unix::fs::PermissionsExt;

use token_desk::{
    Act, ActFilter, ActKind, ActivityQuery, ActivitySource, Desk, FileRequest, RevokeRequest,
};

use crate::support::plans::{planned, run};
use crate::support::{
    Bench, FIRST, alone, confirmed, connected, key, now, password, sandbox, sign_in, synced,
};

async fn acts(desk: &Desk) -> Vec<Act> {
    let all = ActivityQuery { len: usize::MAX, ..ActivityQuery::default() };
    desk.activity(all).await.unwrap().acts
}

async fn revoke(bench: &Bench, id: &str) {
    let plan = bench.desk.preview_revoke(&key(id), now()).unwrap();
    let typed = Some(plan.to_type.text().to_owned());
    let request = RevokeRequest { typed, ..confirmed(&bench.desk, key(id)) };
    bench.desk.revoke(request, now()).await.unwrap();
}

/// The rows of an export, by the names of the columns.
async fn exported(bench: &Bench, query: ActivityQuery, source: ActivitySource) -> Vec<Vec<String>> {
    let path = bench.folder.path().join("activity.csv");
    let request = FileRequest { path: path.display().to_string(), home: None, replace: true };
    let file = bench.desk.save_activity(query, source, request, now()).await.unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(file).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let wanted = ["Source", "Time (UTC)", "Act", "Event", "Token", "By"];
    let headers = reader.headers().unwrap().clone();
    let places = wanted.map(|name| headers.iter().position(|it| it == name).unwrap());
    let row = |row: csv::StringRecord| places.iter().map(|&at| row[at].to_owned()).collect();
    let rows = reader.records().map(|it| row(it.unwrap()));
    // Each export is an act, too.
    rows.filter(|row: &Vec<String>| row[3] != "Activity exported").collect()
}

#[test]
fn new_acts_say_who_did_them() {
    alone(async {
        let bench = Bench::loaded().await;
        revoke(&bench, &bench.id_of("old-jenkins")).await;
        assert_eq!(acts(&bench.desk).await[0].by(), Some("API token"));
        assert_eq!(bench.desk.verify_journal().await.unwrap().broken, None);
    });
}

#[test]
fn a_signed_in_account_is_named() {
    alone(async {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path(), now()).unwrap();
        let bench = Bench { sandbox: sandbox(1, 48).await, folder, desk };
        let ready = bench.sandbox.ready();
        let credential = password(&ready.admin_email, &ready.admin_password);
        let step = sign_in(&bench.desk, &ready.base_url, credential).await;
        let email = connected(step).unwrap().user.unwrap();
        synced(&bench.desk).await;
        revoke(&bench, &bench.id_of("old-jenkins")).await;
        assert_eq!(acts(&bench.desk).await[0].by(), Some(&*email));
    });
}

/// Its revokes name it, and one of somebody’s own doesn’t.
#[test]
fn the_revokes_of_a_bulk_revoke_name_it() {
    alone(async {
        let bench = Bench::loaded().await;
        revoke(&bench, &bench.id_of("figma-export")).await;
        let ids = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let plan = planned(&bench, &ids).await;
        run(&bench.desk, &plan).await;
        let acts = acts(&bench.desk).await;
        let bulk = acts.iter().find(|it| it.kind() == ActKind::BulkRevoke).unwrap();
        let revokes: Vec<_> = bulk.steps.iter().filter(|it| it.what.code() == "revoke").collect();
        assert_eq!(revokes.len(), 2);
        assert!(revokes.iter().all(|it| it.part_of == Some(bulk.id.number)), "{revokes:?}");
        let own = acts.iter().find(|it| it.kind() == ActKind::Revoke).unwrap();
        assert!(own.steps.iter().all(|it| it.part_of.is_none()), "{own:?}");
        assert_eq!(acts.len(), 2);
    });
}

#[test]
fn an_export_has_what_the_filters_show_and_no_formula() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.sandbox.add_token("=1+1").unwrap();
        bench.desk.sync(FIRST, now()).await;
        revoke(&bench, &id).await;
        let all = exported(&bench, ActivityQuery::default(), ActivitySource::App).await;
        let row = |event: &str| {
            ["This app", "2026-11-24T14:02:00Z", "Revoke #1", event, "'=1+1", "API token"]
                .map(str::to_owned)
                .to_vec()
        };
        assert_eq!(all, [row("Revoking"), row("Revoked")]);
        for (query, source, rows) in [
            (
                ActivityQuery { only: Some(ActFilter::Created), ..Default::default() },
                ActivitySource::App,
                0,
            ),
            (
                ActivityQuery { text: "=1+".to_owned(), ..Default::default() },
                ActivitySource::App,
                2,
            ),
            (
                ActivityQuery { text: "nothing".to_owned(), ..Default::default() },
                ActivitySource::App,
                0,
            ),
        ] {
            assert_eq!(exported(&bench, query, source).await.len(), rows);
        }
        let server = exported(&bench, ActivityQuery::default(), ActivitySource::Server).await;
        assert!(!server.is_empty() && server.iter().all(|row| row[0] != "This app"), "{server:?}");
        let both = exported(&bench, ActivityQuery::default(), ActivitySource::Both).await;
        assert_eq!(both.len(), all.len() + server.len());
    });
}

#[test]
fn an_export_says_which_logs_are_missing() {
    alone(async {
        let bench = Bench::loaded().await;
        for _ in 0..4 {
            bench.answer("GET", "/activity", 500, "{}");
        }
        let rows = exported(&bench, ActivityQuery::default(), ActivitySource::Both).await;
        assert!(rows.iter().any(|row| row[0] == "Note" && !row[3].is_empty()), "{rows:?}");
    });
}
