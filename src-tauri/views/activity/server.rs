//! What the servers logged.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Clocks, Date, LogEntry, ServerActivity, log_says, text, told, when};

use super::days::{DayView, by_day};
use crate::views::{When, count};

/// The servers' own logs, newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerActivityView {
    /// The days with entries, latest first; entries without a readable date come last.
    pub days: Vec<DayView<LogEntryView>>,
    /// How many entries these are.
    pub total: u32,
    /// Whether only the newest entries of a log were loaded, so there may be older ones.
    pub older: bool,
    /// Why a log couldn't be read, one sentence each.
    pub problems: Vec<String>,
}

/// An entry of a server's log.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogEntryView {
    /// When it was written: the time of day.
    pub at: When,
    /// Who did it; empty if the server doesn't say.
    pub who: String,
    /// What happened, as a sentence if the action is known.
    pub says: String,
    /// The entry as the server wrote it.
    pub raw: String,
    /// Whether it is about a token.
    pub of_tokens: bool,
}

impl ServerActivityView {
    /// Converts each entry to this computer's time by the clock of its server.
    #[must_use]
    pub fn new(activity: ServerActivity, clocks: &Clocks, now: DateTime<Utc>) -> Self {
        let total = count(activity.entries.len());
        let entries = activity.entries.iter().map(|(connection, entry)| {
            let ahead = clocks.ahead(*connection);
            let at = entry.at.at().and_then(|at| at.checked_sub_signed(ahead));
            let says = log_says(entry, activity.project(*connection, entry));
            (at, LogEntryView::new(entry, &says, at))
        });
        let days = by_day(entries, now);
        let problems = activity.problems.into_iter().map(|problem| problem.message).collect();
        Self { days, total, older: activity.older, problems }
    }
}

impl LogEntryView {
    fn new(entry: &LogEntry, says: &str, at: Option<DateTime<Utc>>) -> Self {
        let optional = [&entry.who, &entry.target_type, &entry.target_id];
        let [who, of, id] = optional.map(|it| it.as_deref().map(text::visible).unwrap_or_default());
        let action = text::visible(&entry.action);
        let at = at.map_or_else(|| told(entry.at), Date::At);
        Self {
            at: When::of(at, |at| when::clock(at, at), "—"),
            who,
            says: text::visible(says),
            raw: [&*action, &*of, &*id].join(" ").trim().to_owned(),
            of_tokens: entry.is_of_tokens(),
        }
    }
}
