//! Rules about the end date.

use super::{Unit, days};
use crate::{Expiry, Severity};

pub(super) const EXPIRING_SOON: Unit = Unit {
    id: "expiring-soon",
    severity: Severity::Medium,
    title: |policy| match policy {
        Some(policy) => format!("Expires within {}", days(policy.expiring_soon_days.into())),
        None => "Expires soon by its policy".to_owned(),
    },
    breaks: |case| matches!(case.verdict.expiry, Expiry::Soon { .. }),
    reason: |case| match case.verdict.expiry {
        Expiry::Soon { days: left @ 1.. } => format!("Expires in {}.", days(left)),
        _ => "Expires within a day.".to_owned(),
    },
    remedy: "Create a replacement before then.",
    revokes: false,
    standards: "NIST IA-5",
};

pub(super) const NO_EXPIRY: Unit = Unit {
    id: "no-expiry",
    severity: Severity::Medium,
    title: |_| "No expiry".to_owned(),
    breaks: |case| case.verdict.expiry == Expiry::None,
    reason: |_| "Never expires.".to_owned(),
    remedy: "Replace it with an expiring token.",
    revokes: false,
    standards: "OWASP NHI7",
};

pub(super) const EXPIRED_LISTED: Unit = Unit {
    id: "expired-listed",
    severity: Severity::Low,
    title: |_| "Expired but still listed".to_owned(),
    breaks: |case| matches!(case.verdict.expiry, Expiry::Past { .. }),
    reason: |case| match case.verdict.expiry {
        Expiry::Past { days: ago @ 1.. } => format!("Expired {} ago.", days(ago)),
        _ => "Expired today.".to_owned(),
    },
    remedy: "Revoke it to tidy up; it no longer works.",
    revokes: true,
    standards: "OWASP NHI1",
};
