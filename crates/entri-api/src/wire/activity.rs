//! An entry of the activity log (docs/entri-api.md#activity).

use serde_json::value::RawValue;

use super::time::date;
use super::value::Fields;
use super::value::{id, id_of, text};
use crate::model::activity::LogEntry;
use crate::model::date::Date;

const KNOWN: [&str; 9] =
    ["_id", "id", "action", "created", "createdAt", "userName", "userId", "targetType", "targetId"];

/// `None` if it isn't a record or has no id. Any other missing field doesn't cost the row.
pub(crate) fn log_entry(raw: &RawValue) -> Option<LogEntry> {
    let record = Fields::read(raw.get(), |name| KNOWN.contains(&name))?.exact();
    let value = |names: &[&str]| names.iter().find_map(|name| record.get(*name)).cloned();
    let said = |names: &[&str]| value(names).and_then(text).filter(|text| !text.is_empty());
    Some(LogEntry {
        id: value(&["_id", "id"]).and_then(id)?,
        action: said(&["action"]).unwrap_or_default(),
        // The documentation stresses that it is not `createdAt`; a server may think otherwise.
        at: value(&["created", "createdAt"]).as_ref().map_or(Date::None, date),
        who: said(&["userName"]).or_else(|| value(&["userId"]).and_then(id_of)),
        target_type: said(&["targetType"]),
        target_id: value(&["targetId"]).and_then(id_of),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Option<LogEntry> {
        log_entry(serde_json::from_str(body).unwrap())
    }

    #[test]
    fn what_is_missing_costs_no_row() {
        let whole = read(
            r#"{"_id":"a-1","action":"key.created","userId":"u-9","userName":"Ole Dahl","projectId":"p","targetId":"k-1","targetType":"key","metadata":{},"created":"2026-11-24T14:02:00.000Z"}"#,
        )
        .unwrap();
        assert_eq!(
            (whole.who.as_deref(), whole.target_id.as_deref()),
            (Some("Ole Dahl"), Some("k-1"))
        );
        assert!(whole.at.at().is_some() && !whole.is_of_tokens());
        let bare = read(r#"{"id":7}"#).unwrap();
        assert_eq!((&*bare.id, &*bare.action, bare.who, bare.at), ("7", "", None, Date::None));
        let by_id = read(r#"{"_id":{"$oid":"a"},"userId":"u-9","userName":""}"#).unwrap();
        assert_eq!(by_id.who.as_deref(), Some("u-9"));
        assert_eq!(read(r#"{"action":"x"}"#), None);
        let long = "123456789012345678901234567890";
        let numbers =
            read(&format!(r#"{{"_id":{long},"targetId":{{"_id":{long}}},"created":"soon"}}"#));
        let numbers = numbers.unwrap();
        assert_eq!([&*numbers.id, numbers.target_id.as_deref().unwrap()], [long, long]);
        assert_eq!(numbers.at, Date::Unreadable);
    }

    #[test]
    fn a_token_is_known_by_the_action_or_the_target() {
        let of = |action: &str, target: &str| {
            read(&format!(r#"{{"_id":"a","action":"{action}","targetType":"{target}"}}"#))
                .unwrap()
                .is_of_tokens()
        };
        for (action, target) in
            [("token.revoked", "x"), ("x", "ApiKey"), ("API_KEY.made", ""), ("x", "api-key")]
        {
            assert!(of(action, target), "{action} {target}");
        }
        assert!(!of("key.created", "key"));
    }

    proptest! {
        #[test]
        fn an_odd_field_never_costs_the_row(value in "(null|7|true|\"\"|\\[\\]|\\{\\}|\\[1,\"a\"\\])", field in "action|userId|userName|targetId|targetType|created|metadata") {
            let body = format!(r#"{{"_id":"a-1","{field}":{value}}}"#);
            prop_assert!(read(&body).is_some(), "{}", body);
        }
    }
}
