//! How regularly a token is used, if there is enough history.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};

use super::{Day, Step, UseHistory};
use crate::verdict::DAY;

/// With fewer uses there is no rhythm.
const LEAST_USES: usize = 5;
/// Fewer weeks say nothing about a day of the week.
const LEAST_WEEKS: u32 = 4;
/// A silence of so many days that is also three times longer than usual ends the rhythm.
const LEAST_SILENCE: i64 = 7;
/// How long a use must have stayed the latest one for its hour to mean anything: the last use of a
/// token that is in use all day is always shortly before the snapshot, whenever that is.
const ALONE: TimeDelta = TimeDelta::hours(2);
const HALF_A_DAY: TimeDelta = TimeDelta::hours(12);
/// How many minutes a day has.
const MINUTES: i64 = 24 * 60;
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rhythm {
    Daily,
    Weekdays,
    Weekly(Weekday),
    Irregular,
}

/// How many days there are of one kind, on how many of them something is known, and on how many the
/// token was used.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    all: u32,
    known: u32,
    used: u32,
}

impl Share {
    fn and(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            known: self.known + other.known,
            used: self.used + other.used,
        }
    }

    /// Whether so many days are unknown that what was seen may be the rhythm of the snapshots.
    fn unclear(self) -> bool {
        self.known * 10 < self.all * 6
    }

    fn mostly(self) -> bool {
        self.used > 0 && self.used * 100 >= self.known * 85
    }

    fn hardly(self) -> bool {
        self.used * 10 <= self.known
    }
}

impl UseHistory {
    /// The days on which it was used, as positions in `days`.
    pub(super) fn used_days(&self) -> impl DoubleEndedIterator<Item = usize> {
        let days = self.days.iter().enumerate();
        days.filter(|(_, day)| **day == Day::Used).map(|(at, _)| at)
    }

    /// `None` if too little was seen to say anything.
    pub(super) fn rhythm(&self) -> Option<Rhythm> {
        let (first, last) = (self.used_days().next()?, self.used_days().next_back()?);
        // Up to its end, or up to the last day with a snapshot.
        let known = self.days.iter().rposition(|day| *day != Day::Unknown)?;
        let last = if self.is_silent() { last } else { known };
        let mut shares = [Share::default(); 7];
        for at in first..=last {
            let share = &mut shares[self.date(at).weekday().num_days_from_monday() as usize];
            share.all += 1;
            share.known += u32::from(self.days[at] != Day::Unknown);
            share.used += u32::from(self.days[at] == Day::Used);
        }
        (self.used_days().count() >= LEAST_USES).then(|| of_week(&shares)).flatten()
    }

    /// Whether it hasn't been used for so long that its rhythm has ended.
    pub(super) fn is_silent(&self) -> bool {
        let (Some(first), Some(last)) = (self.used_days().next(), self.used_days().next_back())
        else {
            return false;
        };
        let quiet = self.days[last..].iter().filter(|day| **day == Day::Quiet).count();
        let between = self.used_days().count().saturating_sub(1).max(1);
        let typical = (last - first).div_ceil(between);
        let enough = usize::try_from(LEAST_SILENCE).unwrap_or_default().max(3 * typical);
        last > first && quiet >= enough
    }

    /// Whether the time of day only ever moves forward. Then the server skips uses that follow
    /// shortly after another, and its times are those of its own writing.
    fn creeps(&self) -> bool {
        let moved: Vec<_> = self
            .uses
            .windows(2)
            .map(|pair| (pair[1].at - pair[0].at + HALF_A_DAY).num_seconds().rem_euclid(DAY))
            .map(|seconds| seconds - HALF_A_DAY.num_seconds())
            .collect();
        moved.iter().all(|&by| by >= 0) && moved.iter().any(|&by| by > 0)
    }

    /// When it is used next after `now`, by its days and its hour; `None` if it has no such rhythm, or it has ended.
    pub(crate) fn next_use(&self, step: Step, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (rhythm, hour) = (self.rhythm()?, self.hour(step)?);
        let days = now.date_naive().iter_days().take(8).filter(|day| rhythm.has(day.weekday()));
        let at_hour = days.filter_map(|day| Some(day.and_hms_opt(hour, 0, 0)?.and_utc()));
        at_hour.filter(|_| !self.is_silent()).find(|at| *at > now)
    }

    /// The hour of the day, in UTC, around which it is used; `None` unless nearly every use is
    /// within an hour of it.
    pub(crate) fn hour(&self, step: Step) -> Option<u32> {
        if !step.tells_hours() || self.uses.len() < LEAST_USES || self.creeps() {
            return None;
        }
        let nearly_all = |count: usize| count * 5 >= self.uses.len() * 4;
        if !nearly_all(self.uses.iter().filter(|one| one.alone >= ALONE).count()) {
            return None;
        }
        let minutes: Vec<_> = self
            .uses
            .iter()
            .map(|one| i64::from(one.at.hour()) * 60 + i64::from(one.at.minute()))
            .collect();
        let apart = |a: i64, b: i64| (b - a + MINUTES / 2).rem_euclid(MINUTES) - MINUTES / 2;
        let near = |middle: i64| {
            minutes.iter().map(move |&it| apart(middle, it)).filter(|it| it.abs() <= 60)
        };
        let middle = minutes.iter().copied().max_by_key(|&middle| near(middle).count())?;
        if !nearly_all(near(middle).count()) {
            return None;
        }
        let count = i64::try_from(near(middle).count()).ok()?;
        let mean = middle + near(middle).sum::<i64>() / count;
        u32::try_from((mean + 30).rem_euclid(MINUTES) / 60).ok()
    }
}

impl Rhythm {
    /// Whether a use on such a day is part of it.
    pub(super) fn has(self, day: Weekday) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekdays => !matches!(day, Weekday::Sat | Weekday::Sun),
            Self::Weekly(its) => its == day,
            Self::Irregular => false,
        }
    }
}

fn of_week(shares: &[Share; 7]) -> Option<Rhythm> {
    let sum = |days: &[Share]| days.iter().copied().fold(Share::default(), Share::and);
    let (week, work, end) = (sum(shares), sum(&shares[..5]), sum(&shares[5..]));
    if week.unclear() {
        return None;
    }
    if week.mostly() {
        return Some(Rhythm::Daily);
    }
    if work.mostly() && end.hardly() && end.known >= LEAST_WEEKS && !end.unclear() {
        return Some(Rhythm::Weekdays);
    }
    for (at, &share) in shares.iter().enumerate() {
        let others = [&shares[..at], &shares[at + 1..]].map(sum);
        let others = others[0].and(others[1]);
        let weekly = share.mostly() && share.known >= LEAST_WEEKS && others.hardly();
        if weekly && !others.unclear() {
            return Some(Rhythm::Weekly(WEEKDAYS[at]));
        }
    }
    Some(Rhythm::Irregular)
}
