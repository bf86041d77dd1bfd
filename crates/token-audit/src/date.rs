//! What is known about a point in time.

use chrono::{DateTime, Utc};

/// What is known about a point in time. For last uses, the order is from the quietest token to the
/// most active: one whose last use is unreadable may be in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Date {
    /// There is none: it never expires, no use is recorded.
    None,
    /// A time that can be read.
    At(DateTime<Utc>),
    /// A date in an unreadable form. Nothing follows from it: it is neither in the past nor
    /// missing.
    Unreadable,
}

impl Date {
    /// The time; `None` for no date and for one that cannot be read. Where the two mean different things,
    /// match on the date instead.
    #[must_use]
    pub fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(time) => Some(time),
            Self::None | Self::Unreadable => None,
        }
    }
}

impl From<Option<DateTime<Utc>>> for Date {
    fn from(time: Option<DateTime<Utc>>) -> Self {
        time.map_or(Self::None, Self::At)
    }
}
