//! Structures that another program planted in the app's files are found, and change nothing that
//! the app says.

use std::path::Path;

use rusqlite::Connection as Database;
use token_desk::{Desk, Verified};

use crate::support::{Bench, alone, connect, named, now, says, synced};

/// A bench after its app was ended: two creates are in the journal whose values nobody got.
async fn ended() -> Bench {
    let bench = Bench::loaded().await;
    for name in ["first", "second"] {
        bench.desk.create(named(name), now()).await.unwrap();
    }
    let Bench { sandbox, folder, desk } = bench;
    drop(desk);
    let elsewhere = tempfile::tempdir().unwrap();
    let desk = Desk::open(elsewhere.path(), now()).unwrap();
    Bench { sandbox, folder, desk }
}

fn file(folder: &Path, name: &str) -> Database {
    Database::open(folder.join(name)).unwrap()
}

fn edit(bench: &Bench, name: &str, sql: &str) {
    file(bench.folder.path(), name).execute_batch(sql).unwrap();
}

/// The app as it starts over the files that were edited.
async fn started(bench: &Bench) -> Desk {
    let desk = bench.reopened();
    let ready = bench.sandbox.ready();
    connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
    desk
}

async fn broken_at(desk: &Desk) -> Option<u64> {
    let Verified { broken, .. } = desk.verify_journal().await.unwrap();
    broken.map(|it| it.entry)
}

fn loose(desk: &Desk) -> usize {
    desk.status().connections.iter().map(|line| line.unresolved.len()).sum()
}

#[test]
fn a_journal_without_its_seals_is_never_sealed_again() {
    alone(async {
        for (edits, at) in [
            ("UPDATE entry SET hash = ''; UPDATE entry SET name = 'another' WHERE id = 3;", 1),
            ("UPDATE entry SET hash = '' WHERE id > 2; UPDATE entry SET at = 9 WHERE id = 3;", 3),
            (
                "CREATE TEMP TABLE kept AS SELECT * FROM entry; UPDATE temp.kept SET hash = '';
                 DELETE FROM entry; INSERT INTO entry SELECT * FROM temp.kept;",
                1,
            ),
        ] {
            let bench = ended().await;
            edit(&bench, "journal.db", edits);
            for start in 1..=2 {
                let desk = started(&bench).await;
                assert_eq!(broken_at(&desk).await, Some(at), "{edits}, start {start}");
            }
        }
    });
}

/// Structures that the app didn't create, each with the file it is planted in.
const PLANTED: [(&str, &str); 9] = [
    ("journal.db", "CREATE TRIGGER forge AFTER INSERT ON entry BEGIN DELETE FROM entry; END"),
    (
        "journal.db",
        "CREATE VIEW step AS SELECT id, id AS attempt, at, 'kept' AS stage, '[]' AS token_ids, NULL AS detail FROM entry",
    ),
    ("journal.db", "CREATE VIEW attempt AS SELECT * FROM entry WHERE FALSE"),
    ("journal.db", "CREATE TABLE another (id)"),
    (
        "journal.db",
        "DROP INDEX entry_by_place; CREATE INDEX entry_by_place ON entry (base_url, organization_id) WHERE id > 2",
    ),
    ("journal.db", "ALTER TABLE entry ADD COLUMN said AS ('forged')"),
    ("entri-tokens.db", "CREATE TRIGGER forge AFTER INSERT ON token BEGIN DELETE FROM token; END"),
    ("entri-tokens.db", "CREATE VIEW listed AS SELECT * FROM token"),
    ("history.db", "CREATE TRIGGER forge AFTER INSERT ON snapshot BEGIN DELETE FROM snapshot; END"),
];

#[test]
fn a_file_that_holds_what_is_not_ours_is_moved_aside_and_that_is_said() {
    alone(async {
        for (name, sql) in PLANTED {
            let bench = ended().await;
            // An app of before has its views in the file.
            let before = "DROP VIEW IF EXISTS attempt; DROP VIEW IF EXISTS step;";
            edit(&bench, name, &format!("{before}{sql}"));
            let desk = started(&bench).await;
            synced(&desk).await;
            let aside = bench.folder.path().join(format!("{name}.damaged-1"));
            let said: Vec<_> = desk.status().problems.into_iter().map(|it| it.message).collect();
            let told = said.iter().any(|it| it.contains(&aside.display().to_string()));
            assert!(aside.exists() && told, "{sql}: {said:?}");
            assert!(said.iter().any(|it| it.contains("changed by another program")), "{said:?}");
        }
    });
}

#[test]
fn what_is_planted_while_the_app_runs_changes_nothing_it_writes_or_says() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.create(named("before"), now()).await.unwrap();
        edit(
            &bench,
            "journal.db",
            "CREATE TRIGGER forge AFTER INSERT ON entry
             BEGIN UPDATE entry SET name = 'forged' WHERE id = new.id; END;
             DROP VIEW IF EXISTS step;
             CREATE VIEW step AS SELECT id, id AS attempt, at, 'kept' AS stage, '[]' AS token_ids,
                 NULL AS detail FROM entry;",
        );
        edit(
            &bench,
            "entri-tokens.db",
            "CREATE TRIGGER forge AFTER INSERT ON token
             BEGIN UPDATE token SET name = 'forged' WHERE id = new.id; END;",
        );
        bench.desk.create(named("after"), now()).await.unwrap();
        synced(&bench.desk).await;
        let forged = |name: &str, table: &str| {
            let sql = format!("SELECT count(*) FROM {table} WHERE name = 'forged'");
            file(bench.folder.path(), name).query_row(&sql, [], |row| row.get::<_, u32>(0)).unwrap()
        };
        assert_eq!((forged("journal.db", "entry"), forged("entri-tokens.db", "token")), (0, 0));
        assert_eq!(says(&bench.desk).await.len(), 4);
        let error = bench.desk.verify_journal().await.unwrap_err().to_string();
        assert!(error.contains("changed the structure of the file"), "{error}");
        edit(&bench, "journal.db", "DROP TRIGGER forge; DROP VIEW step");
        assert_eq!(broken_at(&bench.desk).await, None);
        // After a start, neither the window nor the vault holds them.
        edit(&bench, "entri-tokens.db", "DROP TRIGGER forge");
        assert_eq!(loose(&bench.reopened()), 2);
    });
}

/// The index says where each row is, and says it of one wrongly: the app would not find it.
#[test]
fn an_index_that_hides_rows_is_found() {
    alone(async {
        let bench = ended().await;
        let whole = "CREATE INDEX entry_by_place ON entry (base_url, organization_id)";
        let hides =
            "CREATE INDEX entry_by_place ON entry (iif(id = 1, '-', base_url), organization_id)";
        edit(
            &bench,
            "journal.db",
            &format!(
                "DROP INDEX entry_by_place; {hides}; PRAGMA writable_schema = on;
                 UPDATE sqlite_schema SET sql = '{whole}' WHERE name = 'entry_by_place';"
            ),
        );
        let desk = started(&bench).await;
        assert!(bench.folder.path().join("journal.db.damaged-1").exists());
        assert!(desk.status().problems[0].message.contains("journal was damaged"));
    });
}
