//! The answer to a create: the only time that a token's value is told.

use entri_api::{CreatedToken, Secret, answers};
use serde_json::Value;

const NAMES_OF_THE_VALUE: [&str; 6] = ["token", "key", "apiKey", "value", "plainToken", "rawToken"];
/// Fields of the record, whose texts may look like a value (contract §5).
const OF_THE_RECORD: [&str; 14] = [
    "_id",
    "id",
    "tokenId",
    "name",
    "label",
    "description",
    "prefix",
    "tokenPrefix",
    "preview",
    "start",
    "maskedToken",
    "last4",
    "lastFour",
    "hint",
];
const PREFIX: &str = "entri_";

/// The value is found, or what came is kept; and it is none of the token's other fields.
///
/// # Panics
/// Where that does not hold.
pub fn create(bytes: &[u8]) {
    // A byte order mark is dropped, and what is not UTF-8 costs a character (contract §5).
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let answer = serde_json::from_str::<Value>(&text).ok();
    let mut texts = Vec::new();
    collect("", answer.as_ref().unwrap_or(&Value::Null), &mut texts);
    let outcome = answers::created(bytes);
    match &outcome {
        Ok(created) => understood(created, &texts),
        Err(kept) => {
            let whole = kept.expose() == text;
            assert!(whole || is_one_of(kept, &texts), "neither the answer nor its value is kept");
        }
    }
    if let Some((id, value)) = answer.as_ref().and_then(documented) {
        let created = outcome.expect("the documented form is understood");
        assert_eq!((&*created.token.id, created.secret.expose()), (id, value));
    }
}

fn understood(created: &CreatedToken, texts: &[(&str, &str)]) {
    let (token, value) = (&created.token, created.secret.expose());
    assert!(!token.id.is_empty() && is_one_of(&created.secret, texts), "{token:?}");
    let places: Vec<_> = texts.iter().filter(|(_, text)| *text == value).collect();
    let by_name = places.iter().any(|(name, _)| NAMES_OF_THE_VALUE.contains(name));
    let own = |(name, _): &&&(&str, &str)| OF_THE_RECORD.contains(name);
    let other_field = !places.is_empty() && places.iter().filter(own).count() == places.len();
    assert!(by_name || !other_field, "handed over for a value: {value}");
    let alone = texts.iter().filter(|(_, text)| text.contains(value)).count() == 1;
    if alone && value.starts_with(PREFIX) {
        assert!(!format!("{created:?}").contains(value), "the value is printed");
    }
}

fn is_one_of(secret: &Secret, texts: &[(&str, &str)]) -> bool {
    !secret.expose().is_empty() && texts.iter().any(|(_, text)| *text == secret.expose())
}

/// Every text with the name of the field it is in.
fn collect<'a>(name: &'a str, value: &'a Value, texts: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => texts.push((name, text)),
        Value::Array(list) => list.iter().for_each(|item| collect(name, item, texts)),
        Value::Object(fields) => fields.iter().for_each(|(name, item)| collect(name, item, texts)),
        _ => {}
    }
}

/// Id and value, where the answer has the form that Entri documents.
fn documented(answer: &Value) -> Option<(&str, &str)> {
    // A text that lost a character is no value to hand over.
    let whole = |text: &&str| !text.is_empty() && !text.contains(char::REPLACEMENT_CHARACTER);
    let text = |name| answer.get(name)?.as_str().filter(whole);
    Some((text("_id")?, text("token")?))
}
