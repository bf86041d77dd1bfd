//! Leaving a server: nothing of its list stays on disk, in free pages and logs neither.

use std::fs;

use token_desk::Code;

use crate::support::scan::{all_files, found_in};
use crate::support::{Bench, alone, connect, ids, now, sandbox};

const NAME: &str = "Sanna's review script";

fn on_disk(bench: &Bench) -> bool {
    !found_in(&all_files(bench.folder.path()), NAME).is_empty()
}

#[test]
fn after_disconnecting_no_byte_of_the_list_is_left() {
    alone(async {
        let bench = Bench::loaded().await;
        // The first list is in the log, and after a close in the database itself.
        assert!(on_disk(&bench), "the control: the scan finds what is there");
        bench.sandbox.add_token("another").unwrap();
        bench.desk.sync(now()).await;
        bench.desk.disconnect(now()).await.unwrap();
        assert!(!on_disk(&bench));
        assert_eq!((bench.desk.connection(), ids(&bench.desk).len()), (None, 0));
        assert_eq!(bench.desk.sync(now()).await.problems[0].code, Code::NotConnected);

        let desk = bench.reopened();
        assert_eq!((desk.connection(), ids(&desk).len()), (None, 0));
        assert_eq!(desk.status().synced_at, None);
        fs::write(bench.folder.path().join("control"), NAME).unwrap();
        assert!(on_disk(&bench), "the control: the scan reads every file");
    });
}

#[test]
fn a_list_written_by_an_earlier_start_goes_too() {
    alone(async {
        let bench = Bench::loaded().await;
        let Bench { sandbox, folder, desk } = bench;
        drop(desk);
        let database = fs::read(folder.path().join("entri-tokens.db")).unwrap();
        assert!(!found_in(&database, NAME).is_empty(), "the log went into the database");
        let desk = token_desk::Desk::open(folder.path(), now()).unwrap();
        desk.disconnect(now()).await.unwrap();
        assert!(!on_disk(&Bench { sandbox, folder, desk }));
    });
}

#[test]
fn the_list_of_one_server_goes_when_another_is_connected() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(7, 0).await;
        connect(&bench.desk, &other.ready().base_url, &other.ready().admin_token).await.unwrap();
        assert_eq!(ids(&bench.desk).len(), 0);
        assert!(!on_disk(&bench));
        let desk = bench.reopened();
        assert_eq!(desk.connection(), bench.desk.connection());
        assert_eq!((desk.status().synced_at, ids(&desk).len()), (None, 0));
    });
}
