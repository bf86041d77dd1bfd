//! The history where a part of the list, the disk or the file fails.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection as Database;
use token_desk::Code;

use crate::support::days::Days;
use crate::support::disk::{fails, works_again};
use crate::support::{Bench, FIRST, alone, ids, key, now, synced};

const PROJECT: &str = "/projects/6660aa11/tokens";

fn file(bench: &Bench) -> PathBuf {
    bench.folder.path().join("history.db")
}

fn database(bench: &Bench) -> Database {
    Database::open(file(bench)).unwrap()
}

fn count(bench: &Bench, rows: &str) -> u32 {
    let sql = format!("SELECT count(*) FROM {rows}");
    database(bench).query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_part_that_failed_proves_nothing() {
    alone(async {
        let days = Days::begin().await;
        // In the project that fails, and in the organization.
        let [part, rest] = ["gitlab-ci", "backup-cron"].map(|name| days.bench.id_of(name));
        for day in 0..9 {
            days.go_to(day);
            if (3..6).contains(&day) {
                days.bench.answer("GET", PROJECT, 403, "{}");
            } else {
                days.used(&part, 2);
            }
            days.look().await;
        }
        assert_eq!(days.drawn(&part).await, "uuu???uuu");
        assert_eq!(days.drawn(&rest).await, "u........");
        assert_eq!(count(&days.bench, "change WHERE what = 'vanished'"), 0);
        assert_eq!(count(&days.bench, "snapshot WHERE unread IS NOT NULL"), 3);
    });
}

#[test]
fn a_list_that_is_not_whole_proves_no_absence() {
    alone(async {
        let days = Days::begin().await;
        days.look().await;
        let page = r#"{"data":[{"_id":"t-1","name":"one"}],
                       "meta":{"page":1,"limit":200,"total":9,"totalPages":1}}"#;
        days.go_to(1);
        days.bench.answer("GET", "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", 200, page);
        days.look().await;
        assert_eq!(count(&days.bench, "token WHERE vanished IS NOT NULL"), 0);
        days.go_to(2);
        days.look().await;
        assert_eq!(days.drawn(&days.bench.id_of("backup-cron")).await, "u..");
    });
}

#[test]
fn what_is_gone_from_a_whole_list_has_vanished_and_may_return() {
    alone(async {
        let days = Days::begin().await;
        let id = days.bench.id_of("gitlab-ci");
        days.look().await;
        days.go_to(1);
        let without = r#"[{"_id":"t-other","name":"other","lastUsedAt":null}]"#;
        days.bench.list(PROJECT, without);
        days.look().await;
        let gone = "token WHERE vanished IS NOT NULL";
        assert!(count(&days.bench, gone) > 1);
        days.go_to(2);
        days.look().await;
        assert_eq!(count(&days.bench, gone), 1, "only the one that was there for a day");
        assert_eq!(days.drawn(&id).await, "u..");
        assert_eq!(count(&days.bench, "change WHERE what = 'returned'"), 7);
    });
}

#[test]
fn only_what_changed_is_kept() {
    alone(async {
        let bench = Bench::loaded().await;
        let rows = || ["token", "moves", "change"].map(|table| count(&bench, table));
        let first = rows();
        assert_eq!((first[0], first[2]), (48, 0));
        // The key that looks is used by looking.
        synced(&bench.desk).await;
        assert_eq!((rows(), count(&bench, "snapshot")), (first, 2));
    });
}

#[test]
fn a_disk_that_fails_breaks_no_sync_and_leaves_no_half_a_snapshot() {
    alone(async {
        let days = Days::begin().await;
        let bench = &days.bench;
        let id = bench.id_of("gitlab-ci");
        days.look().await;
        let file = fails(bench, "history.db", "moves", "length(moves) > 7");
        days.go_to(1);
        days.used(&id, 2);
        days.look().await;
        let summary = bench.desk.status().summary();
        assert!(summary.complete && ids(&bench.desk).len() == 48);
        assert_eq!(summary.synced_at, Some(days.now()));
        let [problem] = &summary.problems[..] else { panic!("{:?}", summary.problems) };
        assert!(problem.message.contains("Can’t save usage history"), "{}", problem.message);
        assert_eq!(count(bench, "snapshot"), 1);

        works_again(&file);
        days.go_to(2);
        days.look().await;
        assert_eq!(bench.desk.status().summary().problems, []);
        assert_eq!(days.drawn(&id).await, "uu.");
    });
}

#[test]
fn a_damaged_history_is_kept_aside_and_said() {
    alone(async {
        let bench = Bench::loaded().await;
        let Bench { sandbox, folder, desk } = bench;
        drop(desk);
        let bytes = fs::read(folder.path().join("history.db")).unwrap();
        fs::write(folder.path().join("history.db"), [b"no database", &bytes[11..]].concat())
            .unwrap();
        let desk = token_desk::Desk::open(folder.path(), now()).unwrap();
        let bench = Bench { sandbox, folder, desk };
        bench.connect().await.unwrap();
        let problems = synced(&bench.desk).await.problems;
        let aside = bench.folder.path().join("history.db.damaged-1");
        assert!(problems[0].message.contains(&aside.display().to_string()), "{problems:?}");
        assert_eq!(problems.len(), 1);
        assert_eq!(&fs::read(aside).unwrap()[..11], b"no database");
        assert_eq!(count(&bench, "snapshot"), 1, "a new one is begun");
    });
}

#[test]
fn a_history_of_a_newer_version_is_left_alone_and_said() {
    alone(async {
        let bench = Bench::loaded().await;
        database(&bench).execute_batch("PRAGMA user_version = 999").unwrap();
        let again = Bench { desk: bench.reopened(), ..bench };
        again.connect().await.unwrap();
        let summary = synced(&again.desk).await;
        assert!(summary.complete);
        assert!(summary.problems[0].message.contains("newer version"), "{:?}", summary.problems);
        let asked = again.desk.seen(key(&again.id_of("gitlab-ci")), now()).await;
        assert_eq!(asked.unwrap_err().code(), Code::Internal);
        assert_eq!(count(&again, "snapshot"), 1);
    });
}

#[test]
fn what_was_seen_is_forgotten_with_the_connection() {
    alone(async {
        let bench = Bench::loaded().await;
        assert_eq!(count(&bench, "place"), 1);
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        for table in ["place", "snapshot", "token", "moves", "change"] {
            assert_eq!(count(&bench, table), 0, "{table}");
        }
    });
}
