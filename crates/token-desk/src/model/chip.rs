//! The one state that a row shows first.

use token_audit::{Lifecycle, Usage, Verdict};

/// The one state a row shows first: its life, or else its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chip {
    /// Not used for longer than the policy allows.
    Stale,
    /// No use recorded, past the grace.
    NoUse,
    /// Used, but not lately.
    Idle,
    /// No use recorded yet, still within the grace.
    New,
    /// Used lately.
    Recent,
    /// The last use cannot be read, or, if none is recorded, when it was created.
    Unreadable,
    /// The server does not report use.
    NotReported,
    /// The app itself uses it.
    ThisApp,
    /// Past its expiry.
    Expired,
    /// Revoked, but still listed.
    Revoked,
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
            (_, Usage::NotReported) => Self::NotReported,
            (_, Usage::ThisApp) => Self::ThisApp,
        }
    }
}
