//! Single values in the forms servers give them (contract §5, §13).

use serde_json::Value;

use crate::person::Creator;

pub(super) fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text, a number, or `{"$oid": …}`; never empty.
pub(super) fn id(value: Value) -> Option<String> {
    let value = match value {
        Value::Object(mut object) => object.remove("$oid")?,
        value => value,
    };
    text(value).filter(|id| !id.is_empty())
}

/// An id, or that of an object.
pub(super) fn id_of(value: Value) -> Option<String> {
    match value {
        Value::Object(mut object) if !object.contains_key("$oid") => {
            object.remove("_id").or_else(|| object.remove("id")).and_then(id)
        }
        value => id(value),
    }
}

/// The name of an object.
pub(super) fn name_of(value: &Value) -> Option<String> {
    value.get("name")?.as_str().filter(|name| !name.is_empty()).map(str::to_owned)
}

/// Who created a token: an object, or one text, which may be an id, a name or an address.
pub(super) fn creator(value: Value) -> Option<Creator> {
    let said =
        |field: &str| value.get(field)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (name, email) = (said("name"), said("email"));
    let creator = Creator { id: id_of(value), name, email };
    (creator != Creator::default()).then_some(creator)
}

/// A list, or a text with blanks or commas between.
pub(super) fn scopes(value: Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.into_iter().filter_map(text).collect(),
        Value::String(list) => {
            list.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// A preview is a few characters; something longer might be the value itself (contract §5).
pub(super) fn preview(value: Value) -> Option<String> {
    const LONGEST: usize = 16;
    text(value).filter(|text| text.chars().filter(char::is_ascii_alphanumeric).count() <= LONGEST)
}

/// Whether something is said to be so: `true`, or the time at which it became so.
pub(super) fn says_yes(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !["false", "0", "no"].iter().any(|no| text.eq_ignore_ascii_case(no)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_come_in_several_forms() {
        let id = |value| id_of(value);
        assert_eq!(id(json!("a")).as_deref(), Some("a"));
        assert_eq!(id(json!(7)).as_deref(), Some("7"));
        assert_eq!(id(json!({"$oid": "a"})).as_deref(), Some("a"));
        assert_eq!(id(json!({"_id": {"$oid": "a"}, "name": "x"})).as_deref(), Some("a"));
        assert_eq!(id(json!({"id": "a"})).as_deref(), Some("a"));
        for none in [json!(""), json!({"$oid": ""}), json!({}), json!(null), json!([1])] {
            assert_eq!(id(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn a_creator_is_named_as_well_as_can_be() {
        let shown = |value| creator(value).map(|it| it.shown().to_owned());
        let all = json!({"id": "u-5", "name": "Mira", "email": "m@x.test"});
        assert_eq!(shown(all.clone()).unwrap(), "Mira");
        let [id, name, email] = ["u-5", "Mira", "m@x.test"].map(|text| Some(text.to_owned()));
        assert_eq!(creator(all), Some(Creator { id, name, email }));
        let nameless = json!({"id": "u-5", "name": "", "email": "m@x.test"});
        assert_eq!(shown(nameless).unwrap(), "m@x.test");
        assert_eq!(shown(json!({"_id": "u-5"})).unwrap(), "u-5");
        assert_eq!(shown(json!("u-5")).unwrap(), "u-5");
        assert_eq!(shown(json!({})), None);
    }

    #[test]
    fn scopes_are_a_list_or_a_text() {
        assert_eq!(scopes(json!(["a", 7, null, "b"])), ["a", "7", "b"]);
        assert_eq!(scopes(json!("a, b c")), ["a", "b", "c"]);
        assert!(scopes(json!({"a": true})).is_empty());
    }

    #[test]
    fn a_full_value_is_no_preview() {
        assert_eq!(preview(json!("entri_7h2K")).unwrap(), "entri_7h2K");
        assert_eq!(preview(json!("entri_••••1Td6")).unwrap(), "entri_••••1Td6");
        assert_eq!(preview(json!("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4")), None);
    }

    #[test]
    fn yes_has_many_forms() {
        for yes in [json!(true), json!(1), json!("2026-11-24T10:00:00Z"), json!("true")] {
            assert!(says_yes(&yes), "{yes}");
        }
        for no in [json!(false), json!(0), json!("False"), json!(null)] {
            assert!(!says_yes(&no), "{no}");
        }
    }
}
