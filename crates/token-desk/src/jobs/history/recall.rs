//! The embedded sandbox starts with a history.

use crate::desk::Desk;
use crate::error::StoreError;
use crate::storage::history::{Book, Past, Snapshot};
use crate::system::threads::lock;

impl Desk {
    /// Has a sandbox that is connected to begin with this past.
    pub fn recall_sandbox(&self, past: Past) {
        *lock(&self.inner.histories.recalled) = Some(past);
    }

    /// Before the first look at the sandbox; does nothing before any other.
    pub(super) fn look_back(&self, book: &Book, snapshot: &Snapshot<'_>) -> Result<(), StoreError> {
        let recalled = lock(&self.inner.histories.recalled);
        match &*recalled {
            Some(past) if snapshot.connection.sandbox => book.look_back(snapshot, past),
            _ => Ok(()),
        }
    }
}
