//! A list that was loaded while the connection changed, at the two moments that cannot be met from
//! outside.

use entri_api::BaseUrl;

use super::*;
use crate::connection::CredentialStorage;
use crate::desk::Session;
use crate::inventory::{Builder, TokenRecord};

fn now() -> DateTime<Utc> {
    "2026-11-24T14:02:00Z".parse().unwrap()
}

fn connection(organization_id: &str) -> Connection {
    Connection {
        base_url: BaseUrl::parse("https://entri.example").unwrap(),
        organization_id: organization_id.to_owned(),
        organization_name: organization_id.to_owned(),
        storage: CredentialStorage::Session,
        sandbox: false,
    }
}

fn use_connection(desk: &Desk, number: u32, organization_id: &str) {
    desk.inner.store.remember(&connection(organization_id)).unwrap();
    let connection = Some(connection(organization_id));
    *desk.session() = Session { number, connection, client: None };
}

/// One token of the organization.
fn loaded(organization_id: &str) -> Loaded {
    let mut builder = Builder::new(Vec::new());
    builder.push(&TokenRecord {
        id: "t-1",
        name: organization_id,
        project_id: None,
        scopes: "",
        created: None,
        expires: None,
        last_used: None,
        last_used_reported: true,
        revoked: false,
        preview: None,
        created_by: None,
    });
    let connection = connection(organization_id);
    Loaded { connection, list: builder.finish(), complete: true, problems: Vec::new() }
}

fn names(list: &Inventory) -> Vec<&str> {
    list.records().map(|token| token.name).collect()
}

#[test]
fn a_list_is_shown_and_kept_under_its_own_connection_only() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path(), now()).unwrap();
    use_connection(&desk, 1, "first");
    desk.keep(1, loaded("first"), now());
    assert_eq!(names(&desk.search().list), ["first"]);
    assert_eq!(names(&desk.inner.store.load_list().unwrap()), ["first"], "the control");

    // The load was done, and before it was shown another connection came.
    use_connection(&desk, 2, "second");
    desk.keep(1, loaded("late"), now());
    assert_eq!(names(&desk.search().list), ["first"], "what was shown is left alone");
    assert!(desk.inner.store.load_list().unwrap().is_empty());
    assert_eq!(desk.inner.store.connection().unwrap().unwrap().synced_at, None);
}

/// Connecting writes the new connection down before it is the one in use.
#[test]
fn a_list_is_not_written_down_once_another_connection_is() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path(), now()).unwrap();
    use_connection(&desk, 1, "first");
    desk.keep(1, loaded("first"), now());
    desk.inner.store.remember(&connection("second")).unwrap();
    for list in ["first", "changed"] {
        desk.keep(1, loaded(list), now());
        assert!(desk.inner.store.load_list().unwrap().is_empty(), "{list}");
        let remembered = desk.inner.store.connection().unwrap().unwrap();
        assert_eq!(remembered.connection, connection("second"));
        assert_eq!(remembered.synced_at, None, "{list}");
    }
}
