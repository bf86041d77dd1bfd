//! What is wrong with a token, worst first.

use chrono::{DateTime, Utc};

use crate::rules::{
    Case, expired_listed, expiring_soon, long_lived, never_used, no_expiry, no_scopes,
    rotation_age, stale,
};
use crate::{Lifecycle, Policy, TokenFacts, Verdict};

/// A rule of the product's audit (product §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Not used for longer than the policy allows.
    Stale,
    /// Never used, past the grace.
    NeverUsed,
    /// Expired, but still listed.
    ExpiredListed,
    /// Expiring soon.
    ExpiringSoon,
    /// Without an end date.
    NoExpiry,
    /// Older than any token should get.
    LongLived,
    /// Due for rotation.
    RotationAge,
    /// No scopes listed.
    NoScopes,
}

impl Rule {
    /// The name that reports and links use; it never changes.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::NeverUsed => "never-used",
            Self::ExpiredListed => "expired-listed",
            Self::ExpiringSoon => "expiring-soon",
            Self::NoExpiry => "no-expiry",
            Self::LongLived => "long-lived",
            Self::RotationAge => "rotation-age",
            Self::NoScopes => "no-scopes",
        }
    }
}

/// How bad a finding is, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Act on it.
    High,
    /// Plan for it.
    Medium,
    /// Know it.
    Low,
}

/// One rule that one token breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Why, in one sentence with the token's own figures in it.
    pub reason: String,
    /// What to do.
    pub remedy: &'static str,
    /// The standards it maps to: OWASP NHI Top 10 (2025), NIST SP 800-53.
    pub standards: &'static str,
}

/// The rules a token breaks as of `now`, worst first. A revoked token breaks none, and one that has
/// expired only that of being listed still: neither works, so neither needs care.
///
/// `scopes_listed`: whether the server lists any scope for the token.
#[must_use]
pub fn findings(
    policy: &Policy,
    facts: &TokenFacts,
    scopes_listed: bool,
    now: DateTime<Utc>,
) -> Vec<Finding> {
    let verdict = Verdict::of(policy, facts, now);
    let case = Case { policy, facts, verdict, scopes_listed, now };
    let rules: &[fn(&Case<'_>) -> Option<Finding>] = match verdict.lifecycle {
        Lifecycle::Revoked => &[],
        Lifecycle::Expired => &[expired_listed],
        Lifecycle::Active => {
            &[stale, never_used, expiring_soon, no_expiry, long_lived, rotation_age, no_scopes]
        }
    };
    let mut found: Vec<_> = rules.iter().filter_map(|rule| rule(&case)).collect();
    found.sort_by_key(|finding| finding.severity);
    found
}
