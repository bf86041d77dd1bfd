//! The audit of a whole list, in figures.

use crate::verdict::days_since;
use crate::{Lifecycle, Rule, Rules, ServerTime, TokenFacts, Usage, Verdict};

/// The longest limit of the what-if curve, in days.
pub const MOST_STALE_DAYS: u16 = 365;

/// When the active tokens were last used, and how many others there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LastUsed {
    /// Used up to 30 days ago.
    pub within_30: u32,
    /// Used 31 to 90 days ago.
    pub within_90: u32,
    /// Used 91 to 180 days ago.
    pub within_180: u32,
    /// Used more than 180 days ago.
    pub longer: u32,
    /// No recorded use, though older than the grace period.
    pub none: u32,
    /// No recorded use yet, within the grace period.
    pub too_young: u32,
    /// Not reported by the server, no longer recorded by it, unreadable, or the app's own token.
    pub unknown: u32,
    /// Expired or revoked, and still listed: when they were last used says nothing about their future.
    pub ended: u32,
}

impl LastUsed {
    /// Each period in words, most recent first, with the number of its tokens: together, all that are listed.
    #[must_use]
    pub fn spans(&self) -> [(&'static str, u32); 8] {
        [
            ("0–30 d", self.within_30),
            ("31–90 d", self.within_90),
            ("91–180 d", self.within_180),
            ("over 180 d", self.longer),
            ("never used", self.none),
            ("new, not used yet", self.too_young),
            ("last use not known", self.unknown),
            ("no longer valid", self.ended),
        ]
    }
}

/// The audit of a list, added up token by token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// When the active tokens were last used.
    pub last_used: LastUsed,
    broken: [u32; Rule::ALL.len()],
    /// How many tokens were last used this many days ago; the last entry counts all older ones.
    unused_for: Vec<u32>,
}

impl Default for Summary {
    fn default() -> Self {
        Self {
            last_used: LastUsed::default(),
            broken: Default::default(),
            unused_for: vec![0; usize::from(MOST_STALE_DAYS) + 1],
        }
    }
}

impl Summary {
    /// Counts one more token, judged as of `now`.
    pub fn add(&mut self, facts: &TokenFacts, verdict: Verdict, broken: Rules, now: ServerTime) {
        for rule in Rule::ALL {
            self.broken[rule as usize] += u32::from(broken.contains(rule));
        }
        if verdict.lifecycle != Lifecycle::Active {
            self.last_used.ended += 1;
            return;
        }
        let (bars, known) = (&mut self.last_used, facts.known_until(now));
        let bar = match (verdict.usage, facts.last_used.at().map(|used| days_since(used, known))) {
            (Usage::NotReported | Usage::Unreadable | Usage::Frozen | Usage::ThisApp, _) => {
                &mut bars.unknown
            }
            (Usage::New, _) => &mut bars.too_young,
            (_, None) => &mut bars.none,
            (_, Some(0..=30)) => &mut bars.within_30,
            (_, Some(31..=90)) => &mut bars.within_90,
            (_, Some(91..=180)) => &mut bars.within_180,
            (_, Some(_)) => &mut bars.longer,
        };
        *bar += 1;
        let known_since = !facts.own && verdict.usage != Usage::Frozen;
        if let Some(used) = facts.last_used.at().filter(|_| known_since) {
            let days = days_since(used, known).min(MOST_STALE_DAYS.into());
            self.unused_for[days as usize] += 1;
        }
    }

    /// How many tokens break a rule.
    #[must_use]
    pub fn broken(&self, rule: Rule) -> u32 {
        self.broken[rule as usize]
    }

    /// How many tokens would be stale at each limit from 1 to [`MOST_STALE_DAYS`] days.
    #[must_use]
    pub fn what_if(&self) -> Vec<u32> {
        let mut curve: Vec<_> = self
            .unused_for
            .iter()
            .skip(1)
            .rev()
            .scan(0, |sum, &count| {
                *sum += count;
                Some(*sum)
            })
            .collect();
        curve.reverse();
        curve
    }
}
