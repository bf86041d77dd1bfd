//! Points in time and counts, as the page shows them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Date, ServerTime, when};

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
    /// A time that a server reported: `3 months ago`, or `absent` if there is none.
    pub(super) fn relative(date: impl Into<Date>, now: ServerTime, absent: &str) -> Self {
        Self::of(date.into(), |time| when::relative(time, now.0), absent)
    }

    /// A time by this computer's clock: `3 months ago`.
    pub(super) fn ago(time: DateTime<Utc>, here: DateTime<Utc>) -> Self {
        Self::of(Date::At(time), |time| when::relative(time, here), "—")
    }

    /// `24 Nov 2026`, or `absent` if there is no time.
    pub(super) fn date(date: impl Into<Date>, absent: &str) -> Self {
        Self::of(date.into(), when::local_date, absent)
    }

    pub(super) fn of(
        date: Date,
        words: impl FnOnce(DateTime<Utc>) -> String,
        absent: &str,
    ) -> Self {
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

/// A count as the page's number type; the largest such number stands for more.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
