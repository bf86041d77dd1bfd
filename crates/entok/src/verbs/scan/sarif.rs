//! The places as SARIF 2.1.0.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::leak::Leak;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Not the key that GitHub reserves for the hash of a line, which it makes itself.
const FINGERPRINT: &str = "entokLeak/v1";

/// What the results are about. GitHub ranks by `security-severity`.
fn rules() -> Value {
    let rule = |id: &str, name: &str, short: &str, help: &str, level: &str, severity: &str| {
        json!({
            "id": id,
            "name": name,
            "shortDescription": {"text": short},
            "fullDescription": {"text": short},
            "help": {"text": help},
            "defaultConfiguration": {"level": level},
            "properties": {"security-severity": severity, "tags": ["security"]},
        })
    };
    json!([
        rule(
            "leaked-token",
            "LeakedToken",
            "The value of an API token, which works or may work.",
            "Revoke the token. Removing the value is not enough: others may have read it.",
            "error",
            "9.1",
        ),
        rule(
            "dead-token",
            "DeadToken",
            "The value of an API token that no longer works.",
            "Remove it anyway: whoever finds it next would have to check it again.",
            "note",
            "1.0",
        ),
    ])
}

/// A log with one run. What is missing in it is said in its notifications.
pub fn log(leaks: &[Leak], missing: &[String]) -> Value {
    let notification = |text: &String| json!({"level": "warning", "message": {"text": text}});
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "entok",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            }},
            "invocations": [{
                "executionSuccessful": missing.is_empty(),
                "toolExecutionNotifications":
                    missing.iter().map(notification).collect::<Vec<_>>(),
            }],
            "results": leaks.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn result(leak: &Leak) -> Value {
    let (index, id, level) =
        if leak.works { (0, "leaked-token", "error") } else { (1, "dead-token", "note") };
    let place = if leak.is_here {
        json!({"uri": uri(&leak.path), "uriBaseId": "%SRCROOT%"})
    } else {
        json!({"uri": format!("file://{}", uri(&leak.path))})
    };
    let mut physical = json!({"artifactLocation": place});
    if let Some(line) = leak.line {
        physical["region"] = json!({"startLine": line});
    }
    json!({
        "ruleId": id,
        "ruleIndex": index,
        "level": level,
        "message": {"text": leak.says},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {FINGERPRINT: leak.fingerprint},
    })
}

/// A path as a URI reference (RFC 3986).
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_is_a_uri() {
        assert_eq!(uri("src/a b:ü%.rs"), "src/a%20b%3A%C3%BC%25.rs");
    }
}
