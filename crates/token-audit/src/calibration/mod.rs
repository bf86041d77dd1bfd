//! How much a server's last-used dates are worth, learned from the token that the app signs in with.
//!
//! Every load uses that token, so its own row has to move. How far apart its values are, how soon a load shows the
//! use before it, and whether the row still moves at all holds for the other rows, too. A server may round the dates
//! down, write them at most every few minutes, and show them late (docs/entri-api.md#dates); on a Grafana server, an
//! upgrade stopped them for good (<https://github.com/grafana/grafana/issues/78375>).
//!
//! All times are the server's, so it doesn't matter whether this computer's clock is right. Loads whose answers had no
//! time of the server aren't dated and give no bounds. Lower bounds, and the upper one of the step, need three values
//! that agree, so that no single odd answer decides.

mod freeze;
mod lag;
mod own_use;
mod row;
mod step;

use chrono::{DateTime, TimeDelta, Utc};

use lag::Delays;
pub use own_use::{OwnUse, by_others};
use row::Row;
use step::Grain;

/// The longest step that the app allows for while it knows too little: last uses are told to the day at least.
pub const LONGEST_STEP: TimeDelta = TimeDelta::days(1);
/// The longest lag that the app allows for while it knows too little. Servers that write last uses in batches do so
/// within the hour.
pub const LONGEST_LAG: TimeDelta = TimeDelta::hours(1);
/// How far off a time may be that a server told: `Date` headers and dates of use are in whole seconds, and answers
/// take their time.
pub(crate) const PRECISION: TimeDelta = TimeDelta::seconds(2);

/// What one load showed of the token that the app signs in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnSighting {
    /// When the load sent its first request with the token, by the server's clock; `None` if the server didn't report
    /// its time.
    pub asked: Option<DateTime<Utc>>,
    /// How much later the row had been read, at most; not negative.
    pub took: TimeDelta,
    /// The last use that the row showed; `None` if no use was recorded.
    pub last_used: Option<DateTime<Utc>>,
}

/// Between which limits a length of time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// It isn't shorter than this. At most `at_most`.
    pub at_least: TimeDelta,
    /// It isn't longer than this.
    pub at_most: TimeDelta,
}

/// Whether the use of the API moves the app's own row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Too few loads to say.
    Unknown,
    /// The row moved at least once.
    Counts,
    /// The row never moved, though the app used the token for days.
    DoesNotCount,
}

/// What last-used dates are worth on one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    /// For how long after the last use shown further uses may go unrecorded. Whole seconds, 1 s or more. `None` if
    /// the row showed too few values, or there is no row.
    pub step: Option<Bounds>,
    /// How long after a use its row shows it. Whole seconds. `None` if the row showed too few values, or there is no
    /// row.
    pub lag: Option<Bounds>,
    /// The last use that the row showed before it stopped moving although the token was used; `None` if it moves, or
    /// nobody can tell.
    pub frozen: Option<DateTime<Utc>>,
    /// Whether the use of the API counts.
    pub channel: Channel,
}

impl Bounds {
    /// The length, if the limits are so close that it is off by less than `tolerance`.
    #[must_use]
    pub fn within(&self, tolerance: TimeDelta) -> Option<TimeDelta> {
        (self.at_most - self.at_least <= tolerance).then_some(self.at_most)
    }
}

impl Calibration {
    /// Nothing is known: the app signs in with a session, which has no row, or has loaded too few lists, or the server
    /// doesn't report its time.
    pub const UNKNOWN: Self =
        Self { step: None, lag: None, frozen: None, channel: Channel::Unknown };

    /// What the sightings of the app's own row show. They are in the order of the loads; those whose dates contradict
    /// that order were dated by a wrong clock and are left out. `values` are the last uses of all rows of the list.
    #[must_use]
    pub fn of(sightings: &[OwnSighting], values: impl IntoIterator<Item = DateTime<Utc>>) -> Self {
        let row = Row::of(sightings);
        if row.first().is_none() {
            return Self::UNKNOWN;
        }
        let values: Vec<_> = values.into_iter().chain(row.values()).collect();
        let grain = Grain::of(&values);
        let longest = step::at_most(&row, &grain);
        let delays = Delays::of(&row, longest);
        let step = longest.map(|longest| step::bounds(&row, &grain, longest, delays.due()));
        let lag = delays.bounds(step);
        let frozen = freeze::since(&row, step, lag, delays.cleared());
        let channel = match frozen {
            _ if row.moved() => Channel::Counts,
            Some(_) => Channel::DoesNotCount,
            None => Channel::Unknown,
        };
        Self { step, lag, frozen, channel }
    }

    /// The longest that the step may be.
    #[must_use]
    pub fn longest_step(&self) -> TimeDelta {
        longest(self.step, LONGEST_STEP)
    }

    /// The longest that the lag may be.
    #[must_use]
    pub fn longest_lag(&self) -> TimeDelta {
        longest(self.lag, LONGEST_LAG)
    }

    /// The step, if it is known to within one step.
    #[must_use]
    pub fn stated_step(&self) -> Option<TimeDelta> {
        self.step.and_then(|step| step.within(step.at_least))
    }

    /// The lag, if it is known to within one step and what the clocks are off.
    #[must_use]
    pub fn stated_lag(&self) -> Option<TimeDelta> {
        let step = self.step?.at_least;
        self.lag.and_then(|lag| lag.within(step.max(PRECISION * 2)))
    }
}

/// The longest that a step or lag may be. An upper bound from loads that are far apart says little, so the limit is
/// `usual`, unless the lower bound is above it.
fn longest(bounds: Option<Bounds>, usual: TimeDelta) -> TimeDelta {
    bounds.map_or(usual, |bounds| bounds.at_most.min(usual).max(bounds.at_least))
}
