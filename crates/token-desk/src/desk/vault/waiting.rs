//! What the page may know about the values that wait, without the values.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::Vault;
use crate::model::token::TokenKey;
use crate::model::token::created::{Created, SecretHandle};
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
    /// How many of those tokens belong to the embedded sandbox, and end with the app.
    pub of_sandbox: usize,
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

impl Vault {
    /// Keeps why a place of its rotation doesn't have the value, until it does or the value is gone.
    pub fn note_place(&self, handle: SecretHandle, place: &str, why: Option<String>) {
        self.with(|slots| {
            let Some(slot) = slots.held.get_mut(&handle) else { return };
            match why {
                Some(why) => slot.failed.insert(place.to_owned(), why),
                None => slot.failed.remove(place),
            };
        });
    }

    /// Why places don't have the value of this token, by their ids; empty unless it waits.
    pub fn failed_places(&self, key: &TokenKey) -> HashMap<String, String> {
        self.with(|slots| {
            let slot = slots.held.values().find(|it| it.told.created.key.as_ref() == Some(key));
            slot.map(|slot| slot.failed.clone()).unwrap_or_default()
        })
    }
}

impl AtStake {
    /// Whether nothing would be lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
