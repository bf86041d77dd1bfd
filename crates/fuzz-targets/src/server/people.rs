//! Lists of members, and of what was done.

use entri_api::{Date, LogEntry, Member, answers};
use serde_json::Value;

/// The longest id, and the longest other text, in bytes.
const LONGEST_ID: usize = 1024;
const LONGEST_TEXT: usize = 8 * 1024 + '…'.len_utf8();

/// A member is an entry with an id: each is named, by something that stands in the answer, and none of it
/// is endless.
///
/// # Panics
/// Where that does not hold.
pub fn member(bytes: &[u8]) {
    for (member, record) in entries::<Member>(bytes) {
        let optional = [&member.membership_id, &member.email].into_iter().flatten();
        let ids = [Some(&member.id), member.membership_id.as_ref()];
        assert!(ids.into_iter().flatten().all(|id| is_id(id)), "{record}");
        assert!(!member.name.is_empty(), "{record}");
        for text in optional.chain([&member.name]) {
            assert!(
                text.len() <= LONGEST_TEXT && is_in(text, &record),
                "{text} is not in {record}"
            );
        }
    }
}

/// The same for what was done, by whom, to what and when.
///
/// # Panics
/// Where that does not hold.
pub fn activity(bytes: &[u8]) {
    for (entry, record) in entries::<LogEntry>(bytes) {
        assert!(is_id(&entry.id), "{record}");
        let optional = [&entry.who, &entry.target_type, &entry.target_id];
        for text in optional.into_iter().flatten().chain([&entry.action]) {
            assert!(text.len() <= LONGEST_TEXT, "{} bytes", text.len());
        }
        let dated = ["created", "createdAt"].iter().any(|name| record.get(*name).is_some());
        assert!(dated || entry.at == Date::None, "{record}");
    }
}

/// The entries that could be read from a plain array, each with its record if that is plain JSON,
/// too.
fn entries<T: entri_api::Entry>(bytes: &[u8]) -> Vec<(T, Value)> {
    let entries = answers::list::<T>(bytes).unwrap_or_default();
    let Ok(records) = serde_json::from_slice::<Vec<Value>>(bytes) else { return Vec::new() };
    let both = entries.into_iter().zip(records);
    both.filter_map(|(entry, record)| Some((entry?, record))).collect()
}

fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
}

/// Whether a text, or a number that is written like it, stands in the record.
fn is_in(text: &str, record: &Value) -> bool {
    match record {
        Value::String(own) => own == text || text.ends_with('…'),
        // Numbers keep their digits, which a number of this computer's may not have.
        Value::Number(_) => text.starts_with(|first: char| first == '-' || first.is_ascii_digit()),
        Value::Array(list) => list.iter().any(|item| is_in(text, item)) || is_joined(text, list),
        Value::Object(fields) => fields.values().any(|item| is_in(text, item)),
        _ => false,
    }
}

/// Whether a text is the words of a list, with commas between.
fn is_joined(text: &str, list: &[Value]) -> bool {
    let words = list.iter().filter(|item| item.is_string() || item.is_number());
    let mut rest = Some(text);
    for (at, word) in words.enumerate() {
        let after = rest.and_then(|rest| if at > 0 { rest.strip_prefix(", ") } else { Some(rest) });
        rest = after.and_then(|rest| match word {
            Value::String(word) => rest.strip_prefix(word.as_str()),
            number => rest.strip_prefix(&number.to_string()),
        });
    }
    rest == Some("")
}
