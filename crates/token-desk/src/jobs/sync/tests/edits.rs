//! Edits that come while a list is loaded, built or shown.

use std::thread;

use super::*;
use crate::desk::connection_state::ConnectionState;
use crate::desk::edits::Edit;

#[test]
fn edits_at_the_same_time_all_hold() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    let read = |id: String| Edit::Read {
        token: Box::new(entri_api::Token { id: TokenId(id), ..token() }),
        project_id: None,
    };
    thread::scope(|scope| {
        for side in ["a", "b"] {
            let (desk, read) = (&desk, &read);
            scope.spawn(move || {
                for number in 0..50 {
                    desk.edit(ConnectionId(1), [read(format!("{side}{number}"))], now());
                    desk.edit(ConnectionId(1), [read(format!("{side}-gone{number}"))], now());
                    desk.edit(
                        ConnectionId(1),
                        [Edit::Gone(TokenId(format!("{side}-gone{number}")))],
                        now(),
                    );
                }
            });
        }
    });
    let list = desk.list_of(ConnectionId(1)).unwrap();
    let gone = list.records().filter(|token| token.id.0.contains("gone")).count();
    assert_eq!((list.len(), gone), (100, 0));
}

/// A report's counts and list are from the same moment, whatever happens while it is made.
#[test]
fn a_report_made_during_edits_agrees_with_itself() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    let made = |number| Edit::Read {
        token: Box::new(entri_api::Token { id: TokenId(format!("made {number}")), ..token() }),
        project_id: None,
    };
    thread::scope(|scope| {
        let edits = scope.spawn(|| {
            for number in 0..300 {
                desk.edit(ConnectionId(1), [made(number)], now());
            }
        });
        let mut ended = false;
        while !ended {
            ended = edits.is_finished();
            let report = desk.report("", now());
            let rows = report.tokens.len();
            let used: u32 = report.last_used.iter().map(|it| it.tokens).sum();
            let counted = [report.sources[0].tokens, usize::try_from(used).unwrap()];
            assert_eq!(counted, [rows; 2]);
        }
    });
    assert_eq!(desk.report("", now()).tokens.len(), 300);
}

/// A list that arrives while an edit is shown is kept, and so is the edit.
#[tokio::test]
async fn a_list_and_edits_at_the_same_time_all_hold() {
    let (_folder, desk) = desk();
    let epoch = use_connection(&desk, 1);
    for round in 0..50 {
        let mut running =
            Running::new(&desk, desk.state().connection_mut(ConnectionId(1)).unwrap());
        running.epoch = epoch;
        let name = format!("round {round}");
        let id = TokenId(format!("made {round}"));
        thread::scope(|scope| {
            scope.spawn(|| running.keep(&loaded(1, &name), now()));
            scope.spawn(|| {
                let token = Box::new(entri_api::Token { id: id.clone(), ..token() });
                desk.edit(ConnectionId(1), [Edit::Read { token, project_id: None }], now());
            });
        });
        let list = desk.list_of(ConnectionId(1)).unwrap();
        let ids: Vec<_> = list.records().map(|token| token.id).collect();
        assert_eq!((list.len(), list.name(0), ids[1]), (2, &*name, id.borrowed()));
    }
}

/// The moment between building and showing a list, both for a new list and for one that is already shown.
#[tokio::test]
async fn a_list_is_not_shown_where_something_was_done_since_it_was_built() {
    for shown_before in [false, true] {
        let (_folder, desk) = desk();
        let epoch = use_connection(&desk, 1);
        if shown_before {
            keep(&desk, epoch, &loaded(1, "loaded"));
        }
        let running = Running::new(&desk, desk.state().connection_mut(ConnectionId(1)).unwrap());
        let list = loaded(1, "loaded").list;
        let built = running.build(&list).unwrap();
        let token = Box::new(entri_api::Token { id: "t-2".into(), ..token() });
        desk.edit(ConnectionId(1), [Edit::Read { token, project_id: None }], now());
        let with_edit = shown(&desk);
        let unchanged = |_: &mut ConnectionState| panic!("the list is changed");
        assert!(running.commit(built, now(), unchanged).is_none(), "{shown_before}");
        assert_eq!(shown(&desk), with_edit, "{shown_before}");
        running.keep(&loaded(1, "loaded"), now());
        assert_eq!(shown(&desk), ["loaded", "made"], "{shown_before}");
    }
}

/// The list that was stored with the earlier credential stays as it is.
#[tokio::test]
async fn a_list_is_not_shown_where_the_credential_changed_since_it_was_built() {
    for name in ["shown before", "another"] {
        let (_folder, desk) = desk();
        let epoch = use_connection(&desk, 1);
        keep(&desk, epoch, &loaded(1, "shown before"));
        let running = Running::new(&desk, desk.state().connection_mut(ConnectionId(1)).unwrap());
        let built = running.build(&loaded(1, name).list).unwrap();
        use_connection(&desk, 1);
        let unchanged = |_: &mut ConnectionState| panic!("the list is changed");
        assert!(running.commit(built, now(), unchanged).is_none(), "{name}");
        assert_eq!(shown(&desk), ["shown before"], "{name}");
    }
}
