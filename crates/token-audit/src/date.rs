//! What is known of a point in time.

use chrono::{DateTime, Utc};

/// What is known of a point in time. In the order of how quiet a token was, as far as its last use
/// tells: one whose last use cannot be read may be in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Date {
    /// There is none: it never expires, no use is recorded.
    None,
    /// A time that can be read.
    At(DateTime<Utc>),
    /// There is one in a form that cannot be read. Nothing follows from it: it is neither in the past
    /// nor missing.
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
