//! The one state that a row shows first.

use token_audit::{Lifecycle, Usage, Verdict};

/// The one state that a row shows first: whether the token still works, or else how it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Chip {
    /// Last used longer ago than the policy allows.
    Stale,
    /// No recorded use, though older than the grace period.
    NoUse,
    /// Used, but longer ago than the policy calls recent.
    Idle,
    /// No recorded use yet, still within the grace period.
    New,
    /// Used recently, by the policy.
    Recent,
    /// The last use is unreadable or, if no use is recorded, the creation date is.
    Unreadable,
    /// The server has stopped recording uses, and no recent one is known.
    Frozen,
    /// The server doesn't report last use.
    NotReported,
    /// The app itself signs in with it.
    ThisApp,
    /// Past its expiry, but still listed.
    Expired,
    /// Revoked, but still listed.
    Revoked,
}

impl Chip {
    /// The state in words, as in reports: `Never used`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Stale => "Stale",
            Self::NoUse => "Never used",
            Self::Idle => "Idle",
            Self::New => "New",
            Self::Recent => "Recent",
            Self::Unreadable => "Unreadable dates",
            Self::Frozen => "Usage no longer recorded",
            Self::NotReported => "Usage not reported",
            Self::ThisApp => "Used by this app",
            Self::Expired => "Expired",
            Self::Revoked => "Revoked",
        }
    }
}

impl From<Verdict> for Chip {
    fn from(verdict: Verdict) -> Self {
        match (verdict.lifecycle, verdict.usage) {
            (Lifecycle::Revoked, _) => Self::Revoked,
            (Lifecycle::Expired, _) => Self::Expired,
            (_, Usage::Recent) => Self::Recent,
            (_, Usage::Idle) => Self::Idle,
            (_, Usage::Stale) => Self::Stale,
            (_, Usage::New) => Self::New,
            (_, Usage::NoUseRecorded) => Self::NoUse,
            (_, Usage::Unreadable) => Self::Unreadable,
            (_, Usage::Frozen) => Self::Frozen,
            (_, Usage::NotReported) => Self::NotReported,
            (_, Usage::ThisApp) => Self::ThisApp,
        }
    }
}
