//! Rules about what the token is.

use super::Unit;
use crate::Severity;

pub(super) const DUPLICATE_NAME: Unit = Unit {
    id: "duplicate-name",
    severity: Severity::Low,
    title: |_| "Shares its name with another token".to_owned(),
    breaks: |case| case.subject.name_shared,
    reason: |_| {
        "Another token has the same name: nobody can tell which of them is in use.".to_owned()
    },
    remedy: "Find out which one is used, and revoke the other.",
    standards: "",
};

pub(super) const NAME_ACROSS_ENVIRONMENTS: Unit = Unit {
    id: "name-across-environments",
    severity: Severity::Low,
    title: |_| "Same name in another environment".to_owned(),
    breaks: |case| case.subject.name_in_other_environment,
    reason: |_| {
        "A token of the same name works in another environment: they are easily mixed up."
            .to_owned()
    },
    remedy: "Name each for its environment, and see that neither is used in both.",
    standards: "OWASP NHI8",
};

pub(super) const NO_SCOPES: Unit = Unit {
    id: "no-scopes",
    severity: Severity::Low,
    title: |_| "No scopes listed".to_owned(),
    breaks: |case| !case.subject.scopes_listed,
    reason: |_| "No scopes listed: it may do whatever its creator may.".to_owned(),
    remedy: "Replace it with one that lists what it needs.",
    standards: "OWASP NHI5",
};
