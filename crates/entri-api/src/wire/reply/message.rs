//! A server's text about an error (docs/entri-api.md#errors).

use serde_json::Value;

/// The words of an error body: `message` as text, as a list, or as lists by field. Not to be shown
/// as they are.
pub(crate) fn server_words(body: &[u8]) -> String {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return String::new() };
    let message = body.get("message").or_else(|| body.get("error")).unwrap_or(&Value::Null);
    words(message).join("; ")
}

/// The `code` of an error body (docs/entri-api.md#errors-of-a-sign-in).
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<Value>(body).ok()?.get("code")?.as_str().map(str::to_owned)
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(words).collect(),
        Value::Object(fields) => fields.values().flat_map(words).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_message_is_read() {
        let table = [
            (r#"{"statusCode":404,"message":"Token not found"}"#, "Token not found"),
            (
                r#"{"message":["name should not be empty","expiresAt is bad"]}"#,
                "name should not be empty; expiresAt is bad",
            ),
            (r#"{"message":{"name":["too long"],"scopes":["unknown"]}}"#, "too long; unknown"),
            (r#"{"error":"Bad Request"}"#, "Bad Request"),
            (r#"{"statusCode":500}"#, ""),
            ("<html>nope</html>", ""),
            ("", ""),
        ];
        for (body, message) in table {
            assert_eq!(server_words(body.as_bytes()), message, "{body}");
        }
    }
}
