//! A list that is loaded while its connection changes, at moments that can't be reached from
//! outside.

mod edits;
mod ends;

use std::collections::HashSet;
use std::sync::Arc;

use chrono::TimeDelta;
use entri_api::{ApiToken, Client, OrganizationId, Secret, TokenId};
use token_audit::Policy;

use super::*;
use crate::desk::status::Shown;
use crate::list::Builder;
use crate::model::connection::Connection;
use crate::model::token::TokenRecord;

fn now() -> DateTime<Utc> {
    "2026-11-24T14:02:00Z".parse().unwrap()
}

fn connection(id: u32) -> Connection {
    Connection {
        id: ConnectionId(id),
        organization_id: OrganizationId(format!("organization {id}")),
        sandbox: false,
        policy: Policy::default(),
        ..Connection::sample()
    }
}

/// Remembers a connection and connects it, as after a sign-in; returns the number of its session.
fn use_connection(desk: &Desk, id: u32) -> u32 {
    let connection = connection(id);
    let key = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
    let client = Client::new(connection.base_url.clone(), key).unwrap();
    desk.inner.store.remember(&connection).unwrap();
    let epoch = desk.state().connect(connection, client);
    desk.show_now(Shown::All, now()).unwrap();
    epoch
}

fn token() -> entri_api::Token {
    entri_api::Token {
        id: "".into(),
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

/// A loaded list with one token of this name.
fn loaded(id: u32, name: &str) -> Loaded {
    let mut builder = Builder::new(ConnectionId(id), &[]);
    builder.push(&TokenRecord { name, ..TokenRecord::sample("t-1") });
    let list = builder.finish();
    let skew = Some(TimeDelta::zero());
    Loaded {
        connection: connection(id),
        list: Arc::new(list),
        gaps: Vec::new(),
        ambiguous: HashSet::new(),
        skew,
        took: TimeDelta::zero(),
    }
}

/// Keeps a list as at the end of a load with this session.
fn keep(desk: &Desk, epoch: u32, loaded: &Loaded) {
    let mut running = {
        let mut state = desk.state();
        let held = state.connection_mut(loaded.connection.id).unwrap();
        Running::new(desk, held)
    };
    running.epoch = epoch;
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
    keep(&desk, first, &loaded(1, "first"));
    assert_eq!((shown(&desk), on_disk(&desk, 1)), (vec!["first".to_owned()], shown(&desk)));
    assert_eq!(on_disk(&desk, 2), [""; 0]);
    assert_eq!(desk.inner.store.connections().unwrap()[1].synced_at, None);
    keep(&desk, second, &loaded(2, "second"));
    assert_eq!(shown(&desk), ["first", "second"]);
    assert_eq!([on_disk(&desk, 1), on_disk(&desk, 2)].concat(), shown(&desk));
}

#[tokio::test]
async fn a_list_loaded_with_an_earlier_credential_is_dropped() {
    let (_folder, desk) = desk();
    let earlier = use_connection(&desk, 1);
    keep(&desk, earlier, &loaded(1, "first"));
    use_connection(&desk, 1);
    keep(&desk, earlier, &loaded(1, "late"));
    assert_eq!((shown(&desk), on_disk(&desk, 1)), (vec!["first".to_owned()], shown(&desk)));
}
