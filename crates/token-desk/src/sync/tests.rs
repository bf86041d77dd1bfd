//! A list that was loaded while its connection changed, at the moments that cannot be met from
//! outside.

use entri_api::{ApiToken, Client, Secret};
use token_audit::Policy;

use super::*;
use crate::inventory::{Builder, TokenRecord};
use crate::status::Shown;

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

/// Remembered and connected, as after a way in; gives the number of its session.
fn use_connection(desk: &Desk, id: u32) -> u32 {
    let connection = connection(id);
    let key = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(connection.base_url.clone(), key).unwrap();
    desk.inner.store.remember(&connection).unwrap();
    let session = desk.state().connect(connection, client);
    desk.show_now(Shown::All, now()).unwrap();
    session
}

/// One token.
fn loaded(id: u32, name: &str) -> Loaded {
    let mut builder = Builder::new(ConnectionId(id), &[]);
    builder.push(&TokenRecord {
        id: "t-1",
        name,
        project_id: None,
        scopes: "",
        created: None,
        expires: None,
        last_used: None,
        last_used_reported: true,
        revoked: false,
        own: false,
        preview: None,
        created_by: None,
        creator_id: None,
        creator_email: None,
    });
    let list = builder.finish();
    Loaded {
        connection: connection(id),
        list,
        complete: true,
        unread: Vec::new(),
        problems: Vec::new(),
        skew: TimeDelta::zero(),
    }
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
    desk.keep(first, loaded(1, "first"), now());
    assert_eq!((shown(&desk), on_disk(&desk, 1)), (vec!["first".to_owned()], shown(&desk)));
    assert_eq!(on_disk(&desk, 2), [""; 0]);
    assert_eq!(desk.inner.store.connections().unwrap()[1].synced_at, None);
    desk.keep(second, loaded(2, "second"), now());
    assert_eq!(shown(&desk), ["first", "second"]);
    assert_eq!([on_disk(&desk, 1), on_disk(&desk, 2)].concat(), shown(&desk));
}

#[tokio::test]
async fn a_list_loaded_with_an_earlier_credential_is_dropped() {
    let (_folder, desk) = desk();
    let earlier = use_connection(&desk, 1);
    desk.keep(earlier, loaded(1, "first"), now());
    use_connection(&desk, 1);
    desk.keep(earlier, loaded(1, "late"), now());
    assert_eq!((shown(&desk), on_disk(&desk, 1)), (vec!["first".to_owned()], shown(&desk)));
}

/// Disconnecting takes the connection off the disk before it is gone from what is shown.
#[tokio::test]
async fn a_list_is_not_written_down_once_its_connection_is_forgotten() {
    let (_folder, desk) = desk();
    let session = use_connection(&desk, 1);
    desk.keep(session, loaded(1, "first"), now());
    desk.inner.store.forget(ConnectionId(1)).unwrap();
    for name in ["first", "changed"] {
        desk.keep(session, loaded(1, name), now());
        assert_eq!(on_disk(&desk, 1), [""; 0], "{name}");
        assert!(desk.inner.store.connections().unwrap().is_empty(), "{name}");
    }
}
