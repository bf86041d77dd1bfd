//! The list that the window shows.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::desk::state::State;
use crate::list::{Builder, Inventory, Labels, Search};
use crate::model::connection::ConnectionId;

/// What is listed now. Its generation grows with every change.
pub(crate) struct Listed {
    pub(crate) search: Search,
    pub(crate) generation: u32,
    /// Of the state that it was made from.
    pub(crate) revision: u32,
}

impl Listed {
    pub(crate) fn new(state: &State, now: DateTime<Utc>) -> Self {
        let list = one_list(&state.lists());
        let (policies, covers) = (state.policies(), state.covers());
        let search = Search::new(list, policies, covers, state.labels(), state.clocks(now));
        Self { search, generation: 0, revision: state.revision }
    }

    /// The connections have other names, by which a search may ask for them.
    pub(crate) fn rename(&mut self, labels: Labels) {
        self.generation = self.generation.wrapping_add(1);
        self.search.rename(labels);
    }
}

/// One list to search in; a single one is taken as it is.
pub(crate) fn one_list(lists: &[(ConnectionId, Arc<Inventory>)]) -> Arc<Inventory> {
    match lists {
        [(_, list)] => Arc::clone(list),
        lists => {
            let merged = Builder::merged(lists);
            if merged.left_out() > 0 {
                tracing::warn!(tokens = merged.left_out(), "there is no room to show them all");
            }
            Arc::new(merged)
        }
    }
}
