//! The list that the window shows.

use std::collections::HashSet;
use std::mem;
use std::sync::{Arc, MutexGuard};

use chrono::{DateTime, Utc};
use token_audit::calibration::Calibration;

use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::desk::edits::{self, Edit};
use crate::desk::state::State;
use crate::list::{Builder, Inventory, Labels, Search};
use crate::model::connection::ConnectionId;
use crate::system::threads::lock;

/// The tokens that are listed now. The generation grows with every change.
pub(crate) struct Listed {
    pub(crate) search: Search,
    pub(crate) generation: u32,
    /// The revision of the state that it was built from.
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

impl Desk {
    pub(crate) fn listed(&self) -> MutexGuard<'_, Listed> {
        lock(&self.inner.listed)
    }

    /// Rebuilds the list of the tokens shown. The old one stays on screen meanwhile, so nobody
    /// waits for it.
    pub(crate) fn list_anew(&self, now: DateTime<Utc>) {
        loop {
            let (revision, lists, policies, covers, labels, clocks) = {
                let state = self.state();
                let (policies, covers) = (state.policies(), state.covers());
                let (labels, clocks) = (state.labels(), state.clocks(now));
                (state.revision, state.lists(), policies, covers, labels, clocks)
            };
            let mut search = Search::new(one_list(&lists), policies, covers, labels, clocks);
            let state = self.state();
            if state.revision == revision {
                // Neither counts as another list, so they may have changed meanwhile.
                search.mark_fresh(state.fresh());
                search.rename(state.labels());
                let mut listed = self.listed();
                listed.generation = listed.generation.wrapping_add(1);
                (listed.search, listed.revision) = (search, revision);
                break;
            }
        }
        self.tell();
    }

    /// Deselects tokens that are no longer in a connection's list, or all of them if it was removed.
    pub(crate) fn select_only_listed(&self, id: ConnectionId) {
        let mut selection = lock(&self.inner.selection);
        if selection.is_empty() {
            return;
        }
        let list = self.list_of(id).unwrap_or_default();
        let ids: HashSet<_> = list.indices().map(|at| list.id(at)).collect();
        selection.retain(|key| key.connection != id || ids.contains(&key.id.borrowed()));
    }

    /// Replaces a connection's list and what is shown with it, unless `change` finds that the list is based on
    /// outdated state. Returns whether it was replaced.
    pub(crate) fn replace_list(
        &self,
        id: ConnectionId,
        list: &Arc<Inventory>,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut ConnectionState) -> bool,
    ) -> bool {
        {
            let mut state = self.state();
            let Some(held) = state.connection_mut(id) else { return false };
            if !change(held) {
                return false;
            }
            (held.list, held.saved) = (Arc::clone(list), false);
            state.list_anew();
        }
        self.select_only_listed(id);
        self.list_anew(now);
        true
    }

    /// Keeps what the server's last-used dates are worth, unless the connection has another credential by now.
    pub(crate) fn keep_calibration(
        &self,
        epoch: u32,
        calibration: Calibration,
        now: DateTime<Utc>,
    ) {
        {
            let mut state = self.state();
            let Some(held) = state.in_epoch(epoch) else { return };
            let before = mem::replace(&mut held.calibration, calibration);
            if before.frozen == calibration.frozen {
                return;
            }
            state.list_anew();
        }
        self.list_anew(now);
    }

    /// Shows what became of tokens before the next list arrives. It comes from the server, so it applies
    /// regardless of the credential, and also to the list of a running load.
    pub(crate) fn edit(
        &self,
        id: ConnectionId,
        edits: impl IntoIterator<Item = Edit>,
        now: DateTime<Utc>,
    ) {
        let Some(before) = self.state().connection_mut(id).map(|held| held.edits.push(edits))
        else {
            return;
        };
        loop {
            let (known, edits, own_uses) = {
                let state = self.state();
                let Some(held) = state.connection(id) else { return };
                let own_uses = held.journaled.own_uses.clone();
                (Arc::clone(&held.list), held.edits.since(before), own_uses)
            };
            // None remains if a list requested afterwards has arrived.
            let list = Arc::new(edits::applied(&known, &edits, &own_uses));
            let is_still = |held: &mut ConnectionState| Arc::ptr_eq(&held.list, &known);
            if edits.is_empty() || self.replace_list(id, &list, now, is_still) {
                return;
            }
        }
    }

    /// Shows the last uses of a connection's tokens without those that the app is known to have made itself.
    pub(crate) fn leave_out_own_uses(&self, id: ConnectionId, now: DateTime<Utc>) {
        loop {
            let (known, own_uses) = {
                let state = self.state();
                let Some(held) = state.connection(id) else { return };
                (Arc::clone(&held.list), held.journaled.own_uses.clone())
            };
            let mut list = Inventory::clone(&known);
            let is_still = |held: &mut ConnectionState| Arc::ptr_eq(&held.list, &known);
            if !list.leave_out(&own_uses) || self.replace_list(id, &Arc::new(list), now, is_still) {
                return;
            }
        }
    }
}

/// Merges several lists into one to search in; a single one is used as it is.
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
