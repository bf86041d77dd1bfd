//! Which field of a record counts, and that none costs the row.

mod state;

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn token(value: &Value) -> Token {
    Record::read(&value.to_string()).unwrap().into_token(now()).unwrap()
}

#[test]
fn the_first_name_that_says_anything_wins() {
    let token = token(&json!({
        "id": "second", "description": "third", "label": "second", "name": "",
        "_id": null, "usedAt": "2026-01-01T00:00:00Z", "lastUsedAt": "2026-02-01T00:00:00Z",
    }));
    assert_eq!((&*token.id.0, &*token.name), ("second", "second"));
    assert_eq!(token.last_used_at, Date::At("2026-02-01T00:00:00Z".parse().unwrap()));
}

#[test]
fn a_sentinel_leaves_it_to_the_next_name() {
    let token = token(&json!({
        "id": "a", "lastUsedAt": "0001-01-01T00:00:00Z", "lastUsed": "2026-02-01T00:00:00Z",
        "expiresAt": "soon", "expires": "2027-02-01T00:00:00Z",
    }));
    assert_eq!(token.last_used_at, Date::At("2026-02-01T00:00:00Z".parse().unwrap()));
    assert_eq!(token.expires_at, Date::Unreadable);
}

#[test]
fn what_is_there_and_cannot_be_read_is_not_missing() {
    for value in [r#""soon""#, "true", r#""2026-11-20\ud83d""#, "{}"] {
        let record = format!(r#"{{"id":"a","lastUsedAt":{value}}}"#);
        let token = Record::read(&record).unwrap().into_token(now()).unwrap();
        assert_eq!(
            (token.last_used_at, token.last_used_reported),
            (Date::Unreadable, true),
            "{value}"
        );
    }
    let none = token(&json!({"id": "a", "lastUsedAt": null, "expiresAt": 0}));
    assert_eq!(
        (none.last_used_at, none.expires_at, none.created_at),
        (Date::None, Date::None, Date::None)
    );
}

#[test]
fn an_id_keeps_its_digits() {
    let long = "123456789012345678901234567890";
    let read =
        |text: &str| Record::read(&text.replace('#', long)).unwrap().into_token(now()).unwrap();
    let flat = read(
        r#"{"_id":#,"name":#,"organizationId":#,"projectId":#,"createdBy":#,"created":1795186980}"#,
    );
    assert_eq!([&*flat.id.0, &*flat.name], [long, long]);
    assert_eq!(
        (flat.organization_id.unwrap(), flat.project_id.unwrap()),
        (long.into(), long.into())
    );
    assert_eq!(flat.created_by.unwrap().id.as_deref(), Some(long));
    assert_eq!(flat.created_at, Date::At("2026-11-20T15:03:00Z".parse().unwrap()));
    let nested =
        read(r#"{"id":{"$oid":#},"project":{"_id":#,"name":"Ferry"},"user":{"id":{"$oid":#}}}"#);
    assert_eq!([&*nested.id.0, &nested.project_id.unwrap().0], [long, long]);
    assert_eq!(nested.created_by.unwrap().id.as_deref(), Some(long));
    assert_eq!(read(r#"{"id":1.50}"#).id.0, "1.50");
    let project = Record::read(&format!(r#"{{"_id":-{long},"name":"Ferry"}}"#)).unwrap();
    assert_eq!(project.into_project(now()).unwrap().id.0, format!("-{long}"));
}

#[test]
fn no_use_is_not_the_same_as_not_reported() {
    assert!(token(&json!({"id": "a", "lastUse": null})).last_used_reported);
    assert!(!token(&json!({"id": "a"})).last_used_reported);
}

#[test]
fn an_owner_is_an_id_or_an_object() {
    let flat = token(&json!({"id": "a", "organization": "o", "projectId": "p"}));
    assert_eq!((flat.organization_id.unwrap(), flat.project_id.unwrap()), ("o".into(), "p".into()));
    let nested = token(&json!({"id": "a", "project": {"_id": "p", "name": "Ferry"}}));
    assert_eq!(
        (nested.project_id.unwrap(), nested.project_name.unwrap()),
        ("p".into(), "Ferry".into())
    );
    let both = token(&json!({"id": "a", "projectId": "p", "project": {"name": "Ferry"}}));
    assert_eq!(
        (both.project_id.unwrap(), both.project_name.unwrap()),
        ("p".into(), "Ferry".into())
    );
}

fn now() -> DateTime<Utc> {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

#[test]
fn a_full_value_in_a_list_is_dropped() {
    let value = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4";
    let token = token(&json!({"id": "a", "token": value, "prefix": value, "extra": [value]}));
    assert!(!format!("{token:?}").contains(value));
}

#[test]
fn without_an_id_there_is_no_token() {
    for none in [json!({}), json!({"name": "a"}), json!({"_id": {}}), json!({"id": [1]})] {
        let record: Record = serde_json::from_str(&none.to_string()).unwrap();
        assert!(record.into_token(now()).is_none(), "{none}");
    }
}

#[test]
fn what_is_no_id_leaves_it_to_the_next_name() {
    assert_eq!(token(&json!({"_id": {}, "id": "a"})).id.0, "a");
    assert_eq!(token(&json!({"_id": "", "id": [1], "tokenId": 7})).id.0, "7");
}

#[test]
fn what_cannot_be_read_never_costs_the_row() {
    let deep = format!(r#"{{"id":"a","user":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    for record in [
        r#"{"id":"a","name":"Deploy \ud83d"}"#,
        r#"{"id":"a","\ud83d":1}"#,
        r#"{"id":"a","created":1e999}"#,
        &deep,
    ] {
        assert_eq!(Record::read(record).unwrap().into_token(now()).unwrap().name, "a");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("\\$oid|\\$date|_id|name", inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    /// A record with an id is a token, whatever its other fields have.
    #[test]
    fn an_odd_field_never_costs_the_row(
        field in "name|created|expiresAt|lastUsed|prefix|project|createdBy|scopes|revoked|isActive|status",
        value in any_json(),
    ) {
        prop_assert_eq!(token(&json!({"_id": "a", field: value})).id.0, "a");
    }
}
