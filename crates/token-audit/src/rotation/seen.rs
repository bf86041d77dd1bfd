//! What the lists showed of the two tokens, and what follows from that.

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::facts::{Facts, LastUsed, Token};
use super::gaps;
use super::progress::{Quiet, UsedAgain};
use crate::OwnUse;
use crate::calibration::PRECISION;
use crate::history::{Step, UseHistory};

/// A use within this time of the usual hour fits it, which is rounded to the full hour.
const NEAR: i64 = 90;
const MINUTES: i64 = 24 * 60;

/// What follows from the dates of use.
pub(super) struct Seen<'a> {
    old: Token<'a>,
    new: Token<'a>,
    until: Option<DateTime<Utc>>,
    /// How much later than its date a use may be.
    pub(super) step: TimeDelta,
    pub(super) lag: TimeDelta,
    /// Whether the loads showed how long the lag is.
    pub(super) measured: bool,
    /// The longest time that the old token usually goes without a use.
    pub(super) usual_gap: Option<TimeDelta>,
    /// The first use of the new token by others.
    pub(super) new_used: Option<DateTime<Utc>>,
    /// The latest date of use of the new token that can't be one, since the token didn't exist yet.
    pub(super) odd_use: Option<DateTime<Utc>>,
    /// When the server stopped recording uses.
    pub(super) frozen: Option<DateTime<Utc>>,
}

impl<'a> Seen<'a> {
    /// `None` if the server doesn't report last use.
    pub(super) fn of(facts: &Facts<'a>, now: DateTime<Utc>) -> Option<Self> {
        let LastUsed::Reported { calibration, recorded_until } = facts.last_used else {
            return None;
        };
        let (old, new) = (facts.old, facts.new);
        let step = calibration.longest_step();
        let others = |used| !explained(used, old.own_uses, step);
        let uses = || new.sightings.iter().filter_map(|one| one.last_used);
        // Dates of use are rounded down by a step at most.
        let existed = |used: DateTime<Utc>| {
            facts.created.is_none_or(|created| later(later(used, step), PRECISION) >= created)
        };
        Some(Self {
            old,
            new,
            until: recorded_until.max(latest(&new)).map(|until| until.min(now)),
            step,
            lag: calibration.longest_lag(),
            measured: calibration.lag.is_some(),
            usual_gap: gaps::longest_usual(old.sightings, others),
            new_used: uses().find(|used| existed(*used) && !explained(*used, new.own_uses, step)),
            odd_use: uses().filter(|used| !existed(*used)).max(),
            frozen: calibration.frozen,
        })
    }

    /// From when on a use of the old token breaks the silence: its last one, whoever it was, but not before the
    /// first use of the new token.
    pub(super) fn silent_from(&self) -> Option<DateTime<Utc>> {
        self.new_used.map(|used| used.max(latest(&self.old).unwrap_or(used)))
    }

    /// The silence that the lists prove. Uses within a step of the last one told weren't recorded, so none is
    /// concluded within it.
    pub(super) fn quiet(&self) -> Option<Quiet> {
        let from = self.certain(self.silent_from()?);
        let until = self.proven_until(&self.old).filter(|until| *until > from)?;
        Some(Quiet { since: latest(&self.old).or(self.new_used)?, until })
    }

    /// Whether the silence is as long as the wait, ± a step: before the first use of the new token, it says nothing.
    pub(super) fn is_quiet_for(&self, wait: TimeDelta) -> bool {
        let ready = self.silent_from().map(|from| later(from, wait));
        ready.zip(self.quiet()).is_some_and(|(ready, quiet)| quiet.until >= ready)
    }

    /// The time from which on a use counts as another one than that of this date.
    pub(super) fn certain(&self, used: DateTime<Utc>) -> DateTime<Utc> {
        later(later(used, self.step), PRECISION * 2)
    }

    /// Up to when the lists show every use of the token that the server recorded. They were read at a time, show
    /// uses only after the lag, and may themselves be outdated: what no row shows, none can be expected to.
    fn proven_until(&self, token: &Token<'_>) -> Option<DateTime<Utc>> {
        let read = token.sightings.iter().filter_map(|one| one.at.checked_sub_signed(one.slack));
        Some(earlier(read.max()?, self.lag + PRECISION).min(self.until?))
    }

    /// From when on a list can show that there was no use until this time, so that nobody is asked to load one earlier.
    pub(super) fn shown_from(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        later(later(time, self.lag + PRECISION), self.step)
    }

    /// For the new token.
    pub(super) fn unused_until(&self) -> Option<DateTime<Utc>> {
        self.proven_until(&self.new)
    }

    /// Whether others used the old token after this time. Its date is rounded down, so the use itself was no earlier.
    pub(super) fn old_used_after(&self, time: DateTime<Utc>) -> bool {
        let after = later(time, PRECISION * 2);
        let uses = self.old.sightings.iter().filter_map(|one| one.last_used);
        uses.filter(|used| *used > after).any(|used| !explained(used, self.old.own_uses, self.step))
    }

    /// Whether others used the old token after the first use of the new one.
    pub(super) fn used_again(&self) -> Option<UsedAgain> {
        let first = self.certain(self.new_used?);
        let uses = self.old.sightings.iter().filter_map(|one| one.last_used);
        let others =
            |used: &DateTime<Utc>| *used > first && !explained(*used, self.old.own_uses, self.step);
        let mut again: Vec<_> = uses.filter(others).collect();
        again.sort_unstable();
        again.dedup();
        let last = *again.last()?;
        let usual = self.usual_hour();
        let hour = self.hour(|at| at > first).or(usual);
        Some(UsedAgain { last, at_least: again.len(), usual: usual.map(|it| fits(last, it)), hour })
    }

    /// The hour around which the old token was used before the new one was.
    pub(super) fn usual_hour(&self) -> Option<u32> {
        let first = self.new_used.unwrap_or(DateTime::<Utc>::MAX_UTC);
        self.hour(|at| at <= first)
    }

    fn hour(&self, within: impl Fn(DateTime<Utc>) -> bool) -> Option<u32> {
        self.history(within)?.hour(self.grain())
    }

    fn history(&self, within: impl Fn(DateTime<Utc>) -> bool) -> Option<UseHistory> {
        let all = self.old.sightings;
        let test = |used| explained(used, self.old.own_uses, self.step);
        let sightings = all.iter().filter(|one| within(one.at) && !one.last_used.is_some_and(test));
        let sightings: Vec<_> = sightings.copied().collect();
        UseHistory::of(&sightings, sightings.last()?.at)
    }

    /// How finely the server tells the time of a use.
    fn grain(&self) -> Step {
        let uses = self.old.sightings.iter().chain(self.new.sightings);
        match self.step.num_minutes() {
            ..60 => Step::Fine,
            60 => Step::Hour,
            _ => Step::of(uses.filter_map(|one| one.last_used)),
        }
    }

    /// When a token with the old one's rhythm is used again after `last`, as seen from `now`; `None` if it has none, or
    /// is overdue.
    pub(super) fn next_use(
        &self,
        last: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let first = self.new_used.unwrap_or(DateTime::<Utc>::MAX_UTC);
        let usual = self.history(|at| at <= first).and_then(|it| it.next_use(self.grain(), now));
        usual.or_else(|| Some(later(last, self.usual_gap?)).filter(|at| *at > now))
    }
}

/// The latest last use that a list ever showed.
fn latest(token: &Token<'_>) -> Option<DateTime<Utc>> {
    token.sightings.iter().filter_map(|one| one.last_used).max()
}

/// Whether a call of the app may be what this date of use tells.
fn explained(used: DateTime<Utc>, own: &[OwnUse], step: TimeDelta) -> bool {
    own.iter().any(|call| call.explains(used, step))
}

fn fits(used: DateTime<Utc>, hour: u32) -> bool {
    let apart = i64::from(used.hour() * 60 + used.minute()) - i64::from(hour * 60);
    ((apart + MINUTES / 2).rem_euclid(MINUTES) - MINUTES / 2).abs() <= NEAR
}

/// Without leaving the calendar, at whose ends a date may lie that a server made up.
pub(super) fn later(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn earlier(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}
