//! The verdict on one token: one value on each axis.

use chrono::{DateTime, Utc};

use crate::{Date, Policy, ServerTime};

pub(crate) const DAY: i64 = 86_400;

/// The facts about a token that its verdict depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenFacts {
    /// When it was created; `Date::None` if the server doesn't say.
    pub created: Date,
    /// When it expires; `Date::None` if never.
    pub expires: Date,
    /// When it was last used; `Date::None` if no use is recorded.
    pub last_used: Date,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// Whether the server says it is revoked.
    pub revoked: bool,
    /// Whether the app itself signs in with it, so that its use says nothing about anybody else's.
    pub own: bool,
    /// What its list says about use.
    pub as_of: AsOf,
}

/// What a list says about the use of its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// When the server reported it. Later use isn't known.
    pub read: ServerTime,
    /// Whether the server had stopped recording uses by then, so that tokens may have been used since their last one.
    pub frozen: bool,
}

impl TokenFacts {
    /// Whether any of its dates is unreadable. It may be in use, whatever the other dates say.
    #[must_use]
    pub fn unreadable(&self) -> bool {
        [self.created, self.expires, self.last_used].contains(&Date::Unreadable)
    }

    /// Whether it was used after its expiry, so that one of the two dates is wrong.
    #[must_use]
    pub fn used_after_expiry(&self) -> bool {
        match (self.expires, self.last_used) {
            (Date::At(expires), Date::At(used)) => seconds_between(expires, used) > 0,
            _ => false,
        }
    }

    /// The time up to which its use is known, if it is `now` at the server.
    #[must_use]
    pub fn known_until(&self, now: ServerTime) -> ServerTime {
        self.as_of.read.min(now)
    }
}

/// Whether a token still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifecycle {
    /// It works, as far as known.
    Active,
    /// Its expiry has passed, and it wasn't used afterwards; the server refuses it
    /// (docs/entri-api.md#credentials).
    Expired,
    /// The server marks it as revoked.
    Revoked,
}

/// How a token was used, as of when the server was last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Used within the policy's `recent_days`.
    Recent,
    /// Used, but longer ago than the policy's `recent_days`.
    Idle,
    /// Last used longer ago than the policy allows.
    Stale,
    /// No recorded use, and too new for that to mean anything.
    New,
    /// No recorded use, though older than the grace period.
    NoUseRecorded,
    /// The last use is unreadable or, if no use is recorded, the creation date is. The token may be
    /// in use, or new.
    Unreadable,
    /// The server has stopped recording uses, and no recent one is known.
    Frozen,
    /// The server doesn't report last use.
    NotReported,
    /// The app itself signs in with it.
    ThisApp,
}

/// When a token expires, in whole days, rounded toward now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// It never expires, or the server doesn't say.
    None,
    /// It expires later than the policy's `expiring_soon_days`.
    Later {
        /// Whole days until then.
        days: u32,
    },
    /// It expires within the policy's `expiring_soon_days`.
    Soon {
        /// Whole days until then.
        days: u32,
    },
    /// Its expiry has passed.
    Past {
        /// Whole days since its expiry.
        days: u32,
    },
    /// It has an expiry, which is unreadable.
    Unreadable,
}

/// Whether a token's value is where it shouldn't be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// No scan found it.
    Unseen,
    /// A scan of this computer found it.
    Found,
}

/// How the replacement of a token goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    /// It isn't being replaced, or nothing speaks against the end of its rotation.
    Fine,
    /// Its rotation waits longer than usual, or can't end before one of its tokens expires.
    Stuck,
}

/// The verdict on one token, one value on each axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it still works.
    pub lifecycle: Lifecycle,
    /// How it was used, as of the last list.
    pub usage: Usage,
    /// When it expires, in days.
    pub expiry: Expiry,
    /// Whether its value was found, as far as [`Verdict::exposed`] said.
    pub exposure: Exposure,
    /// How its replacement goes, as far as [`Verdict::replaced`] said.
    pub replacing: Replacing,
}

impl Verdict {
    /// Judges a token as of `now`.
    #[must_use]
    pub fn of(policy: &Policy, facts: &TokenFacts, now: ServerTime) -> Self {
        let expiry = expiry(policy, facts, now);
        let lifecycle = match expiry {
            _ if facts.revoked => Lifecycle::Revoked,
            Expiry::Past { .. } if !facts.used_after_expiry() => Lifecycle::Expired,
            _ => Lifecycle::Active,
        };
        let usage = usage(policy, facts, now);
        Self { lifecycle, usage, expiry, exposure: Exposure::Unseen, replacing: Replacing::Fine }
    }

    /// The same for a token whose value was found, or not.
    #[must_use]
    pub fn exposed(self, exposure: Exposure) -> Self {
        Self { exposure, ..self }
    }

    /// The same verdict for a token whose rotation has come this far.
    #[must_use]
    pub fn replaced(self, replacing: Replacing) -> Self {
        Self { replacing, ..self }
    }
}

fn usage(policy: &Policy, facts: &TokenFacts, now: ServerTime) -> Usage {
    let known = facts.known_until(now);
    match (facts.last_used, facts.created) {
        _ if facts.own => Usage::ThisApp,
        // A use in the future means a wrong clock, but is still a use.
        (Date::At(used), _) if facts.as_of.frozen && past(used, known, policy.recent_days) => {
            Usage::Frozen
        }
        (Date::At(used), _) if past(used, known, policy.stale_days) => Usage::Stale,
        (Date::At(used), _) if past(used, known, policy.recent_days) => Usage::Idle,
        (Date::At(_), _) => Usage::Recent,
        (Date::None, _) if !facts.last_used_reported => Usage::NotReported,
        (Date::Unreadable, _) | (_, Date::Unreadable) => Usage::Unreadable,
        _ if facts.as_of.frozen => Usage::Frozen,
        (_, Date::At(created)) if !past(created, known, policy.never_used_grace_days) => Usage::New,
        _ => Usage::NoUseRecorded,
    }
}

fn expiry(policy: &Policy, facts: &TokenFacts, now: ServerTime) -> Expiry {
    let expires = match facts.expires {
        Date::At(expires) => expires,
        Date::None => return Expiry::None,
        Date::Unreadable => return Expiry::Unreadable,
    };
    let left = seconds_between(now.0, expires);
    let days = whole_days(left);
    match left {
        ..=0 => Expiry::Past { days },
        _ if left <= i64::from(policy.expiring_soon_days) * DAY => Expiry::Soon { days },
        _ => Expiry::Later { days },
    }
}

/// Whether at least `days` days lie between `time` and `now`.
pub(crate) fn past(time: DateTime<Utc>, now: ServerTime, days: u16) -> bool {
    seconds_between(time, now.0) >= i64::from(days) * DAY
}

/// Whole days from `time` to `now`; 0 if `time` is in the future.
pub(crate) fn days_since(time: DateTime<Utc>, now: ServerTime) -> u32 {
    whole_days(seconds_between(time, now.0).max(0))
}

/// Whole days from `now` to `time`; 0 if `time` has passed.
pub(crate) fn days_until(time: DateTime<Utc>, now: ServerTime) -> u32 {
    whole_days(seconds_between(now.0, time).max(0))
}

/// In whole seconds, so that the fraction of a second a server reports never moves a boundary.
pub(crate) fn seconds_between(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    to.timestamp() - from.timestamp()
}

fn whole_days(seconds: i64) -> u32 {
    u32::try_from((seconds / DAY).abs()).unwrap_or(u32::MAX)
}
