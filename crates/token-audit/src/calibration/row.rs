//! The app's own row over time: its values, and the loads that showed each of them.

use std::iter;

use chrono::{DateTime, TimeDelta, Utc};

use super::{OwnSighting, PRECISION};

/// How many values must agree on a bound. One odd answer decides nothing.
pub(super) const THRICE: usize = 3;

/// A sighting at a time of the server's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    asked: DateTime<Utc>,
    took: TimeDelta,
    pub(super) last_used: Option<DateTime<Utc>>,
}

/// The sightings of the row.
pub(super) struct Row {
    /// What each load showed, whatever its date.
    shown: Vec<Option<DateTime<Utc>>>,
    /// Those whose dates can be relied on, in chronological order.
    dated: Vec<Dated>,
}

impl Dated {
    fn of(sighting: &OwnSighting) -> Option<Self> {
        let OwnSighting { asked, took, last_used } = *sighting;
        Some(Self { asked: asked?, took, last_used })
    }

    /// The first moment at which the load may have begun to use the token.
    pub(super) fn earliest(&self) -> DateTime<Utc> {
        self.asked.checked_sub_signed(PRECISION).unwrap_or(self.asked)
    }

    /// The last moment at which it may have begun to.
    pub(super) fn latest(&self) -> DateTime<Utc> {
        self.asked.checked_add_signed(PRECISION).unwrap_or(self.asked)
    }

    /// The last moment at which the row may have been read.
    pub(super) fn read(&self) -> DateTime<Utc> {
        self.latest().checked_add_signed(self.took).unwrap_or(self.latest())
    }
}

impl Row {
    pub(super) fn of(sightings: &[OwnSighting]) -> Self {
        let dated: Vec<_> = sightings.iter().filter_map(Dated::of).collect();
        Self { shown: sightings.iter().map(|one| one.last_used).collect(), dated: in_order(&dated) }
    }

    pub(super) fn first(&self) -> Option<&Dated> {
        self.dated.first()
    }

    /// Whether two loads showed different values.
    pub(super) fn moved(&self) -> bool {
        self.shown.windows(2).any(|pair| pair[0] != pair[1])
    }

    /// The loads that showed one value, without a load in between that showed another.
    pub(super) fn runs(&self) -> impl Iterator<Item = &[Dated]> {
        self.dated.chunk_by(|one, next| one.last_used == next.last_used)
    }

    /// The loads that showed the latest value, with reliable dates; empty if none of them has one.
    pub(super) fn last_run(&self) -> &[Dated] {
        let run = self.dated.chunk_by(|one, next| one.last_used == next.last_used).next_back();
        let latest = self.shown.last();
        run.filter(|run| run.first().map(|one| &one.last_used) == latest).unwrap_or_default()
    }

    /// How many loads began to use the token within these limits, for certain.
    pub(super) fn uses(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> usize {
        self.dated.iter().filter(|one| from <= one.earliest() && one.latest() <= until).count()
    }

    /// The first load that used the token at this time or later, for certain.
    pub(super) fn first_use_from(&self, from: DateTime<Utc>) -> Option<&Dated> {
        let at = self.dated.partition_point(|one| one.asked < from);
        self.dated[at..].iter().find(|one| one.earliest() >= from)
    }

    /// The last load that had used the token by this time, for certain.
    pub(super) fn last_use_until(&self, until: DateTime<Utc>) -> Option<&Dated> {
        let at = self.dated.partition_point(|one| one.asked <= until);
        self.dated[..at].iter().rfind(|one| one.latest() <= until)
    }

    /// All values of the row, each once, in order.
    pub(super) fn values(&self) -> Vec<DateTime<Utc>> {
        let mut values: Vec<_> = self.shown.iter().copied().flatten().collect();
        values.sort_unstable();
        values.dedup();
        values
    }
}

/// The most sightings whose dates are in order; those between them were dated by a wrong clock.
fn in_order(sightings: &[Dated]) -> Vec<Dated> {
    // The last sighting of the best chain of each length, and the one before each sighting in its chain.
    let (mut ends, mut before) = (Vec::<usize>::new(), Vec::with_capacity(sightings.len()));
    for (at, one) in sightings.iter().enumerate() {
        let length = ends.partition_point(|&end| sightings[end].asked <= one.asked);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let chain = iter::successors(ends.last().copied(), |&at| before[at]);
    let mut chain: Vec<_> = chain.map(|at| sightings[at]).collect();
    chain.reverse();
    chain
}

/// The shortest of these lengths that `count` of them confirm; `None` if there are fewer.
pub(super) fn confirmed_at_most(mut lengths: Vec<TimeDelta>, count: usize) -> Option<TimeDelta> {
    lengths.sort_unstable();
    lengths.get(count.checked_sub(1)?).copied()
}

/// The longest of these lengths that [`THRICE`] of them confirm; `None` if there are fewer.
pub(super) fn confirmed_at_least(mut lengths: Vec<TimeDelta>) -> Option<TimeDelta> {
    lengths.sort_unstable();
    lengths.iter().rev().nth(THRICE - 1).copied()
}
