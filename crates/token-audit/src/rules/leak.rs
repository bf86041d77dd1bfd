//! The rule about values that were found where they shouldn't be.

use super::Unit;
use crate::{Exposure, Severity};

pub(super) const LEAKED: Unit = Unit {
    id: "leaked",
    severity: Severity::High,
    title: |_| "Value found on this computer".to_owned(),
    breaks: |case| case.subject.exposure == Exposure::Found,
    reason: |_| "A scan found its value. It stays leaked until it is revoked.".to_owned(),
    remedy: "Revoke it, then replace it.",
    revokes: true,
    standards: "OWASP NHI2 · NIST IA-5(7)",
};
