//! Lists of texts in a column.

pub(super) fn to_json(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

/// One that somebody broke by hand counts as empty.
pub(super) fn from_json(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}
