//! Rules about the age.

use super::{Case, Unit, days};
use crate::Severity;
use crate::verdict::{days_since, past};

pub(super) const LONG_LIVED: Unit = Unit {
    id: "long-lived",
    severity: Severity::Medium,
    title: |policy| match policy {
        Some(policy) => format!("{} or older", days(policy.long_lived_days.into())),
        None => "Older than its policy allows".to_owned(),
    },
    breaks: |case| is_older(case, case.policy.long_lived_days),
    reason: |case| format!("{} old (limit {}).", age(case), case.policy.long_lived_days),
    remedy: "Replace it.",
    revokes: false,
    standards: "OWASP NHI7",
};

pub(super) const ROTATION_AGE: Unit = Unit {
    id: "rotation-age",
    severity: Severity::Low,
    title: |policy| match policy {
        // From the next limit on they are long-lived, and counted there.
        Some(policy) if policy.rotation_age_days < policy.long_lived_days => {
            let (from, to) = (policy.rotation_age_days, policy.long_lived_days - 1);
            format!("Not rotated for {from} to {}", days(to.into()))
        }
        Some(policy) => {
            format!("Not rotated for {} or more", days(policy.rotation_age_days.into()))
        }
        None => "Rotation overdue by its policy".to_owned(),
    },
    // A long-lived token is due for rotation anyway, so only one of the two is reported.
    breaks: |case| is_older(case, case.policy.rotation_age_days) && !(LONG_LIVED.breaks)(case),
    reason: |case| {
        let limit = case.policy.rotation_age_days;
        format!("{} since it was created; the limit is {limit}.", age(case))
    },
    remedy: "Rotate it.",
    revokes: false,
    standards: "OWASP NHI7 · CIS AWS 2.12",
};

fn is_older(case: &Case<'_>, limit: u16) -> bool {
    case.subject.facts.created.at().is_some_and(|created| past(created, case.now, limit))
}

fn age(case: &Case<'_>) -> String {
    days(case.subject.facts.created.at().map_or(0, |created| days_since(created, case.now)))
}
