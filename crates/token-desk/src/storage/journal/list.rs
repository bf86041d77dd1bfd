//! Lists of texts, such as ids, in a column.

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) fn to_json<T: Serialize>(texts: &[T]) -> String {
    serde_json::to_string(texts).unwrap_or_default()
}

/// Reads a list. One that isn't valid, as after an edit by hand, counts as empty.
pub(super) fn from_json<T: DeserializeOwned>(json: &str) -> Vec<T> {
    serde_json::from_str(json).unwrap_or_default()
}
