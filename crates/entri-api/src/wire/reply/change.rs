//! Whether the answer to a request that changes something says that it was done (docs/entri-api.md#tokens).

use serde_json::Value;

/// The names under which a server says by yes or no whether it did what it was asked.
const VERDICTS: [&str; 5] = ["success", "ok", "acknowledged", "revoked", "deleted"];
/// The names under which it says how many entries it took away.
const COUNTS: [&str; 3] = ["deletedCount", "deleted", "affected"];

/// Whether a 2xx with this body confirms the request: it is empty, or JSON that doesn't say
/// otherwise. Anything but JSON comes from something other than the API, such as a network's
/// sign-in page.
pub(crate) fn is_done(body: &[u8]) -> bool {
    body.trim_ascii().is_empty()
        || serde_json::from_slice::<Value>(body).is_ok_and(|answer| !denies(&answer))
}

fn denies(answer: &Value) -> bool {
    let field = |name: &str| answer.get(name);
    let no = |name: &str| field(name) == Some(&Value::Bool(false));
    let none = |name: &str| field(name).and_then(Value::as_u64) == Some(0);
    let refused = field("statusCode").and_then(Value::as_u64).is_some_and(|it| it >= 400);
    *answer == Value::Bool(false)
        || refused
        || VERDICTS.iter().any(|name| no(name))
        || COUNTS.iter().any(|name| none(name))
        || ["error", "errors"].iter().any(|name| field(name).is_some_and(says_something))
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_json_are_a_yes() {
        for body in [
            "",
            " \n",
            "null",
            "{}",
            "[]",
            "true",
            r#""Token revoked""#,
            r#"{"message":"Token revoked"}"#,
            r#"{"success":true,"error":null,"errors":[]}"#,
            r#"{"acknowledged":true,"deletedCount":1}"#,
            r#"{"_id":"t-1","status":"revoked","isActive":false}"#,
            r#"{"statusCode":200}"#,
        ] {
            assert!(is_done(body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn another_ones_page_and_words_of_failure_are_no_yes() {
        for body in [
            "<html><form>Sign in to the network</form></html>",
            "<!doctype html>",
            "Please sign in to the network",
            r#"{"mess"#,
            "false",
            r#"{"success":false,"message":"not done"}"#,
            r#"{"ok":false}"#,
            r#"{"error":"Not Found"}"#,
            r#"{"errors":[{"message":"no"}]}"#,
            r#"{"acknowledged":true,"deletedCount":0}"#,
            r#"{"statusCode":404,"message":"Token not found"}"#,
        ] {
            assert!(!is_done(body.as_bytes()), "{body}");
        }
    }
}
