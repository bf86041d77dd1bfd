//! Anything reported as done is on disk: in the file with that name, complete, and again once the
//! cause of a failure has passed.

use std::fs;

use token_desk::{Desk, Error, Notes, Query};

use crate::support::disk::{FAILED, fails, remove, works_again};
use crate::support::{Bench, FIRST, alone, connect, connections, ids, key, named, now, synced};

#[test]
fn nothing_is_created_once_the_journals_file_is_gone() {
    alone(async {
        let parts: [&[&str]; 3] = [
            &["journal.db", "journal.db-wal", "journal.db-shm"],
            &["journal.db"],
            &["journal.db-wal"],
        ];
        for part in parts {
            let bench = Bench::loaded().await;
            bench.desk.create(named("before"), now()).await.unwrap();
            remove(&bench, part);
            let error = bench.desk.create(named("after"), now()).await.unwrap_err();
            assert!(matches!(error, Error::NoJournal(_)), "{part:?}: {error}");
            assert_eq!(bench.sent("POST"), 1, "{part:?}");
            let verified = bench.desk.verify_journal().await;
            assert!(verified.is_err(), "{part:?}: {verified:?}");
        }
    });
}

#[test]
fn nothing_is_created_once_the_journals_file_is_another_or_has_shrunk() {
    alone(async {
        for another in [true, false] {
            let bench = Bench::loaded().await;
            bench.desk.create(named("before"), now()).await.unwrap();
            let path = bench.folder.path().join("journal.db");
            if another {
                fs::copy(&path, bench.folder.path().join("copy")).unwrap();
                fs::rename(bench.folder.path().join("copy"), &path).unwrap();
            } else {
                let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
                file.set_len(0).unwrap();
            }
            let error = bench.desk.create(named("after"), now()).await.unwrap_err();
            assert!(matches!(error, Error::NoJournal(_)), "{another}: {error}");
            assert_eq!(bench.sent("POST"), 1);
        }
    });
}

#[test]
fn a_journal_that_could_not_be_opened_is_opened_once_it_can() {
    alone(async {
        let bench = Bench::new().await;
        let folder = bench.folder.path().join("other");
        fs::create_dir_all(folder.join("journal.db")).unwrap();
        let desk = Desk::open(&folder, now()).unwrap();
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        assert!(desk.create(named("early"), now()).await.is_err());
        assert_eq!(desk.status().problems.len(), 1);
        fs::remove_dir(folder.join("journal.db")).unwrap();
        desk.create(named("late"), now()).await.unwrap();
        assert_eq!(synced(&desk).await.problems, [], "nor is it said any longer");
    });
}

#[test]
fn a_history_that_could_not_be_opened_is_opened_once_it_can() {
    alone(async {
        let bench = Bench::new().await;
        let path = bench.folder.path().join("history.db");
        fs::create_dir(&path).unwrap();
        bench.connect().await.unwrap();
        let problems = synced(&bench.desk).await.problems;
        assert!(problems[0].message.contains("Can’t save usage history"), "{problems:?}");
        fs::remove_dir(&path).unwrap();
        assert_eq!(synced(&bench.desk).await.problems, []);
    });
}

#[test]
fn a_connection_whose_first_write_failed_is_kept_at_the_next_load() {
    alone(async {
        let bench = Bench::new().await;
        let file = fails(&bench, "entri-tokens.db", "connection", "TRUE");
        bench.connect().await.unwrap();
        let problems = synced(&bench.desk).await.problems;
        assert!(problems[0].message.contains(FAILED), "{problems:?}");
        works_again(&file);
        assert_eq!(connections(&bench.reopened()), []);
        assert_eq!(synced(&bench.desk).await.problems, [], "nor is it said any longer");
        let desk = bench.reopened();
        assert_eq!((connections(&desk), ids(&desk).len()), (connections(&bench.desk), 48));
    });
}

#[test]
fn one_that_is_left_before_that_stays_away() {
    alone(async {
        let bench = Bench::new().await;
        let file = fails(&bench, "entri-tokens.db", "connection", "TRUE");
        bench.connect().await.unwrap();
        works_again(&file);
        let (left, ()) = tokio::join!(bench.desk.disconnect(FIRST, false, now()), async {
            synced(&bench.desk).await;
        });
        left.unwrap();
        assert_eq!(connections(&bench.reopened()), []);
    });
}

#[test]
fn nothing_is_saved_where_no_disk_keeps_it() {
    alone(async {
        let bench = Bench::new().await;
        let file = bench.folder.path().join("in the way");
        fs::write(&file, "").unwrap();
        let desk = Desk::open(&file, now()).unwrap();
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        synced(&desk).await;
        assert!(desk.save_view(None, "a", Query::default()).await.is_err());
        let notes = Notes { note: "a note".to_owned(), ..Notes::default() };
        let key = key(&bench.id_of("gitlab-ci"));
        assert!(desk.write_notes(key.clone(), &notes).await.is_err());
        assert_eq!(desk.details(&key, now()).unwrap().notes, Notes::default());
    });
}

#[test]
fn nothing_is_saved_once_the_file_is_gone() {
    alone(async {
        let bench = Bench::loaded().await;
        remove(&bench, &["entri-tokens.db", "entri-tokens.db-wal"]);
        assert!(bench.desk.save_view(None, "a", Query::default()).await.is_err());
        bench.sandbox.add_token("another").unwrap();
        let problems = synced(&bench.desk).await.problems;
        assert!(problems[0].message.contains("Local storage error"), "{problems:?}");
    });
}
