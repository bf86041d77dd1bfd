//! What may be said of a token: what its server said, as of any time that it can be there.

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::odd::Said;
use entri_sandbox::{DateHeader, StoredToken, Told, Variant};
use token_desk::Chip;

/// A clock further off is not believed.
const BELIEVED: i64 = 2 * 86_400;
/// Answers travel, and times are rounded.
const SLACK: TimeDelta = TimeDelta::minutes(2);
/// The default policy.
const STALE: i64 = 90;
const IDLE: i64 = 30;
const GRACE: i64 = 30;
const SOON: i64 = 30;
const ROTATION: i64 = 90;
const LONG_LIVED: i64 = 365;
/// A token that was used within so many days is in use.
const IN_USE: i64 = 7;
/// The first of the people who are no longer members, and of those who may not manage tokens.
const FORMER: u8 = 6;
const MAY_NOT_MANAGE: [u8; 3] = [2, 3, 4];

/// What is known of a token.
pub struct Known<'a> {
    pub token: &'a StoredToken,
    pub told: Told,
    /// The earliest and the latest that it can be at the server.
    pub times: (DateTime<Utc>, DateTime<Utc>),
}

/// The earliest and the latest time that it can be, by the clock here and by the server's.
pub fn times(variant: &Variant, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let apart = match variant.date {
        DateHeader::Apart(seconds) | DateHeader::Jumps(seconds) if seconds.abs() <= BELIEVED => {
            TimeDelta::seconds(seconds.abs())
        }
        _ => TimeDelta::zero(),
    };
    (now - apart - SLACK, now + apart + SLACK)
}

impl Known<'_> {
    /// Whether a date of it cannot be read, so that it may be in use.
    fn is_unreadable(&self) -> bool {
        let Told { created, expires, last_used, .. } = &self.told;
        [created, expires, last_used].contains(&&Said::Unreadable)
    }

    /// Whether a token may be shown so.
    pub fn chip(&self, chip: Chip) -> bool {
        match chip {
            Chip::Expired => self.has_expired(),
            Chip::Stale => self.unused_for(STALE),
            Chip::Idle => self.unused_for(IDLE),
            Chip::NoUse => self.said_unused() && !self.is_younger(GRACE),
            Chip::New => self.said_unused(),
            Chip::Recent => matches!(self.told.last_used, Said::Time(_)),
            Chip::Revoked => self.token.revoked,
            _ => true,
        }
    }

    /// Whether a rule may be said to be broken.
    pub fn finding(&self, rule: &str) -> bool {
        let (early, late) = self.times;
        match rule {
            "stale" => self.unused_for(STALE),
            "never-used" => self.said_unused() && !self.is_younger(GRACE),
            "no-expiry" => self.told.expires == Said::Nothing,
            "expired-listed" => self.has_expired(),
            "expiring-soon" => {
                let soon = early..=late + TimeDelta::days(SOON + 1);
                matches!(self.told.expires, Said::Time(time) if soon.contains(&time))
            }
            "long-lived" => self.is_older(LONG_LIVED),
            "rotation-age" => self.is_older(ROTATION),
            "creator-gone" => self.token.creator >= FORMER,
            "creator-demoted" => MAY_NOT_MANAGE.contains(&self.token.creator),
            _ => true,
        }
    }

    /// Whether its revoke must take more than a plain confirmation: it is in use, or may be.
    pub fn is_in_use(&self) -> bool {
        let lately = |used| used >= self.times.1 - TimeDelta::days(IN_USE);
        self.is_unreadable() || matches!(self.told.last_used, Said::Time(used) if lately(used))
    }

    /// Whether it may be revoked without a question: it does not work.
    pub fn is_over(&self) -> bool {
        self.token.revoked || self.has_expired() && !self.is_in_use()
    }

    /// An expiry before the last use proves nothing.
    pub fn has_expired(&self) -> bool {
        let used_after = |end| matches!(self.told.last_used, Said::Time(used) if used > end);
        matches!(self.told.expires, Said::Time(end) if end <= self.times.1 && !used_after(end))
    }

    fn said_unused(&self) -> bool {
        self.told.last_used == Said::Nothing
    }

    fn unused_for(&self, days: i64) -> bool {
        matches!(self.told.last_used, Said::Time(used) if used + TimeDelta::days(days) <= self.times.1)
    }

    fn is_older(&self, days: i64) -> bool {
        matches!(self.told.created, Said::Time(made) if made + TimeDelta::days(days) <= self.times.1)
    }

    fn is_younger(&self, days: i64) -> bool {
        matches!(self.told.created, Said::Time(made) if made + TimeDelta::days(days) > self.times.1)
    }
}
