//! What background checks report, and how often they run.

use std::collections::HashSet;

use chrono::TimeDelta;
use entri_api::TokenId;
use token_audit::Threshold;

/// Something that is reported only once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Cause {
    /// The token with this id passed a limit.
    Passed { id: TokenId, threshold: Threshold },
    /// A sign-in is needed, no matter why the previous one ended.
    SignedOut,
    /// The bulk revoke with this number is due.
    BulkRevokeDue(i64),
    /// The rotation with this number came to a turn.
    RotationTurn(i64, Turn),
}

/// A turn of a rotation: it waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Turn {
    /// The old token may be revoked.
    Ready,
    /// It waits longer than the token's own rhythm allows.
    Stuck,
    /// It can't go on: the value is lost, or one of the tokens changed.
    Off,
}

impl Cause {
    /// Whether it follows from when a token was used last.
    pub(crate) fn is_about_use(&self) -> bool {
        let about_use = [Threshold::Stale, Threshold::NeverUsed];
        matches!(self, Self::Passed { threshold, .. } if about_use.contains(threshold))
    }
}

/// What was reported about one connection and still applies.
pub(crate) type Told = HashSet<Cause>;

/// How often the lists are loaded: in hours, from 1 to 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every(u32);

impl Every {
    /// So many hours, or the nearest number allowed.
    #[must_use]
    pub fn hours(hours: u32) -> Self {
        Self(hours.clamp(1, 24))
    }

    /// The number of hours, from 1 to 24.
    #[must_use]
    pub fn in_hours(self) -> u32 {
        self.0
    }

    pub(crate) fn span(self) -> TimeDelta {
        TimeDelta::hours(self.0.into())
    }
}
