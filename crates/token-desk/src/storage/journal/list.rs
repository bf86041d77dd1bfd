//! Lists of texts, such as ids, in a column.

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) fn to_json<T: Serialize>(texts: &[T]) -> String {
    serde_json::to_string(texts).unwrap_or_default()
}

/// One that somebody broke by hand counts as empty.
pub(super) fn from_json<T: DeserializeOwned>(json: &str) -> Vec<T> {
    serde_json::from_str(json).unwrap_or_default()
}
