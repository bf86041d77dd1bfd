//! Help with a search: suggestions for what to type next, and values to choose from.

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::list::language::Key;
use crate::list::{Completion, Facet, Query};

impl Desk {
    /// Suggestions to replace the word at the caret, a position in bytes.
    #[must_use]
    pub fn complete(&self, query: &Query, caret: usize, now: DateTime<Utc>) -> Option<Completion> {
        let clocks = self.clocks(now);
        let mut listed = self.listed();
        listed.search.refresh(clocks);
        listed.search.complete(query, caret)
    }

    /// The values of a key among the tokens shown.
    #[must_use]
    pub fn facet(&self, query: &Query, key: Key, now: DateTime<Utc>) -> Facet {
        let clocks = self.clocks(now);
        let mut listed = self.listed();
        listed.search.refresh(clocks);
        listed.search.facet(query, key)
    }
}
