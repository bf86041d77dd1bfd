//! The rules a token can break, each a unit of its own.

mod age;
mod creator;
mod expiry;
mod identity;
mod usage;

use chrono::{DateTime, Utc};

use crate::{Lifecycle, Policy, Severity, Subject, Verdict};

/// A rule of the audit. The order is that of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Not used for longer than the policy allows.
    Stale,
    /// Never used, past the grace.
    NeverUsed,
    /// Creator left the organization.
    CreatorGone,
    /// Expiring soon.
    ExpiringSoon,
    /// Without an end date.
    NoExpiry,
    /// Older than any token should get.
    LongLived,
    /// Its creator is a member still, but may not manage tokens.
    CreatorDemoted,
    /// Due for rotation.
    RotationAge,
    /// Another token of its connection has the same name.
    DuplicateName,
    /// A token of the same name works in another environment.
    NameAcrossEnvironments,
    /// No scopes listed.
    NoScopes,
    /// Couldn’t match the creator to a member.
    CreatorUnknown,
    /// Expired but still listed.
    ExpiredListed,
}

/// Everything about one rule.
struct Unit {
    id: &'static str,
    severity: Severity,
    /// What it finds, with the policy's figures; without, of tokens that go by several policies.
    title: fn(Option<&Policy>) -> String,
    /// Whether a token that it applies to breaks it.
    breaks: fn(&Case<'_>) -> bool,
    /// Why, in one sentence with the token's own figures, of a token that breaks it.
    reason: fn(&Case<'_>) -> String,
    remedy: &'static str,
    /// Whether the remedy ends in revoking the token.
    revokes: bool,
    /// OWASP NHI Top 10 (2025), NIST SP 800-53, CIS; empty if none of them speaks of it.
    standards: &'static str,
}

/// What a rule looks at.
pub(crate) struct Case<'a> {
    pub policy: &'a Policy,
    pub subject: &'a Subject,
    pub verdict: Verdict,
    pub now: DateTime<Utc>,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 13] = [
        Self::Stale,
        Self::NeverUsed,
        Self::CreatorGone,
        Self::ExpiringSoon,
        Self::NoExpiry,
        Self::LongLived,
        Self::CreatorDemoted,
        Self::RotationAge,
        Self::DuplicateName,
        Self::NameAcrossEnvironments,
        Self::NoScopes,
        Self::CreatorUnknown,
        Self::ExpiredListed,
    ];

    fn unit(self) -> &'static Unit {
        match self {
            Self::Stale => &usage::STALE,
            Self::NeverUsed => &usage::NEVER_USED,
            Self::CreatorGone => &creator::CREATOR_GONE,
            Self::ExpiringSoon => &expiry::EXPIRING_SOON,
            Self::NoExpiry => &expiry::NO_EXPIRY,
            Self::LongLived => &age::LONG_LIVED,
            Self::CreatorDemoted => &creator::CREATOR_DEMOTED,
            Self::RotationAge => &age::ROTATION_AGE,
            Self::DuplicateName => &identity::DUPLICATE_NAME,
            Self::NameAcrossEnvironments => &identity::NAME_ACROSS_ENVIRONMENTS,
            Self::NoScopes => &identity::NO_SCOPES,
            Self::CreatorUnknown => &creator::CREATOR_UNKNOWN,
            Self::ExpiredListed => &expiry::EXPIRED_LISTED,
        }
    }

    /// The name that reports and links use; it never changes.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.unit().id
    }

    /// The rule with this id.
    #[must_use]
    pub fn with_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// How bad it is to break it.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.unit().severity
    }

    /// What it finds, with the policy's figures; `None` of tokens that go by several policies.
    #[must_use]
    pub fn title(self, policy: Option<&Policy>) -> String {
        (self.unit().title)(policy)
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        self.unit().remedy
    }

    /// Whether the remedy ends in revoking the token, so that all that break the rule may be revoked together.
    #[must_use]
    pub fn remedy_revokes(self) -> bool {
        self.unit().revokes
    }

    /// The standards it maps to: OWASP NHI Top 10 (2025), NIST SP 800-53, CIS. May be empty.
    #[must_use]
    pub fn standards(self) -> &'static str {
        self.unit().standards
    }

    pub(crate) fn reason(self, case: &Case<'_>) -> String {
        (self.unit().reason)(case)
    }

    /// A revoked token breaks no rule, and an expired one only that of being listed still: neither
    /// works, so neither needs care.
    pub(crate) fn is_broken(self, case: &Case<'_>) -> bool {
        let applies = match case.verdict.lifecycle {
            Lifecycle::Active => self != Self::ExpiredListed,
            Lifecycle::Expired => self == Self::ExpiredListed,
            Lifecycle::Revoked => false,
        };
        applies && (self.unit().breaks)(case)
    }
}

fn days(count: u32) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
