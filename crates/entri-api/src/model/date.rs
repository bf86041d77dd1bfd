//! A point in time as a server reports it: a time, none, or a value in no known form.

use chrono::{DateTime, Utc};

/// A record's statement about a time (docs/entri-api.md#dates). An unreadable date says nothing about the
/// token: it is neither in the past nor missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Date {
    /// A time that could be read.
    At(DateTime<Utc>),
    /// None: the field is missing or empty, or holds what servers write for "none", such as 0 or a
    /// day in the year 1.
    None,
    /// A value in a form that can't be read.
    Unreadable,
}

impl Date {
    /// The time, if there is a readable one.
    #[must_use]
    pub fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(time) => Some(time),
            Self::None | Self::Unreadable => None,
        }
    }
}
