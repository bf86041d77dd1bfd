//! Checks texts for token values. No text that a person types, pastes or passes on the command line
//! may contain one, unless it is a credential: the value would end up on a disk, in an address, at
//! a name server or in a log.

use super::Desk;
use crate::model::token::TokenKey;

impl Desk {
    /// Whether a text holds what looks like the value of a token, or a part of a value that waits here, in
    /// whichever form.
    #[must_use]
    pub fn holds_value(&self, text: &str) -> bool {
        entri_api::holds_value(text) || self.inner.vault.finds(text)
    }

    /// Whether it names a token of a list: its id is then the server's own, whatever it looks like.
    #[must_use]
    pub fn is_listed(&self, key: &TokenKey) -> bool {
        self.list_of(key.connection).is_ok_and(|list| list.find(key).is_some())
    }
}
