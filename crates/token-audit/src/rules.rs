//! The rules a token can break, one function each.

use chrono::{DateTime, Utc};

use crate::verdict::{days_since, past};
use crate::{Expiry, Finding, Policy, Rule, Severity, TokenFacts, Usage, Verdict};

/// What a rule looks at.
pub(crate) struct Case<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) facts: &'a TokenFacts,
    pub(crate) verdict: Verdict,
    pub(crate) scopes_listed: bool,
    pub(crate) now: DateTime<Utc>,
}

pub(crate) fn stale(case: &Case<'_>) -> Option<Finding> {
    let used = case.facts.last_used.filter(|_| case.verdict.usage == Usage::Stale)?;
    Some(Finding {
        rule: Rule::Stale,
        severity: Severity::High,
        reason: format!(
            "Not used for {}; your limit is {}.",
            days(days_since(used, case.now)),
            case.policy.stale_days
        ),
        remedy: "Ask its owner, then revoke it.",
        standards: "OWASP NHI1 · NIST AC-2(3)",
    })
}

pub(crate) fn never_used(case: &Case<'_>) -> Option<Finding> {
    (case.verdict.usage == Usage::NoUseRecorded).then(|| Finding {
        rule: Rule::NeverUsed,
        severity: Severity::High,
        reason: match case.facts.created {
            Some(created) => format!(
                "No use recorded in the {} since it was created.",
                days(days_since(created, case.now))
            ),
            None => "No use recorded, and its age is not known.".to_owned(),
        },
        remedy: "Revoke it, unless it is kept for an emergency.",
        standards: "OWASP NHI1 · NIST AC-2(3)",
    })
}

pub(crate) fn expired_listed(case: &Case<'_>) -> Option<Finding> {
    let Expiry::Past { days: ago } = case.verdict.expiry else { return None };
    Some(Finding {
        rule: Rule::ExpiredListed,
        severity: Severity::Low,
        reason: match ago {
            0 => "Expired today, but still listed.".to_owned(),
            _ => format!("Expired {} ago, but still listed.", days(ago)),
        },
        remedy: "Revoke it to tidy the list; it does not work any more.",
        standards: "OWASP NHI1",
    })
}

pub(crate) fn expiring_soon(case: &Case<'_>) -> Option<Finding> {
    let Expiry::Soon { days: left } = case.verdict.expiry else { return None };
    Some(Finding {
        rule: Rule::ExpiringSoon,
        severity: Severity::Medium,
        reason: match left {
            0 => "Expires within a day.".to_owned(),
            _ => format!("Expires in {}.", days(left)),
        },
        remedy: "Make its replacement before it stops working.",
        standards: "NIST IA-5",
    })
}

pub(crate) fn no_expiry(case: &Case<'_>) -> Option<Finding> {
    (case.verdict.expiry == Expiry::None).then(|| Finding {
        rule: Rule::NoExpiry,
        severity: Severity::Medium,
        reason: "No end date: it works until somebody revokes it.".to_owned(),
        remedy: "Replace it with one that expires.",
        standards: "OWASP NHI7",
    })
}

pub(crate) fn long_lived(case: &Case<'_>) -> Option<Finding> {
    let created = case.facts.created?;
    past(created, case.now, case.policy.long_lived_days).then(|| Finding {
        rule: Rule::LongLived,
        severity: Severity::Medium,
        reason: format!(
            "{} old; your limit is {}.",
            days(days_since(created, case.now)),
            case.policy.long_lived_days
        ),
        remedy: "Replace it.",
        standards: "OWASP NHI7",
    })
}

/// A long-lived token is due for rotation anyway, so only one of the two is said.
pub(crate) fn rotation_age(case: &Case<'_>) -> Option<Finding> {
    let created = case.facts.created?;
    let due = past(created, case.now, case.policy.rotation_age_days);
    (due && long_lived(case).is_none()).then(|| Finding {
        rule: Rule::RotationAge,
        severity: Severity::Low,
        reason: format!(
            "Not replaced for {}; your limit is {}.",
            days(days_since(created, case.now)),
            case.policy.rotation_age_days
        ),
        remedy: "Plan its replacement.",
        standards: "OWASP NHI7 · CIS AWS 2.12",
    })
}

pub(crate) fn no_scopes(case: &Case<'_>) -> Option<Finding> {
    (!case.scopes_listed).then(|| Finding {
        rule: Rule::NoScopes,
        severity: Severity::Low,
        reason: "No scopes listed: it may do whatever its creator may.".to_owned(),
        remedy: "Replace it with one that lists what it needs.",
        standards: "OWASP NHI5",
    })
}

fn days(count: u32) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
