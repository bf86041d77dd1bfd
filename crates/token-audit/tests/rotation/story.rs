//! A rotation of one nightly token, and what is said of it at any time.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::calibration::{Bounds, Calibration, Channel};
use token_audit::history::Observation;
use token_audit::rotation::{
    Change, Ended, Facts, LastUsed, Place, Progress, Proof, Token, WaitRule,
};
use token_audit::{Date, OwnUse};

/// The day on which the new token is created.
pub const CREATED: i64 = 100;

/// On that day, at that hour.
pub fn at(day: i64, hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_225_600, 0).expect("a time")
        + TimeDelta::days(day)
        + TimeDelta::hours(hour)
}

pub fn to_the_minute() -> Calibration {
    let bounds = |seconds| {
        let length = TimeDelta::seconds(seconds);
        Some(Bounds { at_least: length, at_most: length })
    };
    Calibration { step: bounds(60), lag: bounds(60), frozen: None, channel: Channel::Counts }
}

/// A rotation and what happened to it.
pub struct Story {
    /// The uses of both tokens.
    pub old: Vec<DateTime<Utc>>,
    pub new: Vec<DateTime<Utc>>,
    pub old_own: Vec<DateTime<Utc>>,
    pub new_own: Vec<DateTime<Utc>>,
    pub places: Vec<Place>,
    pub calibration: Option<Calibration>,
    pub expires: Option<DateTime<Utc>>,
    pub change: Option<Change>,
    pub ended: Option<Ended>,
    pub revoked: Option<DateTime<Utc>>,
    pub proof: Option<Proof>,
    pub rule: WaitRule,
}

impl Story {
    /// Used every night at three until the given day, by the old token, and from then on by the new one.
    pub fn switched_on(day: i64) -> Self {
        Self {
            old: (60..day).map(|day| at(day, 3)).collect(),
            new: (day..200).map(|day| at(day, 3)).collect(),
            old_own: Vec::new(),
            new_own: Vec::new(),
            places: vec![Place { delivered: Some(at(CREATED, 9)), confirmed: None }],
            calibration: Some(to_the_minute()),
            expires: None,
            change: None,
            ended: None,
            revoked: None,
            proof: None,
            rule: WaitRule::default(),
        }
    }

    /// What is said at that time, if the app looked at 9 and at 17 every day.
    pub fn progress(&self, now: DateTime<Utc>) -> Progress {
        let all = (60..200).flat_map(|day| [at(day, 9), at(day, 17)]);
        self.seen(&all.filter(|at| *at <= now).collect::<Vec<_>>(), now)
    }

    pub fn seen(&self, looks: &[DateTime<Utc>], now: DateTime<Utc>) -> Progress {
        let sightings = |uses: &[DateTime<Utc>], own: &[DateTime<Utc>]| -> Vec<_> {
            let last = |look| uses.iter().chain(own).filter(|used| **used <= look).max().copied();
            let seen = |&at| Observation { at, slack: TimeDelta::zero(), last_used: last(at) };
            looks.iter().map(seen).collect()
        };
        let (old, new) = (sightings(&self.old, &self.old_own), sightings(&self.new, &self.new_own));
        let call = |at: &DateTime<Utc>| OwnUse { from: *at, until: *at, before: Date::None };
        let calls = |own: &[DateTime<Utc>]| own.iter().map(call).collect::<Vec<_>>();
        let (old_own, new_own) = (calls(&self.old_own), calls(&self.new_own));
        let token =
            |sightings, own_uses| Token { sightings, own_uses, expires: None, change: None };
        let recorded_until = looks.last().copied();
        Facts {
            planned: at(CREATED, 7),
            created: (now >= at(CREATED, 8)).then(|| at(CREATED, 8)),
            places: &self.places,
            old: Token { expires: self.expires, change: self.change, ..token(&old, &old_own) },
            new: token(&new, &new_own),
            last_used: self.calibration.map_or(LastUsed::NotReported, |calibration| {
                LastUsed::Reported { calibration, recorded_until }
            }),
            rule: self.rule,
            ended: self.ended,
            revoked: self.revoked,
            proof: self.proof,
        }
        .progress(now)
    }
}
