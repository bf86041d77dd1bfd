//! Single values in the forms servers give them (docs/entri-api.md#tokens, #tolerance).

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::time::date;
use crate::model::person::Creator;

/// The longest value of a field that is read as a whole, in bytes as it was sent: no honest one is
/// longer but pictures, and a list of nothing takes eighty times the memory of its text.
pub(super) const LONGEST: usize = 8 * 1024;
/// The longest id, in bytes. A longer one fits into no address that names what it is of.
pub(crate) const LONGEST_ID: usize = 1024;
/// How deep a record is read with its numbers as they were sent: an id may be that of an object
/// (`{"user":{"_id":{"$oid":…}}}`), and nothing below that is looked at.
const EXACT_LEVELS: usize = 3;
/// The same for a field of an object that is long by something else, such as the picture of a user.
const LONGEST_WITHIN: usize = 1024;
/// What is searched for in an object within a record.
const KNOWN: [&str; 12] = [
    "$oid",
    "_id",
    "id",
    "user",
    "userId",
    "name",
    "email",
    "role",
    "$date",
    "$numberLong",
    "seconds",
    "nanos",
];

/// A value whose numbers are texts, digit by digit as they were sent: an id may be longer than any
/// number that a computer counts with (docs/entri-api.md#ids). `None` for what cannot be read. What is
/// too long is read in part: the start of a text, the known fields of an object.
pub(super) fn exact(raw: &RawValue) -> Option<Value> {
    let text = raw.get();
    if text.len() <= LONGEST {
        return exact_to(text, EXACT_LEVELS);
    }
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok().map(shortened).map(Value::String),
        b'{' => known(text, EXACT_LEVELS - 1, LONGEST_WITHIN),
        _ => None,
    }
}

/// The known fields of an object, as far as none is longer than that.
fn known(text: &str, levels: usize, longest: usize) -> Option<Value> {
    let fields = Fields::read(text, |name| KNOWN.contains(&name))?;
    let short = |value: &&RawValue| value.get().len() <= longest;
    let read = |value: &RawValue| exact_to(Some(value).filter(short)?.get(), levels);
    Some(Value::Object(fields.each(read)))
}

/// The start of a text, with a sign that it was cut.
fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
        text.push('…');
        text.shrink_to_fit();
    }
    text
}

fn exact_to(text: &str, levels: usize) -> Option<Value> {
    match text.as_bytes().first()? {
        b'-' | b'0'..=b'9' => Some(Value::String(text.to_owned())),
        b'{' if levels > 0 => known(text, levels - 1, LONGEST),
        _ => serde_json::from_str(text).ok(),
    }
}

/// Whether an id was sent as a number that lost digits, or the way it was written, when it was read.
pub(super) fn lost_digits(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Object(fields) => {
            ["_id", "id", "$oid"].iter().any(|name| fields.get(*name).is_some_and(lost_digits))
        }
        _ => false,
    }
}

pub(super) fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text, a number, or `{"$oid": …}`; never empty, nor longer than any honest one.
pub(super) fn id(value: Value) -> Option<String> {
    let value = match value {
        Value::Object(mut object) => object.remove("$oid")?,
        value => value,
    };
    text(value).filter(|id| (1..=LONGEST_ID).contains(&id.len()))
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

/// A list, or a text with spaces or commas between; each once.
pub(super) fn scopes(value: Value) -> Vec<String> {
    let mut scopes: Vec<String> = match value {
        Value::Array(list) => list.into_iter().filter_map(text).collect(),
        Value::String(list) => {
            list.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let mut seen = HashSet::new();
    scopes.retain(|scope| seen.insert(scope.clone()));
    scopes
}

/// A preview is a few characters; something longer might be the value itself (docs/entri-api.md#tokens).
pub(super) fn preview(value: Value) -> Option<String> {
    const LONGEST: usize = 16;
    text(value).filter(|text| text.chars().filter(char::is_ascii_alphanumeric).count() <= LONGEST)
}

/// Whether something is said to be so: yes or no, or the time in milliseconds from which on it is.
/// `None` if nothing is reported: a date that stands for "none" says neither, and what cannot be read
/// must not end a token that lives.
pub(super) fn said(value: &Value) -> Option<Value> {
    let word = match value {
        Value::Bool(yes) => return Some(Value::Bool(*yes)),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_ascii_lowercase(),
        _ => String::new(),
    };
    match &*word {
        "true" | "yes" | "1" => Some(Value::Bool(true)),
        "false" | "no" | "0" => Some(Value::Bool(false)),
        _ => date(value).at().map(|from| Value::from(from.timestamp_millis())),
    }
}

/// What [`said`] gave, at a time. One that is yet to come says nothing about it: a token that is to be
/// revoked later works until then.
pub(super) fn says(said: &Value, now: DateTime<Utc>) -> Option<bool> {
    match said {
        Value::Bool(yes) => Some(*yes),
        from => (from.as_i64()? <= now.timestamp_millis()).then_some(true),
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
        assert_eq!(scopes(json!(["b", "a", "b"])), ["b", "a"]);
        assert_eq!(scopes(json!("a a,b")), ["a", "b"]);
        assert!(scopes(json!({"a": true})).is_empty());
    }

    #[test]
    fn a_full_value_is_no_preview() {
        assert_eq!(preview(json!("entri_7h2K")).unwrap(), "entri_7h2K");
        assert_eq!(preview(json!("entri_••••1Td6")).unwrap(), "entri_••••1Td6");
        assert_eq!(preview(json!("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4")), None);
    }

    fn at_ten(value: &Value) -> Option<bool> {
        says(&said(value)?, "2026-11-24T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn yes_and_no_have_many_forms() {
        for yes in [json!(true), json!(1), json!("True"), json!("2026-11-24T10:00:00Z")] {
            assert_eq!(at_ten(&yes), Some(true), "{yes}");
        }
        assert_eq!(at_ten(&json!({"$date": 1_763_650_980_000_i64})), Some(true));
        for no in [json!(false), json!(0), json!("False"), json!("no")] {
            assert_eq!(at_ten(&no), Some(false), "{no}");
        }
    }

    #[test]
    fn what_is_neither_yes_nor_no_says_nothing() {
        for nothing in [
            json!(null),
            json!(-1),
            json!("-1"),
            json!(7),
            json!("0001-01-01T00:00:00Z"),
            json!("1970-01-01T00:00:00Z"),
            json!("0000-00-00"),
            // Later, it will be so.
            json!("2026-11-24T10:00:00.001Z"),
            json!("2027-06-01"),
            json!("nobody"),
            json!([]),
            json!({}),
        ] {
            assert_eq!(at_ten(&nothing), None, "{nothing}");
        }
    }

    /// An entry keeps only a small part of a value, whatever arrives.
    #[test]
    fn what_is_too_long_is_read_in_part() {
        let read = |text: &str| exact(serde_json::from_str(text).unwrap());
        let long = "é".repeat(LONGEST);
        let text = read(&format!(r#""{long}""#)).unwrap();
        let text = text.as_str().unwrap();
        assert!(text.len() <= LONGEST + '…'.len_utf8() && text.ends_with("é…"), "{}", text.len());
        for none in [format!("[{}1]", "1,".repeat(LONGEST)), "1".repeat(LONGEST + 1)] {
            assert_eq!(read(&none), None);
        }
        let user = read(&format!(r#"{{"image":"{long}","name":"{long}","id":7,"role":["a"]}}"#));
        assert_eq!(user, Some(json!({"id": "7", "role": ["a"]})));
        assert_eq!(id(json!("x".repeat(LONGEST_ID))).map(|id| id.len()), Some(LONGEST_ID));
        assert_eq!(id(json!("x".repeat(LONGEST_ID + 1))), None);
    }

    #[test]
    fn numbers_keep_their_digits() {
        let read = |text: &str| exact(serde_json::from_str(text).unwrap());
        let long = "123456789012345678901234567890";
        for number in [long, "7", "-0", "1.50", "1E9"] {
            assert_eq!(read(number), Some(json!(number)));
        }
        let nested = format!(r#"{{"user":{{"_id":{{"$oid":{long}}},"name":"\ud83d","x":1}}}}"#);
        assert_eq!(read(&nested), Some(json!({"user": {"_id": {"$oid": long}}})));
        assert_eq!(read(r#""\ud83d""#), None);
        let deep = format!("{}1{}", r#"{"a":"#.repeat(100), "}".repeat(100));
        assert!(read(&deep).is_some());
    }
}
