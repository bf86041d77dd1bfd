//! The history in sentences. Times and dates are in UTC.

use chrono::{Datelike, NaiveDate, Weekday};

use super::rhythm::Rhythm;
use super::{Day, Return, Step, UseHistory};

/// A time this long without a look, in days, is worth a word.
const LONG_CLOSED: usize = 7;
/// This many days without a use say something.
const LONG_QUIET: usize = 14;
/// More of them are only counted.
const MOST_CLOSED: usize = 2;

/// Of a history that began today.
fn first_day(today: Day) -> &'static str {
    match today {
        Day::Used => "Used today. Tracking started today.",
        Day::Quiet => "No usage yet. Tracking started today.",
        Day::Unknown => "Tracking started today.",
    }
}

impl UseHistory {
    /// The history in sentences, of which the first is the rhythm.
    #[must_use]
    pub fn words(&self, step: Step) -> Vec<String> {
        let mut words = vec![self.rhythm_words(step)];
        words.extend(self.came_back.map(|it| self.return_words(it)));
        words.extend(self.closed_words());
        words.extend(self.unknown_words());
        words
    }

    /// `Nightly around 03:00 UTC until 19 April, then nothing.`
    #[must_use]
    pub fn rhythm_words(&self, step: Step) -> String {
        if let [today] = *self.days {
            return first_day(today).to_owned();
        }
        let Some(last) = self.used_days().next_back() else {
            return match self.days.iter().filter(|day| **day == Day::Quiet).count() {
                1 => "Not used on the one day on record.".to_owned(),
                count => format!("No use recorded in {count} days."),
            };
        };
        let (rhythm, last) = (self.rhythm(), self.date(last));
        let until = if !self.is_silent() {
            String::new()
        } else if rhythm.is_some_and(|it| it != Rhythm::Irregular && !it.has(last.weekday())) {
            // A rhythm doesn't end on a day that isn't one of its own.
            format!(". Last used on {}, {}", last.format("%A"), self.day(last))
        } else {
            format!(" until {}, then nothing", self.day(last))
        };
        match rhythm {
            Some(Rhythm::Irregular) => format!("Irregular: used {}{until}.", self.share()),
            Some(rhythm) => format!("{}{until}.", regular(rhythm, self.hour(step))),
            None => format!("Used {}{until}.", self.share()),
        }
    }

    /// The rhythm in a sentence, where enough is known to tell: it has one, or two weeks passed without a
    /// use.
    #[must_use]
    pub fn usual(&self, step: Step) -> Option<String> {
        let quiet = self.days.iter().filter(|day| **day == Day::Quiet).count();
        let unused = self.used_days().next().is_none() && quiet >= LONG_QUIET;
        (unused || self.rhythm().is_some()).then(|| self.rhythm_words(step))
    }

    /// `on 12 of 40 days`.
    fn share(&self) -> String {
        let known = self.days.iter().filter(|day| **day != Day::Unknown).count();
        match (self.used_days().count(), known) {
            (1, 1) => "on the one day on record".to_owned(),
            (used, known) => format!("on {used} of {known} days"),
        }
    }

    fn return_words(&self, Return { on, after_days, about }: Return) -> String {
        let at_least = if about { "at least " } else { "" };
        format!("Used again on {} after {at_least}{after_days} days.", self.day(on))
    }

    /// The gaps of a week or more between snapshots, latest first.
    fn closed_words(&self) -> Option<String> {
        let mut closed = Vec::new();
        let mut at = 0;
        for run in self.looked.chunk_by(|a, b| a == b) {
            if !run[0] && run.len() >= LONG_CLOSED {
                closed.push((self.date(at), self.date(at + run.len() - 1)));
            }
            at += run.len();
        }
        let more = closed.len().saturating_sub(MOST_CLOSED);
        let spans: Vec<_> = closed[more..].iter().map(|&(from, to)| self.span(from, to)).collect();
        let said = spans.join(" and ");
        match more {
            _ if spans.is_empty() => None,
            0 => Some(format!("No data {said}.")),
            1 => Some(format!("No data {said}, and once before.")),
            more => Some(format!("No data {said}, and {more} times before.")),
        }
    }

    fn unknown_words(&self) -> Option<String> {
        match self.days.iter().filter(|day| **day == Day::Unknown).count() {
            0 => None,
            1 => Some("No data for 1 day.".to_owned()),
            count => Some(format!("No data for {count} days.")),
        }
    }

    /// `20 Apr – 3 May`.
    fn span(&self, from: NaiveDate, to: NaiveDate) -> String {
        let short =
            |day: NaiveDate| day.format(if self.one_year() { "%-d %b" } else { "%-d %b %Y" });
        format!("{} – {}", short(from), short(to))
    }

    /// `19 April`, with its year if the history covers several.
    fn day(&self, day: NaiveDate) -> String {
        day.format(if self.one_year() { "%-d %B" } else { "%-d %B %Y" }).to_string()
    }

    fn one_year(&self) -> bool {
        self.first.year() == self.date(self.days.len() - 1).year()
    }
}

fn regular(rhythm: Rhythm, hour: Option<u32>) -> String {
    let about = hour.map_or_else(String::new, |hour| format!(" around {hour:02}:00 UTC"));
    match (rhythm, hour) {
        (Rhythm::Daily, Some(0..=5 | 22..)) => format!("Nightly{about}"),
        (Rhythm::Daily, _) => format!("Daily{about}"),
        (Rhythm::Weekdays, _) => format!("Weekdays{about}"),
        (Rhythm::Weekly(day), _) => format!("Weekly on {}{about}", days_of(day)),
        (Rhythm::Irregular, _) => "Irregular".to_owned(),
    }
}

fn days_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Mondays",
        Weekday::Tue => "Tuesdays",
        Weekday::Wed => "Wednesdays",
        Weekday::Thu => "Thursdays",
        Weekday::Fri => "Fridays",
        Weekday::Sat => "Saturdays",
        Weekday::Sun => "Sundays",
    }
}
