//! Rules about the last use.

use super::{Case, Unit, days};
use crate::verdict::days_since;
use crate::{ServerTime, Severity, Usage};

pub(super) const STALE: Unit = Unit {
    id: "stale",
    severity: Severity::High,
    title: |policy| match policy {
        Some(policy) => format!("Unused for {} or more", days(policy.stale_days.into())),
        None => "Unused for longer than its policy allows".to_owned(),
    },
    breaks: |case| case.verdict.usage == Usage::Stale,
    reason: |case| {
        let unused =
            case.subject.facts.last_used.at().map_or(0, |used| days_since(used, known(case)));
        format!("Unused for {} (limit {}).", days(unused), case.policy.stale_days)
    },
    remedy: "Ask the owner, then revoke it.",
    revokes: true,
    standards: "OWASP NHI1 · NIST AC-2(3)",
};

pub(super) const NEVER_USED: Unit = Unit {
    id: "never-used",
    severity: Severity::High,
    title: |policy| match policy {
        Some(policy) => {
            format!("Never used, {} or older", days(policy.never_used_grace_days.into()))
        }
        None => "Never used, for longer than its policy allows".to_owned(),
    },
    breaks: |case| case.verdict.usage == Usage::NoUseRecorded,
    reason: never_used,
    remedy: "Revoke it, unless it’s a break-glass token.",
    revokes: true,
    standards: "OWASP NHI1 · NIST AC-2(3)",
};

fn never_used(case: &Case<'_>) -> String {
    match case.subject.facts.created.at() {
        Some(created) => {
            let age = days(days_since(created, known(case)));
            format!("Never used in the {age} since creation.")
        }
        None => "Never used; age unknown.".to_owned(),
    }
}

/// Up to when the token's use is known.
fn known(case: &Case<'_>) -> ServerTime {
    case.subject.facts.known_until(case.now)
}
