//! What no text may hold that a person types, pastes or gives on the command line, unless it is a
//! credential: from there it would reach a disk, an address, a name server or a log.

use crate::desk::Desk;
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
