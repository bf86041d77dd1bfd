//! Activity is shown day by day, by this computer's clock.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::when;

/// A day by this computer's clock.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayView<T> {
    /// `2026-11-24`; empty if it isn't known.
    pub day: String,
    /// `Today`, `Friday`, or that the date can't be read.
    pub name: String,
    /// `20 November`; empty if the day isn't known.
    pub date: String,
    /// What was done on that day.
    pub done: Vec<T>,
}

/// Groups consecutive items by day.
pub(super) fn by_day<T>(
    done: impl Iterator<Item = (Option<DateTime<Utc>>, T)>,
    now: DateTime<Utc>,
) -> Vec<DayView<T>> {
    let today = when::local_day(now);
    let mut days: Vec<DayView<T>> = Vec::new();
    for (at, it) in done {
        let day = at.map(when::local_day);
        let key = day.map_or_else(String::new, |day| day.to_string());
        if days.last().is_none_or(|last| last.day != key) {
            days.push(DayView {
                day: key,
                name: day.map_or("Date unreadable".to_owned(), |day| when::day_name(day, today)),
                date: day.map_or_else(String::new, |day| when::day_beside_name(day, today)),
                done: Vec::new(),
            });
        }
        if let Some(last) = days.last_mut() {
            last.done.push(it);
        }
    }
    days
}
