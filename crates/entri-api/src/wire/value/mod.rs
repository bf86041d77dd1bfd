//! Single values in the forms servers give them (docs/entri-api.md#tokens, #tolerance).

mod fields;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::Value;
use serde_json::value::RawValue;

use super::time::date;
use crate::model::person::Creator;
pub(crate) use fields::Fields;

/// The longest field that is read completely, in bytes as sent. Only pictures are longer, and a
/// list of empty values takes eighty times the memory of its text.
pub(super) const LONGEST: usize = 8 * 1024;
/// The longest id, in bytes. No address has room for a longer one.
pub(crate) const LONGEST_ID: usize = 1024;
/// How many levels of a record keep their numbers as sent: an id may be inside an object
/// (`{"user":{"_id":{"$oid":…}}}`), and nothing deeper is used.
const EXACT_LEVELS: usize = 3;
/// The same for a field of an object that is long by something else, such as the picture of a user.
const LONGEST_WITHIN: usize = 1024;
/// The fields that are read from an object within a record.
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

/// Reads a text, a number, or `{"$oid": …}`; `None` if it is empty or longer than any id can be.
pub(super) fn id(value: Value) -> Option<String> {
    let value = match value {
        Value::Object(mut object) => object.remove("$oid")?,
        value => value,
    };
    text(value).filter(|id| (1..=LONGEST_ID).contains(&id.len()))
}

/// Reads an id, or the id of an object.
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

/// Reads a list, or a text separated by spaces or commas; each scope once.
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

/// What a field says about a state: yes, no, or the time in milliseconds from which it holds.
/// `None` if it says nothing: a date that stands for "none" says neither, and an unreadable value
/// must not end a live token.
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

/// Evaluates the result of [`said`] at a time. A time in the future says nothing yet: a token that
/// will be revoked later works until then.
pub(super) fn says(said: &Value, now: DateTime<Utc>) -> Option<bool> {
    match said {
        Value::Bool(yes) => Some(*yes),
        from => (from.as_i64()? <= now.timestamp_millis()).then_some(true),
    }
}
