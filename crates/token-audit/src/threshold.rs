//! The limits that a token passes while nobody is watching. Each is reported once.

use chrono::{DateTime, Utc};

use crate::verdict::{DAY, seconds_between};
use crate::{Expiry, Lifecycle, Policy, Rule, Rules, ServerTime, TokenFacts, Usage, Verdict};

/// How many days before an expiry it is reported, besides the policy's own limit; like the notices
/// of `GitLab`, Cloudflare and Paddle.
const NOTICES: [u16; 4] = [30, 14, 7, 1];

/// A limit that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Threshold {
    /// It expires within this many days, and not within fewer that would be told.
    ExpiresWithin(u16),
    /// Not used for longer than the policy allows.
    Stale,
    /// Never used, past the grace.
    NeverUsed,
}

impl Threshold {
    /// The thresholds that a token has passed by `now`, at most one for usage and one for expiry.
    /// Rules that a decision covers are left out.
    pub fn passed(
        policy: &Policy,
        facts: &TokenFacts,
        decided: Rules,
        now: ServerTime,
    ) -> impl Iterator<Item = Self> + use<> {
        let verdict = Verdict::of(policy, facts, now);
        let usage = match verdict.usage {
            Usage::Stale => Some(Self::Stale),
            Usage::NoUseRecorded => Some(Self::NeverUsed),
            _ => None,
        };
        let expiry = match (verdict.expiry, facts.expires.at()) {
            (Expiry::Soon { .. }, Some(expires)) => Some(notice(policy, expires, now)),
            _ => None,
        };
        let active = verdict.lifecycle == Lifecycle::Active;
        let open = move |it: &Self| active && !decided.contains(it.rule());
        [expiry, usage].into_iter().flatten().filter(open)
    }

    /// The rule that finds the same.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::ExpiresWithin(_) => Rule::ExpiringSoon,
            Self::Stale => Rule::Stale,
            Self::NeverUsed => Rule::NeverUsed,
        }
    }
}

/// The last notice of an expiry that is soon.
fn notice(policy: &Policy, expires: DateTime<Utc>, now: ServerTime) -> Threshold {
    let left = seconds_between(now.0, expires);
    let due = NOTICES.into_iter().filter(|&days| left <= i64::from(days) * DAY).min();
    let first = policy.expiring_soon_days;
    Threshold::ExpiresWithin(due.map_or(first, |days| days.min(first)))
}
