//! The settings of a policy: their names, their ranges, and what they mean.

use std::ops::RangeInclusive;

use super::Policy;

/// One threshold of a policy, in days.
pub struct Setting {
    /// The setting's key in a policy file.
    pub key: &'static str,
    /// The setting's label for people.
    pub label: &'static str,
    /// What the setting does, in one sentence.
    pub about: &'static str,
    /// The values allowed, in days.
    pub range: RangeInclusive<u16>,
    of: fn(&mut Policy) -> &mut u16,
}

impl Setting {
    /// The value in this policy, in days.
    #[must_use]
    pub fn get(&self, policy: &Policy) -> u16 {
        let mut policy = *policy;
        *(self.of)(&mut policy)
    }

    /// Sets it to a number of days, or returns in words why that isn't allowed.
    pub fn set(&self, policy: &mut Policy, days: i64) -> Result<(), String> {
        let (least, most) = (self.range.start(), self.range.end());
        let fits = u16::try_from(days).ok().filter(|days| self.range.contains(days));
        *(self.of)(policy) =
            fits.ok_or_else(|| format!("must be {least}–{most} days, not {days}"))?;
        Ok(())
    }
}

/// All settings, in the order of the file and the form. The ranges are narrow enough that a typing
/// mistake is noticed.
pub const SETTINGS: [Setting; 7] = [
    Setting {
        key: "stale_days",
        label: "Stale after",
        about: "Unused for this long counts as stale.",
        range: 1..=365,
        of: |policy| &mut policy.stale_days,
    },
    Setting {
        key: "recent_days",
        label: "Idle after",
        about: "Unused for this long counts as idle.",
        range: 1..=365,
        of: |policy| &mut policy.recent_days,
    },
    Setting {
        key: "never_used_grace_days",
        label: "Grace period for new tokens",
        about: "New tokens aren’t flagged as unused before this.",
        range: 0..=365,
        of: |policy| &mut policy.never_used_grace_days,
    },
    Setting {
        key: "expiring_soon_days",
        label: "Expiring soon",
        about: "Expiry within this time counts as soon.",
        range: 1..=365,
        of: |policy| &mut policy.expiring_soon_days,
    },
    Setting {
        key: "rotation_age_days",
        label: "Rotation due after",
        about: "A token this old is due for rotation.",
        range: 1..=3650,
        of: |policy| &mut policy.rotation_age_days,
    },
    Setting {
        key: "long_lived_days",
        label: "Long-lived after",
        about: "A token this old is long-lived.",
        range: 1..=3650,
        of: |policy| &mut policy.long_lived_days,
    },
    Setting {
        key: "max_lifetime_days",
        label: "Maximum lifetime",
        about: "Warn when a new token would live longer.",
        range: 1..=3650,
        of: |policy| &mut policy.max_lifetime_days,
    },
];
