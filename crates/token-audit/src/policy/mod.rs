//! The thresholds an organization sets itself.

mod file;
mod settings;

pub use file::PolicyError;
pub use settings::{SETTINGS, Setting};

/// Thresholds in whole days. docs/findings.md lists the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Used this long ago or longer, a token is idle rather than recent. Default 30.
    pub recent_days: u16,
    /// Unused for this long, a token is stale. Default 90, as in Google's and AWS's own audits.
    pub stale_days: u16,
    /// Unused and younger than this, a token is new rather than never used. Default 30.
    pub never_used_grace_days: u16,
    /// An expiry at most this far away is soon. Default 30, one of `GitLab`'s notices.
    pub expiring_soon_days: u16,
    /// This old, a token is due for rotation. Default 90, as in CIS AWS v7 §2.12.
    pub rotation_age_days: u16,
    /// This old, a token is long-lived. Default 365, as in `GitGuardian`'s rules.
    pub long_lived_days: u16,
    /// A new token that lives longer than this is warned about. Default 365, `GitLab`'s limit.
    pub max_lifetime_days: u16,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            recent_days: 30,
            stale_days: 90,
            never_used_grace_days: 30,
            expiring_soon_days: 30,
            rotation_age_days: 90,
            long_lived_days: 365,
            max_lifetime_days: 365,
        }
    }
}

/// A named choice of how long a token may stay unused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// 45 days, as in CIS AWS v7 §2.11.
    Strict,
    /// 90 days, the default of [`Policy`].
    Standard,
    /// 180 days, for tokens that are rarely used.
    Relaxed,
}

impl Preset {
    /// All presets, strictest first.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Standard, Self::Relaxed];

    /// The preset's name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Standard => "Standard",
            Self::Relaxed => "Relaxed",
        }
    }

    /// The default policy with this preset's `stale_days`.
    #[must_use]
    pub fn policy(self) -> Policy {
        let stale_days = match self {
            Self::Strict => 45,
            Self::Standard => 90,
            Self::Relaxed => 180,
        };
        Policy { stale_days, ..Policy::default() }
    }
}
