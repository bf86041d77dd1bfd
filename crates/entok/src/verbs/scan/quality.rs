//! The places as GitLab's Code Quality report: an array of issues.

use serde_json::{Value, json};

use super::leak::Leak;

pub fn report(leaks: &[Leak]) -> Value {
    leaks.iter().map(issue).collect()
}

fn issue(leak: &Leak) -> Value {
    json!({
        "type": "issue",
        "check_name": if leak.works { "leaked-token" } else { "dead-token" },
        "description": leak.says,
        "categories": ["Security"],
        "severity": if leak.works { "blocker" } else { "info" },
        "fingerprint": leak.fingerprint,
        "location": {"path": leak.path, "lines": {"begin": leak.line.unwrap_or(1)}},
    })
}
