//! The verdict on one token: one value on each axis.

use chrono::{DateTime, Utc};

use crate::{Date, Policy};

pub(crate) const DAY: i64 = 86_400;

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenFacts {
    /// When it was created; none if the server doesn't say.
    pub created: Date,
    /// When it expires; none for never.
    pub expires: Date,
    /// When it was last used; none if no use is recorded.
    pub last_used: Date,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// Whether the server says it is revoked.
    pub revoked: bool,
    /// Whether the app itself signs in with it, so that its use says nothing of anybody else's.
    pub own: bool,
    /// When the server said all this, by its own clock. Later use isn't known.
    pub read: DateTime<Utc>,
}

impl TokenFacts {
    /// Whether any of its dates cannot be read: it may be in use, whatever the others say.
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

    /// Up to when its use is known, at a moment when it is `now` by the server's clock.
    #[must_use]
    pub fn known_until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.read.min(now)
    }
}

/// Whether it still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifecycle {
    /// It works, as far as is known.
    Active,
    /// Its expiry has passed, and it was not used since; the server refuses it
    /// (docs/entri-api.md#credentials).
    Expired,
    /// It was revoked.
    Revoked,
}

/// How it was used when the server was last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Used lately.
    Recent,
    /// Used, but not lately.
    Idle,
    /// Not used for longer than the policy allows.
    Stale,
    /// No use recorded, and too young for that to mean anything.
    New,
    /// No use recorded.
    NoUseRecorded,
    /// The last use cannot be read, or, if no use is recorded, when it was created. It may be in
    /// use or new.
    Unreadable,
    /// The server does not report use.
    NotReported,
    /// The app itself uses it.
    ThisApp,
}

/// When it expires, in whole days, rounded towards now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Never.
    None,
    /// Not soon.
    Later {
        /// Days from now.
        days: u32,
    },
    /// Soon, by the policy.
    Soon {
        /// Days from now.
        days: u32,
    },
    /// It has ended.
    Past {
        /// Days ago.
        days: u32,
    },
    /// There is one that cannot be read.
    Unreadable,
}

/// What is to be said of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it still works.
    pub lifecycle: Lifecycle,
    /// How it is used.
    pub usage: Usage,
    /// When it ends.
    pub expiry: Expiry,
}

impl Verdict {
    /// Judges a token as of `now`.
    #[must_use]
    pub fn of(policy: &Policy, facts: &TokenFacts, now: DateTime<Utc>) -> Self {
        let expiry = expiry(policy, facts, now);
        let lifecycle = match expiry {
            _ if facts.revoked => Lifecycle::Revoked,
            Expiry::Past { .. } if !facts.used_after_expiry() => Lifecycle::Expired,
            _ => Lifecycle::Active,
        };
        Self { lifecycle, usage: usage(policy, facts, now), expiry }
    }
}

fn usage(policy: &Policy, facts: &TokenFacts, now: DateTime<Utc>) -> Usage {
    let known = facts.known_until(now);
    match (facts.last_used, facts.created) {
        _ if facts.own => Usage::ThisApp,
        // A use in the future is a clock that runs wrong, and a use all the same.
        (Date::At(used), _) if past(used, known, policy.stale_days) => Usage::Stale,
        (Date::At(used), _) if past(used, known, policy.recent_days) => Usage::Idle,
        (Date::At(_), _) => Usage::Recent,
        (Date::None, _) if !facts.last_used_reported => Usage::NotReported,
        (Date::Unreadable, _) | (_, Date::Unreadable) => Usage::Unreadable,
        (_, Date::At(created)) if !past(created, known, policy.never_used_grace_days) => Usage::New,
        _ => Usage::NoUseRecorded,
    }
}

fn expiry(policy: &Policy, facts: &TokenFacts, now: DateTime<Utc>) -> Expiry {
    let expires = match facts.expires {
        Date::At(expires) => expires,
        Date::None => return Expiry::None,
        Date::Unreadable => return Expiry::Unreadable,
    };
    let left = seconds_between(now, expires);
    let days = whole_days(left);
    match left {
        ..=0 => Expiry::Past { days },
        _ if left <= i64::from(policy.expiring_soon_days) * DAY => Expiry::Soon { days },
        _ => Expiry::Later { days },
    }
}

/// Whether at least `days` days lie between `time` and `now`.
pub(crate) fn past(time: DateTime<Utc>, now: DateTime<Utc>, days: u16) -> bool {
    seconds_between(time, now) >= i64::from(days) * DAY
}

/// Whole days from `time` to `now`; 0 for a time to come.
pub(crate) fn days_since(time: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    whole_days(seconds_between(time, now).max(0))
}

/// In whole seconds, so that a server's fraction of a second never moves a boundary.
pub(crate) fn seconds_between(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    to.timestamp() - from.timestamp()
}

fn whole_days(seconds: i64) -> u32 {
    u32::try_from((seconds / DAY).abs()).unwrap_or(u32::MAX)
}
