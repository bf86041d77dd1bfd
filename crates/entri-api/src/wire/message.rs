//! What a server says about an error (contract §7).

use serde_json::Value;

use crate::message::ServerMessage;

/// The words of an error body: `message` as text, as a list, or as lists by field.
pub(crate) fn server_message(body: &[u8]) -> ServerMessage {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return ServerMessage::default() };
    let message = body.get("message").or_else(|| body.get("error")).unwrap_or(&Value::Null);
    ServerMessage::new(&words(message).join("; "))
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
            assert_eq!(server_message(body.as_bytes()).text(), message, "{body}");
        }
    }
}
