//! What was seen of a token while its value was where it shouldn't be.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use super::rhythm::Rhythm;
use super::{Day, Step, UseHistory, days_between};

/// A use so far from the usual hour still fits it.
const AN_HOUR: i64 = 60;
/// How many minutes a day has.
const MINUTES: i64 = 24 * 60;
/// More uses than these aren't named one by one.
const MOST_NAMED: usize = 3;

/// What was seen of a token from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// The uses that the lists showed. Each list shows only the latest, so there may be more.
    pub uses: Vec<DateTime<Utc>>,
    /// Those that don't fit how it is usually used; `None` if that isn't known.
    pub unusual: Option<Vec<DateTime<Utc>>>,
    /// On how many of the days nothing is known, those before the history included.
    pub unknown: usize,
}

/// The days and the hour on which a token is usually used, as far as it has such.
#[derive(Clone, Copy)]
struct Pattern {
    rhythm: Option<Rhythm>,
    hour: Option<u32>,
}

impl UseHistory {
    /// What was seen from this day to that one, compared with what was usual before it, or else at all.
    #[must_use]
    pub fn exposed(&self, from: NaiveDate, to: NaiveDate, step: Step) -> Exposed {
        let is_in = |at: &DateTime<Utc>| (from..=to).contains(&at.date_naive());
        let mut uses: Vec<_> = self.uses.iter().map(|one| one.at).filter(is_in).collect();
        uses.sort_unstable();
        uses.dedup();
        let usual = self.before(from).and_then(|it| it.pattern(step));
        let usual = usual.or_else(|| self.pattern(step));
        let odd = |usual: Pattern| uses.iter().copied().filter(|at| !usual.fits(*at)).collect();
        Exposed { unusual: usual.map(odd), unknown: self.unknown(from, to), uses }
    }

    fn unknown(&self, from: NaiveDate, to: NaiveDate) -> usize {
        let days = usize::try_from(days_between(from, to) + 1).unwrap_or_default();
        let known = self
            .days
            .iter()
            .enumerate()
            .filter(|(at, day)| **day != Day::Unknown && (from..=to).contains(&self.date(*at)));
        days.saturating_sub(known.count())
    }

    /// What was known up to this day.
    fn before(&self, day: NaiveDate) -> Option<Self> {
        let end = self.place(day).filter(|&at| at > 0)?;
        let mut before = self.clone();
        before.days.truncate(end);
        before.looked.truncate(end);
        before.uses.retain(|one| one.at.date_naive() < day);
        Some(before)
    }

    fn pattern(&self, step: Step) -> Option<Pattern> {
        let rhythm = self.rhythm().filter(|it| *it != Rhythm::Irregular);
        let usual = Pattern { rhythm, hour: self.hour(step) };
        (usual.rhythm.is_some() || usual.hour.is_some()).then_some(usual)
    }
}

impl Pattern {
    fn fits(self, at: DateTime<Utc>) -> bool {
        let minute = i64::from(at.hour()) * 60 + i64::from(at.minute());
        let apart = |hour: u32| {
            (minute - i64::from(hour) * 60 + MINUTES / 2).rem_euclid(MINUTES) - MINUTES / 2
        };
        // A use shortly after midnight may be that of the day before.
        let days = [at, at - TimeDelta::minutes(AN_HOUR), at + TimeDelta::minutes(AN_HOUR)];
        let on_day = |it: Rhythm| days.iter().any(|day| it.has(day.weekday()));
        self.rhythm.is_none_or(on_day) && self.hour.is_none_or(|it| apart(it).abs() <= AN_HOUR)
    }
}

impl Exposed {
    /// `40 uses were seen in that time. None breaks its usual pattern.`
    #[must_use]
    pub fn words(&self, step: Step) -> Vec<String> {
        let seen = match self.uses.len() {
            0 => "No use was seen in that time.".to_owned(),
            1 => "1 use was seen in that time.".to_owned(),
            several => format!("{several} uses were seen in that time."),
        };
        let unusual = match self.unusual.as_deref() {
            _ if self.uses.is_empty() => None,
            None => Some("It has no usual pattern to compare with.".to_owned()),
            Some([]) => Some("None breaks its usual pattern.".to_owned()),
            Some(odd) => Some(unusual(odd, step)),
        };
        let unknown = match self.unknown {
            0 => None,
            1 => Some("Nothing is known about 1 of its days.".to_owned()),
            days => Some(format!("Nothing is known about {days} of its days.")),
        };
        let hidden = "The server reports only the latest use, so others may be hidden.".to_owned();
        [Some(seen), unusual, unknown, Some(hidden)].into_iter().flatten().collect()
    }
}

fn unusual(odd: &[DateTime<Utc>], step: Step) -> String {
    let verb = if odd.len() == 1 { "doesn’t" } else { "don’t" };
    let format = if step.tells_hours() { "%-d %b %Y, %H:%M UTC" } else { "%-d %b %Y" };
    let named = odd.iter().take(MOST_NAMED).map(|at| at.format(format).to_string());
    let more = match odd.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = named.collect::<Vec<_>>().join("; ");
    format!("{} {verb} fit its usual pattern: {named}{more}.", odd.len())
}
