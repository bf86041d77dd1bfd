//! The list on disk: what the next start shows.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use token_desk::{Code, Desk, Persistence};

use crate::support::disk::{BEFORE_GAPS, BEFORE_NOTED};
use crate::support::{Bench, alone, connections, ids, key, named, now, request, rows, synced};

#[test]
fn the_next_start_shows_the_list_with_its_age() {
    alone(async {
        let bench = Bench::loaded().await;
        let sent = bench.sandbox.requests().len();
        let desk = bench.reopened();
        assert_eq!(rows(&desk), rows(&bench.desk));
        assert_eq!(connections(&desk), connections(&bench.desk));
        let line = &desk.status().connections[0];
        assert_eq!((line.list.synced_at, line.list.complete()), (Some(now()), true));
        assert_eq!(line.projects, bench.desk.status().connections[0].projects);
        assert!(line.last_used_reported && line.list.signed_out());
        let key = key(&bench.id_of("gitlab-ci"));
        let [before, after] = [&bench.desk, &desk].map(|it| it.details(&key, now()).unwrap());
        assert_eq!(format!("{before:?}"), format!("{after:?}"));

        // The key lasted one session only, so nothing is asked; the list stays.
        let status = synced(&desk).await;
        assert_eq!(status.problems[0].code, Code::Credential);
        assert_eq!(rows(&desk), rows(&bench.desk));
        assert_eq!(bench.sandbox.requests().len(), sent);
    });
}

#[test]
fn a_folder_of_the_first_version_is_brought_up_to_date() {
    alone(async {
        let bench = Bench::loaded().await;
        let file = rusqlite::Connection::open(bench.folder.path().join("entri-tokens.db")).unwrap();
        let back = "ALTER TABLE connection DROP COLUMN policy;
                    ALTER TABLE connection DROP COLUMN members;
                    ALTER TABLE token ADD COLUMN created_by TEXT;
                    UPDATE token SET created_by =
                        (SELECT shown FROM creator WHERE number = token.creator);
                    CREATE TABLE listed AS
                        SELECT connection, id, name, project_id, scopes, created, expires,
                               last_used, last_used_reported, revoked, own, preview, created_by
                        FROM token ORDER BY position;
                    DROP TABLE token;
                    DROP TABLE creator;
                    ALTER TABLE listed RENAME TO token;
                    DROP TABLE member;
                    DROP TABLE saved_view;
                    DROP TABLE watch;
                    DROP TABLE told;
                    DROP TABLE note;
                    ALTER TABLE connection DROP COLUMN watched;
                    PRAGMA user_version = 1;";
        file.execute_batch(BEFORE_NOTED).unwrap();
        file.execute_batch(BEFORE_GAPS).unwrap();
        file.execute_batch(back).unwrap();
        let desk = bench.reopened();
        // The members were not kept then, so nobody is known to have left before the next load.
        let mut before = rows(&bench.desk);
        for row in &mut before {
            row.creator_left = false;
        }
        assert_eq!(rows(&desk), before);
        assert_eq!(connections(&desk), connections(&bench.desk));
        assert_eq!(desk.status().problems, []);
    });
}

#[test]
fn an_incomplete_list_is_incomplete_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        for _ in 0..2 {
            bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
            assert!(!synced(&bench.desk).await.complete);
            assert!(!bench.reopened().status().summary().complete);
        }
    });
}

#[test]
fn connecting_again_to_the_same_server_loses_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let shown = rows(&bench.desk);
        bench.connect().await.unwrap();
        assert_eq!(rows(&bench.desk), shown);
        assert_eq!(rows(&bench.reopened()), shown, "before the next load");
        synced(&bench.desk).await;
        assert_eq!(rows(&bench.reopened()), shown, "after it");
    });
}

#[test]
fn what_was_created_and_revoked_is_so_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = key(&bench.id_of("old-jenkins"));
        let seen = bench.desk.preview_revoke(&key, now()).unwrap().seen;
        let revoke = token_desk::RevokeRequest { key, seen, typed: None };
        bench.desk.revoke(revoke, now()).await.unwrap();
        synced(&bench.desk).await;
        assert_eq!(rows(&bench.reopened()), rows(&bench.desk));

        let created = bench.desk.create(named("new-here"), now()).await.unwrap();
        synced(&bench.desk).await;
        assert_eq!(rows(&bench.reopened()), rows(&bench.desk));
        assert!(ids(&bench.reopened()).contains(&created.key.unwrap().id.0));
    });
}

#[test]
fn the_sandbox_leaves_nothing_on_disk() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready();
        let request = request(&ready.base_url, &ready.admin_token, None);
        bench.desk.connect(request, Persistence::Sandbox, now()).await.unwrap();
        synced(&bench.desk).await;
        assert_eq!(ids(&bench.desk).len(), 48);
        let desk = bench.reopened();
        assert_eq!((connections(&desk), ids(&desk).len()), (vec![], 0));
    });
}

#[test]
fn only_the_owner_can_read_the_files() {
    alone(async {
        let bench = Bench::loaded().await;
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(bench.folder.path().to_owned()), 0o700);
        let files: Vec<_> =
            fs::read_dir(bench.folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert!(files.len() > 1, "the write-ahead log is beside the database: {files:?}");
        for file in files {
            assert_eq!(mode(file.clone()), 0o600, "{file:?}");
        }
    });
}

#[test]
fn a_folder_that_cannot_be_used_is_said_and_the_app_works() {
    alone(async {
        let bench = Bench::new().await;
        let file = bench.folder.path().join("in the way");
        fs::write(&file, "").unwrap();
        let desk = Desk::open(&file, now()).unwrap();
        let said = desk.status().problems;
        assert_eq!(said[0].code, Code::Internal);
        let ready = bench.sandbox.ready();
        crate::support::connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let summary = synced(&desk).await;
        assert_eq!((summary.complete, ids(&desk).len()), (true, 48));
        assert_eq!(summary.problems, said, "it still holds");
    });
}
