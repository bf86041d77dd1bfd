//! The tokens that are selected, to do something with all of them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::desk::{Desk, lock};
use crate::inventory::{Query, TokenKey};

impl Desk {
    /// Selects tokens, or takes them out of the selection; how many are selected then.
    pub fn select(&self, keys: impl IntoIterator<Item = TokenKey>, selected: bool) -> usize {
        let mut selection = lock(&self.inner.selection);
        for key in keys {
            if selected {
                selection.insert(key);
            } else {
                selection.remove(&key);
            }
        }
        selection.len()
    }

    /// Selects every token that a query shows; how many are selected then. A search that is not
    /// understood shows more than was meant, so nothing is selected by it.
    #[expect(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn select_all(&self, query: &Query, now: DateTime<Utc>) -> usize {
        let keys = {
            let mut listed = self.listed();
            let search = &mut listed.search;
            search.refresh(now);
            let window = search.ask(query, 0, usize::MAX, None);
            let meant = window.problems.is_empty();
            window
                .rows
                .into_iter()
                .filter(|_| meant)
                .map(|index| search.list.key(index))
                .collect::<Vec<_>>()
        };
        self.select(keys, true)
    }

    /// Selects nothing.
    pub fn select_none(&self) {
        lock(&self.inner.selection).clear();
    }

    /// The tokens that are selected; some may have left the list since.
    pub(crate) fn selected(&self) -> HashSet<TokenKey> {
        lock(&self.inner.selection).clone()
    }
}
