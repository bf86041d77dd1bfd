//! What the window lists: the tokens that are shown, searched and sorted.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use token_audit::{Counts, Date, Standing};

use crate::desk::Desk;
use crate::desk::state::State;
use crate::desk::status::Shown;
use crate::error::Error;
use crate::list::language::Problem;
use crate::list::{Index, Query, Search};
use crate::model::chip::Chip;
use crate::model::connection::ConnectionId;
use crate::model::decision::Decision;
use crate::model::time::clocks::Clocks;
use crate::model::token::{Project, TokenKey};
use crate::system::heap;
use crate::system::threads::{blocking, lock};

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Names the token.
    pub key: TokenKey,
    /// Its name, as the server gave it.
    pub name: String,
    /// The name of its project; `None` for the organization's own.
    pub project: Option<String>,
    /// Who created it, as the server gave it: a name, else an address, else an id.
    pub created_by: Option<String>,
    /// Whether that person is known to be no longer a member.
    pub creator_left: bool,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// The state shown first.
    pub chip: Chip,
    /// When it was created.
    pub created: Date,
    /// When it expires.
    pub expires: Date,
    /// When it was last used.
    pub last_used: Date,
    /// When the server listed it last, by its own clock, where the latest list lacks it.
    pub last_listed: Option<DateTime<Utc>>,
    /// What was decided about it, and has not ended.
    pub decision: Option<Decision>,
    /// When it is to be revoked, where a bulk revoke was scheduled.
    pub due: Option<DateTime<Utc>>,
    /// Whether it is selected.
    pub selected: bool,
}

/// The answer to a query.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The generation of the list it comes from.
    pub generation: u32,
    /// How many tokens match.
    pub total: usize,
    /// The position of the first row given.
    pub top: usize,
    /// The rows given.
    pub rows: Vec<Row>,
    /// How many tokens each card counts.
    pub counts: Counts,
    /// Where the token that was asked for stands.
    pub anchor: Option<usize>,
    /// How many tokens are selected, shown or not.
    pub selected: usize,
    /// Whether every token that matches is selected, and one does match.
    pub all_selected: bool,
    /// The connections that they belong to.
    pub selected_of: BTreeSet<ConnectionId>,
    /// The words of the search that make no sense; the rows are those of the others.
    pub problems: Vec<Problem>,
}

impl Desk {
    /// Shows the tokens of one connection, or of all.
    pub async fn show(&self, shown: Shown, now: DateTime<Utc>) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.show_now(shown, now)).await?
    }

    /// Like [`Self::show`], from where blocking does no harm.
    pub(crate) fn show_now(&self, shown: Shown, now: DateTime<Utc>) -> Result<(), Error> {
        let is_there = |state: &State| match shown {
            Shown::One(id) => state.line(id).map(|_| Some(id)).ok_or(Error::NotConnected),
            Shown::All => Ok(None),
        };
        let one = is_there(&self.state())?;
        // The disk comes first: while it hangs, the page still says that the other one is shown.
        let remembered = self.inner.store.show(one);
        {
            let mut state = self.state();
            is_there(&state)?;
            state.show(shown);
        }
        self.list_anew(now);
        Ok(remembered?)
    }

    /// Answers a query with at most `len` rows from `top` on.
    #[must_use]
    pub fn query(
        &self,
        query: &Query,
        top: usize,
        len: usize,
        anchor: Option<&TokenKey>,
        now: DateTime<Utc>,
    ) -> Listing {
        let clocks = self.clocks(now);
        // Locked before the list: whoever holds the list must not wait for the selection.
        let selection = lock(&self.inner.selection);
        let mut listing = {
            let mut listed = self.listed();
            let generation = listed.generation;
            let search = &mut listed.search;
            search.refresh(clocks);
            let window = search.ask(query, top, len, anchor);
            Listing {
                generation,
                total: window.total,
                top: window.top,
                rows: window.rows.iter().map(|&index| row(search, index)).collect(),
                counts: *search.judged.counts(),
                anchor: window.anchor,
                problems: window.problems,
                selected: selection.len(),
                all_selected: selection.len() >= window.total
                    && search.all_found(|key| selection.contains(key)),
                selected_of: selection.iter().map(|key| key.connection).collect(),
            }
        };
        // The list is let go of first: whoever lists again holds the state and waits for it.
        let due = self.due();
        for row in &mut listing.rows {
            row.due = due.get(&row.key).copied();
            row.decision = self.decision(&row.key, now);
            row.selected = selection.contains(&row.key);
        }
        drop(selection);
        listing
    }

    /// Prepares what the first click on a column or a token would otherwise wait for, and lets go of
    /// what the start needed.
    pub fn warm(&self) {
        self.listed().search.warm();
        self.open_history();
        heap::give_back();
    }

    /// The rows are no longer what they were if the time they are judged by is another than `before`.
    pub(crate) fn judge_anew(&self, before: &Clocks, now: DateTime<Utc>) {
        if !self.clocks(now).same_minute(before) {
            let mut listed = self.listed();
            listed.generation = listed.generation.wrapping_add(1);
        }
    }

    /// Marks the tokens that are new since the last visit.
    pub(crate) fn mark_fresh(&self) {
        // Held until they are marked, so that of two who do this the later one wins.
        let state = self.state();
        self.listed().search.mark_fresh(state.fresh());
    }
}

fn row(search: &Search, index: Index) -> Row {
    let token = search.list.record(index);
    Row {
        key: search.list.key(index),
        name: token.name.to_owned(),
        project: search.list.project(index).map(Project::shown),
        created_by: token.created_by.map(str::to_owned),
        creator_left: search.creators().standing(index) == Standing::Gone,
        scopes: token.scopes.split_whitespace().map(str::to_owned).collect(),
        chip: search.judged.chip(index),
        created: token.created,
        expires: token.expires,
        last_used: token.last_used,
        last_listed: token.last_listed,
        decision: None,
        due: None,
        selected: false,
    }
}
