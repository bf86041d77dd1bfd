//! Days put together so that they fit a width.

use chrono::{NaiveDate, TimeDelta};

use super::{Day, UseHistory};

/// How many days a bar may stand for.
const WIDTHS: [usize; 3] = [1, 7, 28];

/// Some days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// The first of them.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// On how many the token was used.
    pub used: u16,
    /// Of how many anything is known. 0: a gap.
    pub known: u16,
}

impl UseHistory {
    /// All days in at most `most` bars of equal width; if even the widest bars are too many, the
    /// earliest are left out.
    #[must_use]
    pub fn bars(&self, most: usize) -> Vec<Bar> {
        let fits = |width: &usize| self.days.len().div_ceil(*width) <= most;
        let width = WIDTHS.into_iter().find(fits).unwrap_or(WIDTHS[2]);
        let chunks = self.days.chunks(width);
        let left_out = chunks.len().saturating_sub(most);
        let bar = |(at, days): (usize, &[Day])| {
            let from = self.date(at * width);
            let count = |wanted: fn(&Day) -> bool| {
                u16::try_from(days.iter().filter(|day| wanted(day)).count()).unwrap_or(u16::MAX)
            };
            Bar {
                from,
                to: from + TimeDelta::days(i64::try_from(days.len()).unwrap_or(1) - 1),
                used: count(|day| *day == Day::Used),
                known: count(|day| *day != Day::Unknown),
            }
        };
        chunks.enumerate().skip(left_out).map(bar).collect()
    }

    /// A letter for each of [`Self::bars`]: `1` to `4` by how many of its days the token was used on,
    /// `.` if no use is known, `?` where of most days nothing is known.
    #[must_use]
    pub fn letters(&self, most: usize) -> String {
        let letter = |bar: Bar| {
            let days = (bar.to - bar.from).num_days() + 1;
            match bar.used {
                0 if i64::from(bar.known) * 2 < days => '?',
                0 => '.',
                used if i64::from(used) * 4 <= days => '1',
                used if i64::from(used) * 2 <= days => '2',
                used if i64::from(used) * 4 <= days * 3 => '3',
                _ => '4',
            }
        };
        self.bars(most).into_iter().map(letter).collect()
    }
}
