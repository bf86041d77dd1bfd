//! What may be said about a token: what its server said, as of any time that it may be there.

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::odd::Said;
use entri_sandbox::{DateHeader, StoredToken, Told, Variant};
use token_desk::{Chip, Date};

/// A clock that is further off than these seconds isn't believed.
const BELIEVED: i64 = 2 * 86_400;
/// Responses take time to arrive, and times are rounded.
const SLACK: TimeDelta = TimeDelta::minutes(2);
/// The thresholds of the default policy, in days.
const STALE: i64 = 90;
const IDLE: i64 = 30;
const GRACE: i64 = 30;
const SOON: i64 = 30;
const ROTATION: i64 = 90;
const LONG_LIVED: i64 = 365;
/// A token that was used within this many days is in use.
const IN_USE: i64 = 7;
/// The first of the people who are no longer members, and of those who may not manage tokens.
const FORMER: u8 = 6;
const MAY_NOT_MANAGE: [u8; 3] = [2, 3, 4];

/// What is known about a token.
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
    /// Whether these dates are what the server said.
    pub fn dates(&self, shown: [Date; 3]) -> bool {
        let is = |(shown, said): (Date, Said)| match said {
            Said::Time(time) => shown == Date::At(time),
            Said::Nothing => shown == Date::None,
            Said::Unreadable => shown == Date::Unreadable,
        };
        shown.into_iter().zip(self.said()).all(is)
    }

    /// Whether a token may be shown so.
    pub fn chip(&self, chip: Chip) -> bool {
        match chip {
            Chip::Expired => self.has_expired(),
            Chip::Stale => self.unused_for(STALE),
            Chip::Idle => self.unused_for(IDLE),
            Chip::NoUse => self.never_used(),
            Chip::New => self.said_unused() && self.told.created != Said::Unreadable,
            Chip::Unreadable => self.is_unreadable(),
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
            "never-used" => self.never_used(),
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

    /// Whether its name has to be typed before it is revoked: it works and is in use, or may be.
    pub fn needs_care(&self) -> bool {
        let in_use = |used: DateTime<Utc>| used >= self.times.1 - TimeDelta::days(IN_USE);
        let used = matches!(self.told.last_used, Said::Time(used) if in_use(used));
        !self.token.revoked && (self.is_unreadable() || used && !self.has_expired())
    }

    /// Whether it may be revoked without a question: it does not work.
    pub fn is_over(&self) -> bool {
        self.token.revoked || self.has_expired() && !self.is_unreadable()
    }

    /// An expiry before the last use is not believed.
    fn has_expired(&self) -> bool {
        let Said::Time(end) = self.told.expires else { return false };
        end <= self.times.1 && !matches!(self.told.last_used, Said::Time(used) if used > end)
    }

    fn never_used(&self) -> bool {
        let age = match self.told.created {
            Said::Time(made) => made + TimeDelta::days(GRACE) <= self.times.1,
            Said::Nothing => true,
            Said::Unreadable => false,
        };
        self.said_unused() && age
    }

    fn is_unreadable(&self) -> bool {
        self.said().contains(&Said::Unreadable)
    }

    fn said(&self) -> [Said; 3] {
        [self.told.created, self.told.expires, self.told.last_used]
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
}
