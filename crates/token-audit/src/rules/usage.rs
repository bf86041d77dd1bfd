//! Rules about the last use.

use chrono::{DateTime, Utc};

use super::{Case, Unit, days};
use crate::verdict::days_since;
use crate::{Severity, Usage};

pub(super) const STALE: Unit = Unit {
    id: "stale",
    severity: Severity::High,
    title: |policy| match policy {
        Some(policy) => format!("Not used for {} or more", days(policy.stale_days.into())),
        None => "Not used for longer than its policy allows".to_owned(),
    },
    breaks: |case| case.verdict.usage == Usage::Stale,
    reason: |case| {
        let unused =
            case.subject.facts.last_used.at().map_or(0, |used| days_since(used, known(case)));
        format!("Not used for {}; your limit is {}.", days(unused), case.policy.stale_days)
    },
    remedy: "Ask its owner, then revoke it.",
    standards: "OWASP NHI1 · NIST AC-2(3)",
};

pub(super) const NEVER_USED: Unit = Unit {
    id: "never-used",
    severity: Severity::High,
    title: |policy| match policy {
        Some(policy) => format!(
            "No use recorded, {} or more after creation",
            days(policy.never_used_grace_days.into())
        ),
        None => "No use recorded, for longer after creation than its policy allows".to_owned(),
    },
    breaks: |case| case.verdict.usage == Usage::NoUseRecorded,
    reason: never_used,
    remedy: "Revoke it, unless it is kept for an emergency.",
    standards: "OWASP NHI1 · NIST AC-2(3)",
};

fn never_used(case: &Case<'_>) -> String {
    match case.subject.facts.created.at() {
        Some(created) => {
            let age = days(days_since(created, known(case)));
            format!("No use recorded in the {age} since it was created.")
        }
        None => "No use recorded, and its age is not known.".to_owned(),
    }
}

/// Up to when the token's use is known.
fn known(case: &Case<'_>) -> DateTime<Utc> {
    case.subject.facts.known_until(case.now)
}
