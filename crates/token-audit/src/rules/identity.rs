//! Rules about what the token is.

use super::Unit;
use crate::Severity;

pub(super) const DUPLICATE_NAME: Unit = Unit {
    id: "duplicate-name",
    severity: Severity::Low,
    title: |_| "Duplicate name".to_owned(),
    breaks: |case| case.subject.name_shared,
    reason: |_| "Another token has the same name.".to_owned(),
    remedy: "Rename or revoke the unused one.",
    revokes: false,
    standards: "",
};

pub(super) const NAME_ACROSS_ENVIRONMENTS: Unit = Unit {
    id: "name-across-environments",
    severity: Severity::Low,
    title: |_| "Same name in several environments".to_owned(),
    breaks: |case| case.subject.name_in_other_environment,
    reason: |_| "A token in another environment has this name.".to_owned(),
    remedy: "Put the environment in the name; don’t share tokens across environments.",
    revokes: false,
    standards: "OWASP NHI8",
};

pub(super) const NO_SCOPES: Unit = Unit {
    id: "no-scopes",
    severity: Severity::Low,
    title: |_| "No scopes listed".to_owned(),
    breaks: |case| !case.subject.scopes_listed,
    reason: |_| "No scopes listed. It may have its creator’s full access.".to_owned(),
    remedy: "Replace it with a scoped token.",
    revokes: false,
    standards: "OWASP NHI5",
};
