//! A list that was loaded while its connection changed, at the moments that cannot be met from
//! outside.

use std::sync::Arc;
use std::thread;

use entri_api::{ApiToken, Client, Secret};
use token_audit::{Date, Policy};

use super::*;
use crate::desk::edits::Edit;
use crate::desk::state::Line;
use crate::desk::status::{Phase, Shown};
use crate::list::Builder;
use crate::model::token::TokenRecord;

fn now() -> DateTime<Utc> {
    "2026-11-24T14:02:00Z".parse().unwrap()
}

fn connection(id: u32) -> Connection {
    Connection {
        id: ConnectionId(id),
        organization_id: format!("organization {id}"),
        sandbox: false,
        policy: Policy::default(),
        ..Connection::sample()
    }
}

/// Remembered and connected, as after a way in; returns the number of its session.
fn use_connection(desk: &Desk, id: u32) -> u32 {
    let connection = connection(id);
    let key = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(connection.base_url.clone(), key).unwrap();
    desk.inner.store.remember(&connection).unwrap();
    let session = desk.state().connect(connection, client);
    desk.show_now(Shown::All, now()).unwrap();
    session
}

fn token() -> entri_api::Token {
    entri_api::Token {
        id: String::new(),
        name: "made".to_owned(),
        organization_id: None,
        project_id: None,
        project_name: None,
        scopes: Vec::new(),
        created_at: entri_api::Date::None,
        expires_at: entri_api::Date::None,
        last_used_at: entri_api::Date::None,
        last_used_reported: true,
        revoked: false,
        ended: false,
        preview: None,
        created_by: None,
    }
}

/// One token.
fn loaded(id: u32, name: &str) -> Loaded {
    let mut builder = Builder::new(ConnectionId(id), &[]);
    builder.push(&TokenRecord {
        id: "t-1",
        name,
        project_id: None,
        scopes: "",
        created: Date::None,
        expires: Date::None,
        last_used: Date::None,
        last_used_reported: true,
        revoked: false,
        own: false,
        last_listed: None,
        preview: None,
        created_by: None,
        creator_id: None,
        creator_email: None,
    });
    let list = builder.finish();
    let skew = Some(TimeDelta::zero());
    Loaded { connection: connection(id), list, gaps: Vec::new(), ambiguous: HashSet::new(), skew }
}

/// As at the end of a load with this session.
fn keep(desk: &Desk, session: u32, loaded: Loaded) {
    let mut running = {
        let mut state = desk.state();
        let line = state.line_mut(loaded.connection.id).unwrap();
        Running::new(desk, line)
    };
    running.session = session;
    running.keep(loaded, now());
}

fn shown(desk: &Desk) -> Vec<String> {
    desk.listed().search.list.records().map(|token| token.name.to_owned()).collect()
}

fn on_disk(desk: &Desk, id: u32) -> Vec<String> {
    let list = desk.inner.store.load_list(ConnectionId(id)).unwrap();
    list.records().map(|token| token.name.to_owned()).collect()
}

fn desk() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path(), now()).unwrap();
    (folder, desk)
}

#[tokio::test]
async fn a_list_is_shown_and_kept_under_its_own_connection_only() {
    let (_folder, desk) = desk();
    let first = use_connection(&desk, 1);
    let second = use_connection(&desk, 2);
    keep(&desk, first, loaded(1, "first"));
    assert_eq!((shown(&desk), on_disk(&desk, 1)), (vec!["first".to_owned()], shown(&desk)));
    assert_eq!(on_disk(&desk, 2), [""; 0]);
    assert_eq!(desk.inner.store.connections().unwrap()[1].synced_at, None);
    keep(&desk, second, loaded(2, "second"));
    assert_eq!(shown(&desk), ["first", "second"]);
    assert_eq!([on_disk(&desk, 1), on_disk(&desk, 2)].concat(), shown(&desk));
}

#[tokio::test]
async fn a_list_loaded_with_an_earlier_credential_is_dropped() {
    let (_folder, desk) = desk();
    let earlier = use_connection(&desk, 1);
    keep(&desk, earlier, loaded(1, "first"));
    use_connection(&desk, 1);
    keep(&desk, earlier, loaded(1, "late"));
    assert_eq!((shown(&desk), on_disk(&desk, 1)), (vec!["first".to_owned()], shown(&desk)));
}

#[test]
fn edits_at_the_same_time_all_hold() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    let read = |id: String| Edit::Read {
        token: Box::new(entri_api::Token { id, ..token() }),
        project_id: None,
    };
    thread::scope(|scope| {
        for side in ["a", "b"] {
            let (desk, read) = (&desk, &read);
            scope.spawn(move || {
                for number in 0..50 {
                    desk.edit(ConnectionId(1), [read(format!("{side}{number}"))], now());
                    desk.edit(ConnectionId(1), [read(format!("{side}-gone{number}"))], now());
                    desk.edit(ConnectionId(1), [Edit::Gone(format!("{side}-gone{number}"))], now());
                }
            });
        }
    });
    let list = desk.list_of(ConnectionId(1)).unwrap();
    let gone = list.records().filter(|token| token.id.contains("gone")).count();
    assert_eq!((list.len(), gone), (100, 0));
}

/// A report's counts and list are from the same moment, whatever happens while it is made.
#[test]
fn a_report_made_during_edits_agrees_with_itself() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    let made = |number| Edit::Read {
        token: Box::new(entri_api::Token { id: format!("made {number}"), ..token() }),
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

/// A list that comes while an edit is being shown is not thrown away, nor is the edit.
#[tokio::test]
async fn a_list_and_edits_at_the_same_time_all_hold() {
    let (_folder, desk) = desk();
    let session = use_connection(&desk, 1);
    for round in 0..50 {
        let mut running = Running::new(&desk, desk.state().line_mut(ConnectionId(1)).unwrap());
        running.session = session;
        let name = format!("round {round}");
        let id = format!("made {round}");
        thread::scope(|scope| {
            scope.spawn(|| running.keep(loaded(1, &name), now()));
            scope.spawn(|| {
                let token = Box::new(entri_api::Token { id: id.clone(), ..token() });
                desk.edit(ConnectionId(1), [Edit::Read { token, project_id: None }], now());
            });
        });
        let list = desk.list_of(ConnectionId(1)).unwrap();
        let ids: Vec<_> = list.records().map(|token| token.id).collect();
        assert_eq!((list.len(), list.name(0), ids[1]), (2, &*name, &*id));
    }
}

/// The moment between building and showing a list, both for a new list and for one that is already shown.
#[tokio::test]
async fn a_list_is_not_shown_where_something_was_done_since_it_was_built() {
    for shown_before in [false, true] {
        let (_folder, desk) = desk();
        let session = use_connection(&desk, 1);
        if shown_before {
            keep(&desk, session, loaded(1, "loaded"));
        }
        let running = Running::new(&desk, desk.state().line_mut(ConnectionId(1)).unwrap());
        let list = Arc::new(loaded(1, "loaded").list);
        let built = running.build(&list).unwrap();
        let token = Box::new(entri_api::Token { id: "t-2".to_owned(), ..token() });
        desk.edit(ConnectionId(1), [Edit::Read { token, project_id: None }], now());
        let with_edit = shown(&desk);
        let unchanged = |_: &mut Line| panic!("the line is changed");
        assert!(running.commit(built, now(), unchanged).is_none(), "{shown_before}");
        assert_eq!(shown(&desk), with_edit, "{shown_before}");
        running.keep(loaded(1, "loaded"), now());
        assert_eq!(shown(&desk), ["loaded", "made"], "{shown_before}");
    }
}

/// The list that was kept with the credential before stays as it is.
#[tokio::test]
async fn a_list_is_not_shown_where_the_credential_changed_since_it_was_built() {
    for name in ["shown before", "another"] {
        let (_folder, desk) = desk();
        let session = use_connection(&desk, 1);
        keep(&desk, session, loaded(1, "shown before"));
        let running = Running::new(&desk, desk.state().line_mut(ConnectionId(1)).unwrap());
        let built = running.build(&Arc::new(loaded(1, name).list)).unwrap();
        use_connection(&desk, 1);
        let unchanged = |_: &mut Line| panic!("the line is changed");
        assert!(running.commit(built, now(), unchanged).is_none(), "{name}");
        assert_eq!(shown(&desk), ["shown before"], "{name}");
    }
}

/// A load that panics or is dropped doesn't still count as running.
#[tokio::test]
async fn a_load_that_breaks_off_leaves_the_connection_idle() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    let status = |desk: &Desk| desk.state().line(ConnectionId(1)).unwrap().status.clone();
    for panics in [false, true] {
        let ending = {
            let mut state = desk.state();
            let line = state.line_mut(ConnectionId(1)).unwrap();
            let running = Running::new(&desk, line);
            let mut load = running.loading();
            let ending = load.ending();
            let task = tokio::spawn(async move {
                let _running = running;
                assert!(!panics, "a fault of ours");
                std::future::pending::<()>().await;
            });
            load.runs_in(task.abort_handle());
            assert_eq!(line.status.phase, Phase::Syncing);
            line.load = Some(load);
            ending
        };
        if !panics {
            desk.state().line(ConnectionId(1)).unwrap().end_load();
        }
        assert!(!ending.reached().await);
        assert_eq!(
            (status(&desk).phase, status(&desk).problems.len()),
            (Phase::Idle, panics.into())
        );
    }
}

/// Disconnecting takes the connection off the disk before it is gone from what is shown.
#[tokio::test]
async fn a_list_is_not_written_down_once_its_connection_is_forgotten() {
    let (_folder, desk) = desk();
    let session = use_connection(&desk, 1);
    keep(&desk, session, loaded(1, "first"));
    desk.inner.store.forget(ConnectionId(1)).unwrap();
    for name in ["first", "changed"] {
        keep(&desk, session, loaded(1, name));
        assert_eq!(on_disk(&desk, 1), [""; 0], "{name}");
        assert!(desk.inner.store.connections().unwrap().is_empty(), "{name}");
    }
}
