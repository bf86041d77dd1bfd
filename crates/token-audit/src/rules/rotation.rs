//! The rule about rotations that don't come to their end.

use super::Unit;
use crate::{Replacing, Severity};

pub(super) const ROTATION_STUCK: Unit = Unit {
    id: "rotation-stuck",
    severity: Severity::Medium,
    title: |_| "Rotation stuck".to_owned(),
    breaks: |case| case.subject.replacing == Replacing::Stuck,
    reason: |_| {
        "Its rotation has waited longer than usual, or a token expires before it can end."
            .to_owned()
    },
    remedy: "Open Rotations to see what it’s waiting for.",
    revokes: false,
    standards: "OWASP NHI7",
};
