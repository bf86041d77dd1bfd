//! When one token was used, as far as occasional snapshots show.
//!
//! A server reports only the latest use. So the later of two snapshots shows the last use between
//! them and that none came after it, but nothing about earlier days: those are unknown.

mod bars;
mod exposed;
mod rehearsal;
mod rhythm;
mod step;
mod words;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

pub use bars::Bar;
pub use exposed::Exposed;
pub use rehearsal::Rehearsal;
pub use step::Step;

/// What a server reported about a token at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// When it was asked, by the server's clock, which dates the uses.
    pub at: DateTime<Utc>,
    /// How far that time may be off: zero if the server reported its own time.
    pub slack: TimeDelta,
    /// When the token was last used, by the server's clock; `None` if no use is recorded.
    pub last_used: Option<DateTime<Utc>>,
}

/// What is known about one day, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The token was used.
    Used,
    /// No use is known, as far as the day is covered by snapshots.
    Quiet,
    /// Nobody looked, and a later use hides what was.
    Unknown,
}

/// A use that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Use {
    at: DateTime<Utc>,
    /// How long after it no other one came, at the least.
    alone: TimeDelta,
}

/// A use after a long silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Return {
    on: NaiveDate,
    after_days: i64,
    /// Whether it may have been silent for longer, or used in between.
    about: bool,
}

/// Every day from the first look on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseHistory {
    first: NaiveDate,
    days: Vec<Day>,
    /// The days on which somebody looked.
    looked: Vec<bool>,
    uses: Vec<Use>,
    came_back: Option<Return>,
    /// Since when there has been no use other than the latest reported one.
    quiet_since: DateTime<Utc>,
}

/// Older days are left out: no page is wide enough, and no server is that old.
const MOST_DAYS: i64 = 36_525;
/// A silence this long is worth a word when it ends.
const LONG_SILENCE: TimeDelta = TimeDelta::days(60);
/// A list takes its time to load, and a token may be used meanwhile.
const LOADS: TimeDelta = TimeDelta::hours(1);

impl Observation {
    /// The first moment at which the look may have been.
    fn earliest(&self) -> DateTime<Utc> {
        self.at.checked_sub_signed(self.slack).unwrap_or(self.at)
    }

    /// The last moment at which the look may have been.
    fn latest(&self) -> DateTime<Utc> {
        self.at.checked_add_signed(self.slack).unwrap_or(self.at)
    }

    /// The last use; none can have been after the look.
    fn used(&self) -> Option<DateTime<Utc>> {
        let at_most = self.at.checked_add_signed(self.slack.max(LOADS)).unwrap_or(self.at);
        self.last_used.map(|used| used.min(at_most))
    }
}

impl UseHistory {
    /// What the snapshots `looks` show about the days up to `until`; `None` without any. They are
    /// in chronological order; one that is after `until`, or before its predecessor, was dated by a
    /// wrong clock and is left out.
    #[must_use]
    pub fn of(looks: &[Observation], until: DateTime<Utc>) -> Option<Self> {
        let mut ordered: Vec<Observation> = Vec::with_capacity(looks.len());
        for look in looks.iter().filter(|look| look.at <= until) {
            if ordered.last().is_none_or(|before| before.at <= look.at) {
                ordered.push(*look);
            }
        }
        let last_use = ordered.last()?.used();
        let last = last_use.map_or(until, |used| used.max(until)).date_naive();
        let earliest = last - TimeDelta::days(MOST_DAYS.min(days_between(NaiveDate::MIN, last)));
        let first = ordered.first()?.at.date_naive().max(earliest);
        let length = usize::try_from(days_between(first, last)).unwrap_or(0) + 1;
        let mut history = Self {
            first,
            days: vec![Day::Unknown; length],
            looked: vec![false; length],
            uses: Vec::new(),
            came_back: None,
            quiet_since: ordered[0].latest(),
        };
        history.begin(ordered[0]);
        ordered.windows(2).for_each(|pair| history.go_on(pair[0], pair[1]));
        Some(history)
    }

    /// The day of the first look.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// What is known about each day, starting with the first.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The date of a day by its place.
    fn date(&self, at: usize) -> NaiveDate {
        self.first + TimeDelta::days(i64::try_from(at).unwrap_or(0))
    }

    fn place(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from(days_between(self.first, day)).ok().filter(|&at| at < self.days.len())
    }

    fn begin(&mut self, look: Observation) {
        self.look(look.at.date_naive());
        self.quiet_until(look);
        if let Some(used) = look.used() {
            self.used(used, look);
        }
    }

    fn go_on(&mut self, before: Observation, look: Observation) {
        self.look(look.at.date_naive());
        match look.used() {
            _ if look.last_used == before.last_used => {
                if let Some(last) = self.uses.last_mut() {
                    last.alone = last.alone.max(look.earliest() - last.at);
                }
                self.quiet_until(look);
            }
            Some(used) => {
                self.note_return(before, used);
                self.quiet_since = used.max(before.at);
                self.quiet_until(look);
                self.used(used, look);
            }
            // The server no longer reports a use that it reported before, so nothing is known about
            // the time between.
            None => {
                self.quiet_since = look.latest();
                self.quiet_until(look);
            }
        }
    }

    fn note_return(&mut self, before: Observation, used: DateTime<Utc>) {
        let Some(silent) = before.last_used.map(|last| before.earliest() - last) else { return };
        if silent < LONG_SILENCE || used <= before.at {
            return;
        }
        let on = used.date_naive();
        let about = !before.slack.is_zero() || days_between(before.at.date_naive(), on) > 1;
        let whole = if about { silent } else { silent + (used - before.at) };
        self.came_back = Some(Return { on, after_days: whole.num_days(), about });
    }

    fn look(&mut self, day: NaiveDate) {
        if let Some(at) = self.place(day) {
            self.looked[at] = true;
        }
    }

    /// Marks the days up to a look on which there was no use for certain.
    fn quiet_until(&mut self, look: Observation) {
        let (from, to) = (self.quiet_since.date_naive(), look.earliest().date_naive());
        let Some(to) = self.place(to) else { return };
        let from = if from < self.first { Some(0) } else { self.place(from) };
        let days = from.and_then(|from| self.days.get_mut(from..=to));
        for day in days.unwrap_or_default() {
            if *day == Day::Unknown {
                *day = Day::Quiet;
            }
        }
    }

    fn used(&mut self, used: DateTime<Utc>, look: Observation) {
        if let Some(at) = self.place(used.date_naive()) {
            self.days[at] = Day::Used;
            self.uses.push(Use { at: used, alone: look.earliest() - used });
        }
    }
}

fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}
