//! One page of a list of tokens, in any form a server may give it.

use std::collections::HashMap;

use entri_api::{Token, answers};
use serde_json::value::RawValue;

use super::fields::Fields;

/// The longest preview of a value, in letters and digits.
const LONGEST_PREVIEW: usize = 16;
/// The longest id that is read, in bytes, and the most entries of a page.
const LONGEST_ID: usize = 1024;
const MOST_ENTRIES: usize = 100_000;
const NAMES_OF_AN_ID: [&str; 3] = ["_id", "id", "tokenId"];
const ENVELOPES: [(&str, &str); 4] = [
    (r#"{"data":"#, "}"),
    (r#"{"meta":{"totalPages":3},"apiTokens":"#, "}"),
    (r#"{"data":{"items":"#, r#"},"total":"7"}"#),
    (r#"{"data":null,"docs":"#, r#","totalPages":1e999}"#),
];

/// No token with an id is lost and none is invented, whatever else its record has and whatever
/// envelope it comes in.
///
/// # Panics
///
/// If that doesn't hold.
pub fn list(bytes: &[u8]) {
    let entries = answers::list::<Token>(bytes);
    let Ok(records) = serde_json::from_slice::<Vec<Box<RawValue>>>(bytes) else { return };
    let entries = entries.expect("an array is a list");
    assert_eq!(entries.len(), records.len().min(MOST_ENTRIES), "an entry for each record");
    for (entry, record) in entries.iter().zip(&records) {
        agrees(entry.as_ref(), record);
    }
    for (before, after) in ENVELOPES {
        let wrapped = [before.as_bytes(), bytes, after.as_bytes()].concat();
        assert_eq!(answers::list::<Token>(&wrapped).as_ref(), Some(&entries), "{before}");
    }
}

fn agrees(entry: Option<&Token>, record: &RawValue) {
    let ids = ids(record);
    let Some(token) = entry else {
        assert!(ids.is_empty(), "a token with the id {} is lost: {record}", ids[0]);
        return;
    };
    assert!(ids.contains(&token.id.0), "{} is made up: {record}", token.id);
    let preview = token.preview.iter().flat_map(|preview| preview.chars());
    assert!(preview.filter(char::is_ascii_alphanumeric).count() <= LONGEST_PREVIEW, "{record}");
}

/// Whatever may be the record's id.
fn ids(record: &RawValue) -> Vec<String> {
    let Ok(Fields(fields)) = serde_json::from_str(record.get()) else { return Vec::new() };
    let named = fields.iter().filter(|(name, _)| NAMES_OF_AN_ID.contains(&name.as_str()));
    named.filter_map(|(_, value)| id(value)).collect()
}

/// A text, or a number as it was sent; none that is longer than any honest one.
fn id(value: &RawValue) -> Option<String> {
    let object: Option<HashMap<String, Box<RawValue>>> = serde_json::from_str(value.get()).ok();
    let value = match &object {
        Some(object) => object.get("$oid")?,
        None => value,
    };
    let id = match value.get().as_bytes()[0] {
        b'-' | b'0'..=b'9' => Some(value.get().to_owned()),
        _ => serde_json::from_str(value.get()).ok(),
    };
    id.filter(|id: &String| (1..=LONGEST_ID).contains(&id.len()))
}
