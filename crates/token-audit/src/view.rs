//! The summary cards: which tokens each one shows, and how many.

use crate::{Expiry, Exposure, Lifecycle, Replacing, Rule, Rules, Usage, Verdict};

/// A card that filters the list. A token that no longer works is counted by `All`, and by `Expired`
/// if it has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum View {
    /// Every token in the list.
    All,
    /// Leaked, in a rotation that is stuck, stale, never used, or expiring soon, without a decision.
    Attention,
    /// Last used longer ago than the policy allows.
    Stale,
    /// No recorded use, though older than the grace period.
    NoUse,
    /// Expiring within the policy's days.
    ExpiringSoon,
    /// Active, but without an expiry date.
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

/// What needs attention besides tokens whose value was found or whose rotation is stuck: each card with the rule that a
/// decision can cover.
const ATTENTION: [(View, Rule); 3] = [
    (View::Stale, Rule::Stale),
    (View::NoUse, Rule::NeverUsed),
    (View::ExpiringSoon, Rule::ExpiringSoon),
];

impl Verdict {
    /// Whether the card shows the token; `decided` are the rules that a decision about it covers.
    #[must_use]
    pub fn in_view(self, view: View, decided: Rules) -> bool {
        let active = self.lifecycle == Lifecycle::Active;
        match view {
            View::All => true,
            View::Attention => {
                let leaked = active && self.exposure == Exposure::Found;
                let stuck = active && self.replacing == Replacing::Stuck;
                leaked && !decided.contains(Rule::Leaked)
                    || stuck && !decided.contains(Rule::RotationStuck)
                    || ATTENTION
                        .into_iter()
                        .any(|(view, rule)| self.in_view(view, decided) && !decided.contains(rule))
            }
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
    /// Counts one more token; see [`Verdict::in_view`].
    pub fn add(&mut self, verdict: Verdict, decided: Rules) {
        for view in View::ALL {
            self.by_view[view as usize] += u32::from(verdict.in_view(view, decided));
        }
    }

    /// How many tokens the card shows.
    #[must_use]
    pub fn of(&self, view: View) -> u32 {
        self.by_view[view as usize]
    }
}
