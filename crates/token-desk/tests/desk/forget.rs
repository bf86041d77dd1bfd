//! Leaving a server: nothing of its list stays on disk, in free pages and logs neither.

use std::fs;

use test_support::scan::{all_files, found_in};
use token_desk::Code;

use crate::support::{
    Bench, FIRST, alone, connect_to, connections, ids, named, now, rows, sandbox, synced,
};

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
        synced(&bench.desk).await;
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert!(!on_disk(&bench));
        assert_eq!((connections(&bench.desk), ids(&bench.desk).len()), (vec![], 0));
        let sent = bench.sandbox.requests().len();
        let again = bench.desk.disconnect(FIRST, false, now()).await.unwrap_err();
        let created = bench.desk.create(named("late"), now()).await.unwrap_err();
        assert_eq!([again.code(), created.code()], [Code::NotConnected; 2]);
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(bench.sandbox.requests().len(), sent);

        let desk = bench.reopened();
        assert_eq!((connections(&desk), ids(&desk).len()), (vec![], 0));
        assert_eq!(desk.status().summary().synced_at, None);
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
        desk.disconnect(FIRST, false, now()).await.unwrap();
        assert!(!on_disk(&Bench { sandbox, folder, desk }));
    });
}

#[test]
fn disconnecting_takes_one_list_and_leaves_the_others() {
    alone(async {
        const OTHER: &str = "Keeps its list";
        let bench = Bench::loaded().await;
        let other = sandbox(7, 0).await;
        other.add_token(OTHER).unwrap();
        let id = connect_to(&bench.desk, &other).await;
        let (kept, shown) = (connections(&bench.desk).pop(), rows(&bench.desk));
        assert!(on_disk(&bench), "a second connection takes nothing from the first");
        assert_eq!(ids(&bench.reopened()).len(), 1);

        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert!(!on_disk(&bench));
        assert!(!found_in(&all_files(bench.folder.path()), OTHER).is_empty());
        for desk in [&bench.desk, &bench.reopened()] {
            assert_eq!((connections(desk).pop(), rows(desk)), (kept.clone(), shown.clone()));
            assert_eq!(desk.status().of(id).unwrap().list.synced_at, Some(now()));
        }
        assert_eq!(synced(&bench.desk).await.problems, []);
    });
}
