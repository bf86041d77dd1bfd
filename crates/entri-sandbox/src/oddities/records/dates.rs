//! Which form each date of a token has, and what that means (docs/entri-api.md#dates).

use chrono::{DateTime, Utc};

use crate::forms::DateForm;

/// The forms of a token's dates, by field: each token always has the same one from the list. An
/// empty list means the variant's own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// The forms of the creation date.
    pub created: &'static [DateForm],
    /// The forms of the expiry date.
    pub expires: &'static [DateForm],
    /// The forms of the last use.
    pub last_used: &'static [DateForm],
}

/// What a date field means to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The field holds this time.
    Time(DateTime<Utc>),
    /// The field says that there is no time.
    Nothing,
    /// The field can't be read.
    Unreadable,
}
