//! How long a token usually goes without a use.

use chrono::{DateTime, TimeDelta, Utc};

use crate::history::Observation;

/// Older sightings are left out: of earlier months, only one a week is kept.
const LOOK_BACK: TimeDelta = TimeDelta::days(400);
/// A single gap so many times the next longest isn't usual. A weekend is three days among days of one.
const OUTLIER: i32 = 4;

/// The time between two uses that were seen.
struct Gap {
    /// From one to the other. Uses in between may be hidden.
    whole: TimeDelta,
    /// For how long a list proved that there was none.
    known: TimeDelta,
}

/// The longest time that the token usually goes without a use; `None` before two uses were seen. Uses between two lists
/// are hidden, so it may be too long but, for a token with a rhythm, isn't too short.
#[must_use]
pub fn longest_usual(
    sightings: &[Observation],
    counts: impl Fn(DateTime<Utc>) -> bool,
) -> Option<TimeDelta> {
    let gaps = gaps(sightings, counts);
    let clear: Vec<_> = gaps.iter().filter(|gap| gap.known * 2 >= gap.whole).collect();
    // The app looks regularly, so a gap in which it didn't look is no rhythm.
    let mut lengths: Vec<_> = if clear.len() * 2 >= gaps.len() {
        clear.into_iter().map(|gap| gap.whole).collect()
    } else {
        gaps.iter().map(|gap| gap.whole).collect()
    };
    lengths.sort_unstable();
    match lengths[..] {
        [.., next, longest] if lengths.len() > 2 && longest > next * OUTLIER => Some(next),
        [.., longest] => Some(longest),
        [] => None,
    }
}

fn gaps(sightings: &[Observation], counts: impl Fn(DateTime<Utc>) -> bool) -> Vec<Gap> {
    let latest = sightings.iter().map(|one| one.at).max();
    let oldest = latest.and_then(|at| at.checked_sub_signed(LOOK_BACK));
    let mut gaps = Vec::new();
    let mut last: Option<(DateTime<Utc>, DateTime<Utc>)> = None;
    for one in sightings.iter().filter(|one| oldest.is_none_or(|oldest| oldest <= one.at)) {
        let Some(used) = one.last_used.filter(|used| counts(*used)) else { continue };
        match last {
            Some((before, seen)) if used > before => {
                let (whole, known) = (used - before, seen - before);
                gaps.push(Gap { whole, known: known.clamp(TimeDelta::zero(), whole) });
            }
            Some((before, _)) if used < before => continue,
            _ => {}
        }
        last = Some((used, one.at));
    }
    gaps
}
