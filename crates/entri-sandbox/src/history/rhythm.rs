//! The rhythms in which tokens are used.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};

use crate::random::Random;

/// When a token is used, give or take some minutes. All hours are in UTC.
#[derive(Debug, Clone, Copy)]
pub enum Rhythm {
    /// Every night at about this hour.
    Nightly(u8),
    /// From Monday to Friday at about this hour, and again four hours later.
    Weekdays(u8),
    /// Once a week, on this day.
    Weekly(Weekday),
    /// Three busy days every five weeks.
    Bursts,
    /// Only the last use is known.
    Once,
}

/// How far a use may be from its hour, in seconds.
const JITTER: i64 = 20 * 60;
const BURST_EVERY: i64 = 35;

impl Rhythm {
    /// The uses between two times, in order.
    pub fn uses(
        self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        random: &mut Random,
    ) -> Vec<DateTime<Utc>> {
        let mut uses = Vec::new();
        let mut day = from.date_naive();
        while day <= until.date_naive() {
            for hour in self.hours(day.weekday(), day.num_days_from_ce().into()) {
                let hour = TimeDelta::hours(hour.into());
                let at = day.and_time(NaiveTime::MIN).and_utc() + hour;
                uses.push(at + TimeDelta::seconds(random.below(JITTER)));
            }
            day += TimeDelta::days(1);
        }
        uses.retain(|at| (from..until).contains(at));
        uses
    }

    /// Whether a token of this rhythm is used on such a day.
    pub fn has(self, weekday: Weekday) -> bool {
        !self.hours(weekday, 0).is_empty()
    }

    fn hours(self, weekday: Weekday, day: i64) -> Vec<u8> {
        let working = !matches!(weekday, Weekday::Sat | Weekday::Sun);
        match self {
            Self::Nightly(hour) => vec![hour],
            Self::Weekdays(hour) if working => vec![hour, hour + 4],
            Self::Weekly(wanted) if weekday == wanted => vec![6],
            Self::Bursts if day % BURST_EVERY < 3 => vec![8, 10, 11, 13, 15],
            _ => Vec::new(),
        }
    }
}
