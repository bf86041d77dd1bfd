//! Rules about who created the token.

use super::Unit;
use crate::{Severity, Standing};

pub(super) const CREATOR_GONE: Unit = Unit {
    id: "creator-gone",
    severity: Severity::High,
    title: |_| "Creator left the organization".to_owned(),
    breaks: |case| case.subject.creator == Standing::Gone,
    reason: |_| "The creator is no longer a member.".to_owned(),
    remedy: "Find who needs it, replace it, then revoke it.",
    revokes: true,
    standards: "OWASP NHI1 · NIST AC-2(3)",
};

pub(super) const CREATOR_DEMOTED: Unit = Unit {
    id: "creator-demoted",
    severity: Severity::Medium,
    title: |_| "Creator can’t manage tokens".to_owned(),
    breaks: |case| case.subject.creator == Standing::Demoted,
    reason: |_| "The creator’s role can’t manage tokens.".to_owned(),
    remedy: "Have an admin replace it, then revoke it.",
    revokes: true,
    standards: "OWASP NHI1",
};

pub(super) const CREATOR_UNKNOWN: Unit = Unit {
    id: "creator-unknown",
    severity: Severity::Low,
    title: |_| "Creator unknown".to_owned(),
    breaks: |case| case.subject.creator == Standing::Unknown,
    reason: |_| "Couldn’t match the creator to a member.".to_owned(),
    remedy: "Find an owner.",
    revokes: false,
    standards: "OWASP NHI1",
};
