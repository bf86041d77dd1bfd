//! The journal's file: without it nothing is created, and a damaged one is kept.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use token_desk::{Code, Desk, Error};

use crate::support::{Bench, FIRST, alone, connect, connections, ids, named, now, synced};

/// A desk over the files another one left.
async fn again(bench: &Bench) -> Desk {
    let desk = bench.reopened();
    let ready = bench.sandbox.ready();
    connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
    desk.sync(FIRST, now()).await;
    desk
}

fn overwrite(path: &Path) {
    let length = usize::try_from(fs::metadata(path).unwrap().len()).unwrap();
    fs::write(path, "not a database".repeat(length.max(4096) / 14 + 1)).unwrap();
}

fn kept_aside(bench: &Bench, name: &str) -> bool {
    bench.folder.path().join(format!("{name}.damaged-1")).exists()
}

#[test]
fn where_it_cannot_be_written_nothing_is_created() {
    alone(async {
        let bench = Bench::new().await;
        // A folder in place of the file can't be opened or written, not even by root.
        fs::create_dir(bench.folder.path().join("other")).unwrap();
        let folder = bench.folder.path().join("other");
        fs::create_dir(folder.join("journal.db")).unwrap();
        let desk = Desk::open(&folder, now()).unwrap();
        assert!(desk.status().problems[0].message.contains("Can’t write the journal"));
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        synced(&desk).await;
        let error = desk.create(named("unjournaled"), now()).await.unwrap_err();
        assert!(matches!(error, Error::NoJournal(_)), "{error}");
        assert_eq!((error.code(), bench.sent("POST")), (Code::Internal, 0));
    });
}

#[test]
fn a_damaged_one_is_moved_aside_and_a_new_one_begun() {
    alone(async {
        let Bench { sandbox, folder, desk } = Bench::loaded().await;
        desk.create(named("before"), now()).await.unwrap();
        drop(desk);
        overwrite(&folder.path().join("journal.db"));
        let bench = Bench { sandbox, desk: Desk::open(folder.path(), now()).unwrap(), folder };
        let said = &bench.desk.status().problems[0].message;
        assert!(said.contains("journal was damaged") && said.contains("journal.db.damaged-1"));
        assert!(kept_aside(&bench, "journal.db"));
        let desk = again(&bench).await;
        desk.create(named("after"), now()).await.unwrap();
    });
}

#[test]
fn a_damaged_list_is_moved_aside_and_the_journal_stays() {
    alone(async {
        let Bench { sandbox, folder, desk } = Bench::loaded().await;
        desk.create(named("orphan"), now()).await.unwrap();
        drop(desk);
        overwrite(&folder.path().join("entri-tokens.db"));
        let bench = Bench { sandbox, desk: Desk::open(folder.path(), now()).unwrap(), folder };
        assert!(bench.desk.status().problems[0].message.contains("Saved connections were damaged"));
        assert!(kept_aside(&bench, "entri-tokens.db"));
        assert_eq!(connections(&bench.desk), []);
        let desk = again(&bench).await;
        assert_eq!(ids(&desk).len(), 49);
        assert_eq!(desk.status().connections[0].unresolved.len(), 1);
    });
}

#[test]
fn one_of_a_newer_version_is_left_as_it_is() {
    alone(async {
        let Bench { sandbox, folder, desk } = Bench::loaded().await;
        drop(desk);
        let path = folder.path().join("journal.db");
        rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let bench = Bench { sandbox, desk: Desk::open(folder.path(), now()).unwrap(), folder };
        assert!(bench.desk.status().problems[0].message.contains("newer version"));
        let desk = again(&bench).await;
        assert!(matches!(desk.create(named("new"), now()).await, Err(Error::NoJournal(_))));
        let version: i64 = rusqlite::Connection::open(&path)
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(version, 99);
    });
}

#[test]
fn it_is_durable_and_its_owners_only() {
    alone(async {
        let bench = Bench::loaded().await;
        let path = bench.folder.path().join("journal.db");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let mode: String = rusqlite::Connection::open(&path)
            .unwrap()
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
        // Before it, data could be lost when a log was reset.
        assert!(rusqlite::version_number() >= 3_051_003);
    });
}
