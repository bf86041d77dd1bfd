//! What the page sees, and what it sends: `…View` goes up, `…Request` comes down.
//!
//! Text that a server wrote is made safe to show here, and points in time become words here, so
//! that the page formats nothing.

mod activity;
mod audit;
mod cleanups;
mod connections;
mod decisions;
mod history;
mod journal;
mod layout;
mod notes;
mod saved;
mod search;
mod secrets;
mod sign_in;
#[cfg(test)]
mod tests;
mod tokens;
mod watch;

pub use activity::*;
pub use audit::*;
pub use cleanups::*;
pub use connections::*;
pub use decisions::*;
pub use history::*;
pub use journal::*;
pub use layout::*;
pub use notes::*;
pub use saved::*;
pub use search::*;
pub use secrets::*;
pub use sign_in::*;
pub use tokens::*;
pub use watch::*;

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Date, when};

const NOT_READABLE: &str = "The server reports this date in an unreadable form.";

/// A point in time in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct When {
    /// What the cell shows.
    pub text: String,
    /// The absolute time in UTC, for the tooltip.
    pub title: Option<String>,
    /// The absolute time by this computer's clock, with its zone, or why there is none.
    pub local: Option<String>,
    /// Whether the cell only says that there is no such time.
    pub muted: bool,
}

impl When {
    /// `3 months ago`; `absent` where there is no such time.
    fn relative(date: impl Into<Date>, now: DateTime<Utc>, absent: &str) -> Self {
        Self::of(date.into(), |time| when::relative(time, now), absent)
    }

    /// `24 Nov 2026`.
    fn date(date: impl Into<Date>, absent: &str) -> Self {
        Self::of(date.into(), when::local_date, absent)
    }

    fn of(date: Date, words: impl FnOnce(DateTime<Utc>) -> String, absent: &str) -> Self {
        match date {
            Date::At(time) => Self {
                text: words(time),
                title: Some(when::absolute(time)),
                local: Some(when::local(time)),
                muted: false,
            },
            Date::None => Self { text: absent.to_owned(), title: None, local: None, muted: true },
            Date::Unreadable => Self {
                text: "Unreadable".to_owned(),
                title: Some(NOT_READABLE.to_owned()),
                local: Some(NOT_READABLE.to_owned()),
                muted: false,
            },
        }
    }
}

/// Counts that fit the page's numbers.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
