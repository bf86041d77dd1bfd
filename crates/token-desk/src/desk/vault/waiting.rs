//! What the page may know about the values that wait, without the values.

use chrono::{DateTime, Utc};

use crate::model::token::created::Created;
use crate::storage::journal::CLIPBOARD;

/// A new token whose value is waiting, and where the value has gone so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The token, without its value.
    pub created: Created,
    /// When the value was last seen on the clipboard; `None` if it never was.
    pub copied: Option<DateTime<Utc>>,
    /// The last place besides the clipboard that has the value, and since when.
    pub delivered: Option<(String, DateTime<Utc>)>,
}

/// The values that leaving would lose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AtStake {
    /// The names of the tokens whose values wait and were neither copied nor delivered.
    pub values: Vec<String>,
    /// How many creates are in flight.
    pub creates: usize,
    /// Whether a copied value is on the clipboard, and was delivered nowhere else: quitting clears it there, and it
    /// may not be pasted yet.
    pub on_clipboard: bool,
}

impl Waiting {
    pub(super) fn is_had(&self) -> bool {
        self.copied.is_some() || self.delivered.is_some()
    }

    pub(super) fn note(&mut self, to: &str, now: DateTime<Utc>) {
        if to == CLIPBOARD {
            self.copied = Some(now);
        } else {
            self.delivered = Some((to.to_owned(), now));
        }
    }
}

impl AtStake {
    /// Whether nothing would be lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
