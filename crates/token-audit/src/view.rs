//! The summary cards: which tokens each one shows, and how many.

use crate::{Expiry, Lifecycle, Usage, Verdict};

/// A summary card. Tokens that no longer work are counted by `All`, and by `Expired` if they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Every token.
    All,
    /// Stale, no use recorded, or expiring soon.
    Attention,
    /// Not used for longer than the policy allows.
    Stale,
    /// No use recorded, past the grace.
    NoUse,
    /// Expiring within the policy's days.
    ExpiringSoon,
    /// Without an expiry.
    NoExpiry,
    /// Past its expiry but still listed.
    Expired,
}

impl View {
    /// All cards in the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::Attention,
        Self::Stale,
        Self::NoUse,
        Self::ExpiringSoon,
        Self::NoExpiry,
        Self::Expired,
    ];
}

impl Verdict {
    /// Whether the card shows the token.
    #[must_use]
    pub fn in_view(self, view: View) -> bool {
        let active = self.lifecycle == Lifecycle::Active;
        match view {
            View::All => true,
            View::Attention => [View::Stale, View::NoUse, View::ExpiringSoon]
                .into_iter()
                .any(|view| self.in_view(view)),
            View::Stale => active && self.usage == Usage::Stale,
            View::NoUse => active && self.usage == Usage::NoUseRecorded,
            View::ExpiringSoon => active && matches!(self.expiry, Expiry::Soon { .. }),
            View::NoExpiry => active && self.expiry == Expiry::None,
            View::Expired => self.lifecycle == Lifecycle::Expired,
        }
    }
}

/// How many tokens each card shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    by_view: [u32; View::ALL.len()],
}

impl Counts {
    /// Counts one more token.
    pub fn add(&mut self, verdict: Verdict) {
        for view in View::ALL {
            self.by_view[view as usize] += u32::from(verdict.in_view(view));
        }
    }

    /// How many tokens the card shows.
    #[must_use]
    pub fn of(&self, view: View) -> u32 {
        self.by_view[view as usize]
    }
}
