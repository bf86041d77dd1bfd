//! What would have failed, had a token been revoked earlier.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use super::{Day, Step, UseHistory};

/// More hours than these are only called various.
const MOST_HOURS: usize = 3;
const HALF_AN_HOUR: TimeDelta = TimeDelta::minutes(30);

/// What would have failed, had a token been revoked at some time in the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// How many uses since then the lists showed. Each list shows only the latest, so there may be more.
    pub failed: usize,
    /// The hours of the day around which they were, in UTC, each with their number; most frequent first.
    pub hours: Vec<(u32, usize)>,
    /// The day of the last of them.
    pub last: Option<NaiveDate>,
    /// On how many of the days since then nothing is known.
    pub unknown: usize,
}

impl UseHistory {
    /// What would have failed, had the token been revoked at that time; `None` if its history began later.
    #[must_use]
    pub fn rehearse(&self, revoked: DateTime<Utc>) -> Option<Rehearsal> {
        let day = revoked.date_naive();
        let from = self.place(day).filter(|&at| at > 0)?;
        let mut failed: Vec<_> =
            self.uses.iter().map(|one| one.at).filter(|at| *at > revoked).collect();
        failed.sort_unstable();
        failed.dedup();
        let days = &self.days[from..];
        Some(Rehearsal {
            failed: failed.len(),
            hours: hours(&failed),
            last: failed.last().map(DateTime::date_naive),
            unknown: days.iter().filter(|day| **day == Day::Unknown).count(),
        })
    }
}

/// The full hours next to these times.
fn hours(times: &[DateTime<Utc>]) -> Vec<(u32, usize)> {
    let mut counts = [0; 24];
    for time in times {
        let next = time.checked_add_signed(HALF_AN_HOUR).unwrap_or(*time);
        counts[next.hour() as usize % 24] += 1;
    }
    let mut hours: Vec<_> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
    hours.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    hours
}

impl Rehearsal {
    /// `At least 29 uses would have failed, most around 03:00 UTC. The last was on 29 Nov 2026.`
    #[must_use]
    pub fn words(&self, step: Step) -> String {
        let gaps = match self.unknown {
            0 => String::new(),
            1 => " No data for 1 day.".to_owned(),
            days => format!(" No data for {days} days."),
        };
        let Some(last) = self.last.map(|day| day.format("%-d %b %Y")) else {
            return format!("No recorded use would have failed.{gaps}");
        };
        let when = if step.tells_hours() { self.hours_words() } else { String::new() };
        match self.failed {
            1 => format!("At least 1 use would have failed{when}, on {last}.{gaps}"),
            uses => format!(
                "At least {uses} uses would have failed{when}. The last was on {last}.{gaps}"
            ),
        }
    }

    /// `, most around 03:00 and 14:00 UTC`.
    fn hours_words(&self) -> String {
        let mut told = 0;
        let mut hours = Vec::new();
        for (hour, count) in self.hours.iter().take(MOST_HOURS) {
            hours.push(format!("{hour:02}:00"));
            told += count;
            if told * 5 >= self.failed * 4 {
                break;
            }
        }
        let share = match told {
            all if all < self.failed && all * 5 < self.failed * 4 => {
                return ", at various hours".to_owned();
            }
            1 => "",
            all if all == self.failed => "all ",
            _ => "most ",
        };
        let hours = match &hours[..] {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            hours => hours.concat(),
        };
        format!(", {share}around {hours} UTC")
    }
}
