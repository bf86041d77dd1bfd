//! A member of the organization, flat or with a nested user (docs/entri-api.md#members).

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::value::Fields;
use super::value::{id, text};
use crate::model::person::{Member, Role};

const KNOWN: [&str; 7] = ["_id", "id", "userId", "user", "name", "email", "role"];

/// `None` if it isn't a record or has no id.
pub(crate) fn member(raw: &RawValue) -> Option<Member> {
    let record = Fields::read(raw.get(), |name| KNOWN.contains(&name))?.exact();
    let user = record.get("user");
    let nested = user.and_then(Value::as_object);
    let first = |names: &[&str], record: &Map<String, Value>| {
        names.iter().find_map(|name| id(record.get(*name)?.clone()))
    };
    // A membership's id differs from its user's, which other records use.
    let own_id = first(&["_id", "id"], &record);
    let user_id = nested
        .and_then(|user| first(&["_id", "id", "userId"], user))
        .or_else(|| first(&["userId"], &record))
        .or_else(|| id(user?.clone()));
    let (id, membership_id) = match user_id {
        Some(user_id) => (user_id, own_id),
        None => (own_id?, None),
    };
    let said = |name: &str| {
        let value = nested.and_then(|user| said_in(user, name));
        value.or_else(|| said_in(&record, name))
    };
    let email = said("email");
    let name = said("name").or_else(|| email.clone()).unwrap_or_else(|| id.clone());
    // The membership's role counts; the user object may have another one.
    let role = said_in(&record, "role").or_else(|| said_in(nested?, "role")).map(Role::from);
    Some(Member { id, membership_id, name, email, role })
}

/// A text, or several with commas between.
fn said_in(record: &Map<String, Value>, name: &str) -> Option<String> {
    let value = match record.get(name)? {
        Value::Array(list) => {
            let words: Vec<_> = list.iter().cloned().filter_map(text).collect();
            words.join(", ")
        }
        value => text(value.clone())?,
    };
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Option<Member> {
        member(serde_json::from_str(body).unwrap())
    }

    #[test]
    fn a_member_is_flat_or_nested() {
        let expected = Member {
            id: "u-9".into(),
            membership_id: None,
            name: "Ole Dahl".into(),
            email: Some("ole@example.test".into()),
            role: Some(Role::from("Developer".to_owned())),
        };
        let forms = [
            r#"{"_id":"u-9","name":"Ole Dahl","email":"ole@example.test","role":"Developer"}"#,
            r#"{"id":"m-1","userId":"u-9","name":"Ole Dahl","email":"ole@example.test","role":"Developer"}"#,
            r#"{"user":{"id":"u-9","name":"Ole Dahl","email":"ole@example.test"},"role":"Developer"}"#,
            r#"{"_id":"m-1","user":{"_id":{"$oid":"u-9"},"name":"Ole Dahl","email":"ole@example.test","role":"user"},"role":["Developer"]}"#,
            r#"{"_id":"m-1","user":"u-9","name":"Ole Dahl","email":"ole@example.test","role":"Developer"}"#,
            r#"{"user":{"userId":"u-9","name":"Ole Dahl","email":"ole@example.test","role":"Developer"}}"#,
        ];
        for form in forms {
            let told = form.contains("m-1").then(|| "m-1".to_owned());
            let expected = Member { membership_id: told, ..expected.clone() };
            assert_eq!(read(form), Some(expected), "{form}");
        }
    }

    #[test]
    fn an_id_keeps_its_digits() {
        let long = "123456789012345678901234567890";
        for form in [
            format!(r#"{{"_id":7,"user":{{"_id":{long},"name":"Ole"}}}}"#),
            format!(r#"{{"_id":7,"user":{{"id":{{"$oid":{long}}}}}}}"#),
            format!(r#"{{"id":7,"userId":{long}}}"#),
        ] {
            let member = read(&form).unwrap();
            assert_eq!((&*member.id, member.membership_id.as_deref()), (long, Some("7")), "{form}");
        }
    }

    #[test]
    fn what_is_missing_costs_no_member() {
        let bare = read(r#"{"id":"u-9","name":null,"role":7}"#).unwrap();
        assert_eq!((&*bare.name, bare.email), ("u-9", None));
        assert_eq!(bare.role.unwrap().text(), "7");
        assert_eq!(read(r#"{"id":"u-9","email":"o@x.test"}"#).unwrap().name, "o@x.test");
        for none in ["{}", "7", "null", r#"{"name":"no id"}"#] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn an_odd_field_never_costs_the_row(value in "(null|7|true|\"\"|\\[\\]|\\{\\}|\\[1,\"a\"\\])", field in "user|userId|name|email|role") {
            let body = format!(r#"{{"_id":"u-9","{field}":{value}}}"#);
            prop_assert!(read(&body).is_some(), "{}", body);
        }
    }
}
