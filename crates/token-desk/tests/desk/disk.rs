//! The list on disk: what the next start shows.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use token_desk::{Code, Desk, Persistence};

use crate::support::{Bench, alone, ids, named, now, request, rows};

#[test]
fn the_next_start_shows_the_list_with_its_age() {
    alone(async {
        let bench = Bench::loaded().await;
        let sent = bench.sandbox.requests().len();
        let desk = bench.reopened();
        assert_eq!(rows(&desk), rows(&bench.desk));
        assert_eq!(desk.connection(), bench.desk.connection());
        let status = desk.status();
        assert_eq!((status.synced_at, status.complete), (Some(now()), true));
        assert_eq!(status.projects, bench.desk.status().projects);
        assert!(status.last_used_reported && status.credential_missing);
        let id = bench.id_of("gitlab-ci");
        let [before, after] = [&bench.desk, &desk].map(|it| it.details(&id, now()).unwrap());
        assert_eq!(format!("{before:?}"), format!("{after:?}"));

        // The key lasted one session only, so nothing is asked; the list stays.
        let status = desk.sync(now()).await;
        assert_eq!(status.problems[0].code, Code::Credential);
        assert_eq!(rows(&desk), rows(&bench.desk));
        assert_eq!(bench.sandbox.requests().len(), sent);
    });
}

#[test]
fn an_incomplete_list_is_incomplete_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        for _ in 0..2 {
            bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
            assert!(!bench.desk.sync(now()).await.complete);
            assert!(!bench.reopened().status().complete);
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
        bench.desk.sync(now()).await;
        assert_eq!(rows(&bench.reopened()), shown, "after it");
    });
}

#[test]
fn what_was_created_and_revoked_is_so_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        let revoked = bench.id_of("old-jenkins");
        let plan = bench.desk.plan_revoke(&revoked, now()).unwrap();
        let revoke = token_desk::RevokeRequest { id: revoked, seen: plan.seen, typed_name: None };
        bench.desk.revoke(revoke, now()).await.unwrap();
        bench.desk.sync(now()).await;
        assert_eq!(rows(&bench.reopened()), rows(&bench.desk));

        let created = bench.desk.create(named("new-here"), now()).await.unwrap();
        bench.desk.sync(now()).await;
        assert_eq!(rows(&bench.reopened()), rows(&bench.desk));
        assert!(ids(&bench.reopened()).contains(&created.id.unwrap()));
    });
}

#[test]
fn the_sandbox_leaves_nothing_on_disk() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready();
        let request = request(&ready.base_url, &ready.admin_token, None);
        bench.desk.connect(request, Persistence::Sandbox, now()).await.unwrap();
        bench.desk.sync(now()).await;
        assert_eq!(ids(&bench.desk).len(), 48);
        let desk = bench.reopened();
        assert_eq!((desk.connection(), ids(&desk).len()), (None, 0));
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
        assert_eq!(desk.status().problems[0].code, Code::Internal);
        let ready = bench.sandbox.ready();
        crate::support::connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        assert!(desk.sync(now()).await.complete);
        assert_eq!(ids(&desk).len(), 48);
    });
}
