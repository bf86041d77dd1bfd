//! The rules a token can break, each a unit of its own.

mod age;
mod creator;
mod expiry;
mod identity;
mod leak;
mod rotation;
mod usage;

use crate::{Lifecycle, Policy, ServerTime, Severity, Subject, Verdict};

/// A rule of the audit, in the order of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Its value was found where it shouldn't be.
    Leaked,
    /// Not used for longer than the policy allows.
    Stale,
    /// Never used, though older than the grace period.
    NeverUsed,
    /// The creator left the organization.
    CreatorGone,
    /// Its rotation doesn't come to its end.
    RotationStuck,
    /// Expiring soon, by the policy.
    ExpiringSoon,
    /// It has no expiry date.
    NoExpiry,
    /// Older than the policy allows any token to be.
    LongLived,
    /// The creator is still a member, but may not manage tokens.
    CreatorDemoted,
    /// Old enough to be due for rotation.
    RotationAge,
    /// Another token of its connection has the same name.
    DuplicateName,
    /// A token with the same name works in another environment.
    NameAcrossEnvironments,
    /// The server lists no scopes for it.
    NoScopes,
    /// The creator couldn't be matched to a member.
    CreatorUnknown,
    /// It has expired but is still listed.
    ExpiredListed,
}

/// Everything that defines one rule.
struct Unit {
    id: &'static str,
    severity: Severity,
    /// What the rule finds, with the policy's figures; without figures for tokens under several
    /// policies.
    title: fn(Option<&Policy>) -> String,
    /// Whether a token that the rule applies to breaks it.
    breaks: fn(&Case<'_>) -> bool,
    /// Why a token breaks it, in one sentence with the token's own figures.
    reason: fn(&Case<'_>) -> String,
    remedy: &'static str,
    /// Whether the remedy ends in revoking the token.
    revokes: bool,
    /// OWASP NHI Top 10 (2025), NIST SP 800-53, CIS; empty if none of them covers it.
    standards: &'static str,
}

/// The token that a rule is applied to, and what else it depends on.
pub(crate) struct Case<'a> {
    pub policy: &'a Policy,
    pub subject: &'a Subject,
    pub verdict: Verdict,
    pub now: ServerTime,
}

impl Rule {
    /// All rules, in the order of reports.
    pub const ALL: [Self; 15] = [
        Self::Leaked,
        Self::Stale,
        Self::NeverUsed,
        Self::CreatorGone,
        Self::RotationStuck,
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
            Self::Leaked => &leak::LEAKED,
            Self::Stale => &usage::STALE,
            Self::NeverUsed => &usage::NEVER_USED,
            Self::CreatorGone => &creator::CREATOR_GONE,
            Self::RotationStuck => &rotation::ROTATION_STUCK,
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

    /// The rule with this id; `None` if there is none.
    #[must_use]
    pub fn with_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// How severe it is to break the rule.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.unit().severity
    }

    /// What the rule finds, with the policy's figures; pass `None` for tokens under several
    /// policies.
    #[must_use]
    pub fn title(self, policy: Option<&Policy>) -> String {
        (self.unit().title)(policy)
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        self.unit().remedy
    }

    /// Whether the remedy ends in revoking the token, so that all tokens that break the rule may be
    /// revoked together.
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

    /// A revoked token breaks no rule, and an expired one only the rule that it is still listed:
    /// neither works, so neither needs care.
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
