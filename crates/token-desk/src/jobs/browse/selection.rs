//! The selected tokens, for actions on all of them.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::list::Query;
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::system::threads::lock;

/// The most tokens in one plan, and in one decision.
pub(crate) const MOST_AT_ONCE: usize = 1_000;

/// How many tokens are selected, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// How many tokens are selected, shown or not.
    pub tokens: usize,
    /// The connections of the selected tokens.
    pub of: BTreeSet<ConnectionId>,
}

impl Desk {
    /// How many tokens are selected, and where.
    #[must_use]
    pub fn selection(&self) -> Selection {
        let selection = lock(&self.inner.selection);
        let of = selection.iter().map(|key| key.connection).collect();
        Selection { tokens: selection.len(), of }
    }

    /// Selects or deselects a token. The selection is kept here, since the page may be one keypress behind.
    pub fn toggle(&self, key: TokenKey) {
        let mut selection = lock(&self.inner.selection);
        if !selection.remove(&key) {
            selection.insert(key);
        }
    }

    /// Selects or deselects tokens; returns how many are selected then.
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

    /// Selects or deselects every token that a query shows; returns how many are selected then. A
    /// search that can't be understood shows more than was meant, so it changes nothing.
    #[expect(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn select_all(&self, query: &Query, selected: bool, now: DateTime<Utc>) -> usize {
        self.select(self.keys_at(query, 0..usize::MAX, None, now), selected)
    }

    /// Selects or deselects the rows of a query at these positions; returns the number of selected tokens. If a
    /// token is given, it was at the first position: if the list has changed since, the positions are shifted with it.
    #[expect(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn select_rows(
        &self,
        query: &Query,
        rows: Range<usize>,
        first: Option<&TokenKey>,
        selected: bool,
        now: DateTime<Utc>,
    ) -> usize {
        self.select(self.keys_at(query, rows, first, now), selected)
    }

    fn keys_at(
        &self,
        query: &Query,
        rows: Range<usize>,
        first: Option<&TokenKey>,
        now: DateTime<Utc>,
    ) -> Vec<TokenKey> {
        let clocks = self.clocks(now);
        let mut listed = self.listed();
        let search = &mut listed.search;
        search.refresh(clocks);
        let top = first.and_then(|_| search.ask(query, 0, 0, first).anchor);
        let window = search.ask(query, top.unwrap_or(rows.start), rows.len(), None);
        if !window.problems.is_empty() {
            return Vec::new();
        }
        window.rows.into_iter().map(|index| search.list.key(index)).collect()
    }

    /// Every token that a query shows, like [`Self::selected`], without changing the selection.
    pub(crate) fn matching(
        &self,
        query: &Query,
        now: DateTime<Utc>,
    ) -> Result<Vec<TokenKey>, Error> {
        self.quietest_first(&self.keys_at(query, 0..usize::MAX, None, now).into_iter().collect())
    }

    /// Deselects every token, whether shown or not.
    pub fn select_none(&self) {
        lock(&self.inner.selection).clear();
    }

    /// These tokens or, if there are none, the selected ones. More than [`MOST_AT_ONCE`] are an error.
    pub(crate) fn or_selected(&self, keys: Vec<TokenKey>) -> Result<Vec<TokenKey>, Error> {
        if !keys.is_empty() {
            return Ok(keys);
        }
        let mut keys = self.selected()?;
        if keys.len() > MOST_AT_ONCE {
            return Err(Error::Form(format!(
                "{} tokens are selected. You can do this with up to {MOST_AT_ONCE} at once, so that the result stays readable. Select fewer, then continue with the rest.",
                keys.len()
            )));
        }
        keys.sort_unstable_by(|a, b| (a.connection, &a.id).cmp(&(b.connection, &b.id)));
        Ok(keys)
    }

    /// The selected tokens that are still listed, at least one, longest unused first. Each list is
    /// searched in one pass: there may be 100,000 tokens.
    pub(crate) fn selected(&self) -> Result<Vec<TokenKey>, Error> {
        let selection = lock(&self.inner.selection).clone();
        self.quietest_first(&selection)
    }

    fn quietest_first(&self, wanted: &HashSet<TokenKey>) -> Result<Vec<TokenKey>, Error> {
        let connections: BTreeSet<_> = wanted.iter().map(|key| key.connection).collect();
        let mut tokens = Vec::new();
        for list in connections.into_iter().filter_map(|id| self.list_of(id).ok()) {
            let keys = list.indices().map(|at| (at, list.key(at)));
            let there = keys.filter(|(_, key)| wanted.contains(key));
            tokens.extend(there.map(|(at, key)| (list.record(at).last_used, key)));
        }
        if tokens.is_empty() {
            return Err(Error::Form("Select at least one token first.".to_owned()));
        }
        tokens.sort_unstable_by(|(a_used, a), (b_used, b)| (a_used, &a.id).cmp(&(b_used, &b.id)));
        Ok(tokens.into_iter().map(|(_, key)| key).collect())
    }
}
