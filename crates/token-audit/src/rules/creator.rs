//! Rules about who created the token.

use super::Unit;
use crate::{Severity, Standing};

pub(super) const CREATOR_GONE: Unit = Unit {
    id: "creator-gone",
    severity: Severity::High,
    title: |_| "Its creator has left the organization".to_owned(),
    breaks: |case| case.subject.creator == Standing::Gone,
    reason: |_| "Its creator is no member of the organization any more.".to_owned(),
    remedy: "Find who needs it, replace it, then revoke it.",
    standards: "OWASP NHI1 · NIST AC-2(3)",
};

pub(super) const CREATOR_DEMOTED: Unit = Unit {
    id: "creator-demoted",
    severity: Severity::Medium,
    title: |_| "Its creator may not manage tokens".to_owned(),
    breaks: |case| case.subject.creator == Standing::Demoted,
    reason: |_| "Its creator is a member in a role that may not manage tokens.".to_owned(),
    remedy: "Let an admin replace it, then revoke it.",
    standards: "OWASP NHI1",
};

pub(super) const CREATOR_UNKNOWN: Unit = Unit {
    id: "creator-unknown",
    severity: Severity::Low,
    title: |_| "Not known whether its creator is still there".to_owned(),
    breaks: |case| case.subject.creator == Standing::Unknown,
    reason: |_| "Whether its creator is still a member cannot be told.".to_owned(),
    remedy: "Find out who answers for it.",
    standards: "OWASP NHI1",
};
