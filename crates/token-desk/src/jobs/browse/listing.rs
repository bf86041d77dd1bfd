//! The tokens that the window lists: shown, searched and sorted.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use token_audit::{Counts, Date, ServerTime, Severity, Standing};

use crate::desk::Desk;
use crate::desk::state::State;
use crate::desk::status::Shown;
use crate::error::Error;
use crate::list::language::Problem;
use crate::list::{Index, Query, Search};
use crate::model::chip::Chip;
use crate::model::connection::ConnectionId;
use crate::model::decision::Decision;
use crate::model::rotation::RotationRole;
use crate::model::time::clocks::Clocks;
use crate::model::token::{Project, TokenKey};
use crate::system::heap;
use crate::system::threads::{blocking, lock};

/// A token as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The token's connection and id.
    pub key: TokenKey,
    /// The token's name, as the server gave it.
    pub name: String,
    /// The name of its project; `None` if it belongs to the organization.
    pub project: Option<String>,
    /// The creator as shown: the name, or else the email address, or else the id.
    pub created_by: Option<String>,
    /// Whether the creator is known to have left the organization.
    pub creator_left: bool,
    /// The scopes the server lists, each on its own.
    pub scopes: Vec<String>,
    /// The state shown first.
    pub chip: Chip,
    /// When it was created.
    pub created: Date,
    /// When it expires; `Date::None` if never.
    pub expires: Date,
    /// When it was last used.
    pub last_used: Date,
    /// When the server last listed it, by its own clock, if the latest list lacks it.
    pub last_listed: Option<ServerTime>,
    /// The decision about it that holds now.
    pub decision: Option<Decision>,
    /// The part that it has in a rotation that goes on.
    pub rotation: Option<RotationRole>,
    /// Whether its value is known to be where it shouldn't be: a scan found it, or an incident about it is open.
    pub leaked: bool,
    /// When it is to be revoked, if a bulk revoke is scheduled.
    pub due: Option<DateTime<Utc>>,
    /// The findings without a decision, worst first, each with its severity. `None` if they weren't asked for, and
    /// for a token without findings in a list that couldn't be checked completely.
    pub findings: Option<Vec<(Severity, String)>>,
    /// Whether it is selected.
    pub selected: bool,
}

/// The result of a query.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The generation of the list it comes from.
    pub generation: u32,
    /// How many tokens match.
    pub total: usize,
    /// The position of the first row returned.
    pub top: usize,
    /// The rows returned, in their order.
    pub rows: Vec<Row>,
    /// How many tokens each card shows.
    pub counts: Counts,
    /// The position of the token that was asked for; `None` if it doesn't match.
    pub anchor: Option<usize>,
    /// How many tokens are selected, shown or not.
    pub selected: usize,
    /// How many of the selected tokens match.
    pub selected_here: usize,
    /// The connections of the selected tokens.
    pub selected_of: BTreeSet<ConnectionId>,
    /// The words of the search that can't be understood; the rows match the others.
    pub problems: Vec<Problem>,
}

impl Desk {
    /// Shows the tokens of one connection, or of all of them.
    pub async fn show(&self, shown: Shown, now: DateTime<Utc>) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.show_now(shown, now)).await?
    }

    /// Like [`Self::show`], to be called where blocking does no harm.
    pub(crate) fn show_now(&self, shown: Shown, now: DateTime<Utc>) -> Result<(), Error> {
        let is_there = |state: &State| match shown {
            Shown::One(id) => state.connection(id).map(|_| Some(id)).ok_or(Error::NotConnected),
            Shown::All => Ok(None),
        };
        let one = is_there(&self.state())?;
        // The disk comes first: while it hangs, the page still says that the previous list is
        // shown.
        let remembered = self.inner.store.show(one);
        {
            let mut state = self.state();
            is_there(&state)?;
            state.show(shown);
        }
        self.list_anew(now);
        Ok(remembered?)
    }

    /// Returns at most `len` rows of a query, starting at `top`.
    #[must_use]
    pub fn query(
        &self,
        query: &Query,
        top: usize,
        len: usize,
        anchor: Option<&TokenKey>,
        now: DateTime<Utc>,
    ) -> Listing {
        self.list(query, top, len, anchor, row, now)
    }

    /// Like [`Self::query`], with the findings of each row. They take an audit of the whole list, once a minute.
    #[must_use]
    pub fn query_with_findings(
        &self,
        query: &Query,
        top: usize,
        len: usize,
        anchor: Option<&TokenKey>,
        now: DateTime<Utc>,
    ) -> Listing {
        let incomplete = self.state().incomplete();
        let with_findings = |search: &Search, index: Index| {
            let row = row(search, index);
            let known =
                |found: &Vec<_>| !found.is_empty() || !incomplete.contains(&row.key.connection);
            Row { findings: search.findings(index).filter(known), ..row }
        };
        self.list(query, top, len, anchor, with_findings, now)
    }

    fn list(
        &self,
        query: &Query,
        top: usize,
        len: usize,
        anchor: Option<&TokenKey>,
        row: impl Fn(&Search, Index) -> Row,
        now: DateTime<Utc>,
    ) -> Listing {
        let (clocks, rotating) = (self.clocks(now), self.state().rotating());
        // Locked before the list: whoever holds the list must not wait for the selection.
        let selection = lock(&self.inner.selection);
        let mut listing = {
            let mut listed = self.listed();
            let generation = listed.generation;
            let search = &mut listed.search;
            search.refresh(clocks);
            search.mark_rotating(rotating);
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
                selected_here: search.found_of(&*selection),
                selected_of: selection.iter().map(|key| key.connection).collect(),
            }
        };
        // The list is released first: a thread that replaces the list holds the state while it
        // waits for it.
        let due = self.due();
        for row in &mut listing.rows {
            row.due = due.get(&row.key).copied();
            row.leaked |= self.has_incident(&row.key);
            row.rotation = self.role_of(&row.key).map(|(role, _)| role);
            row.decision = self.decision(&row.key, now);
            row.selected = selection.contains(&row.key);
        }
        drop(selection);
        listing
    }

    /// Prepares what the first click on a column or a token would otherwise wait for, and frees
    /// memory that only the start needed.
    pub fn warm(&self, now: DateTime<Utc>) {
        self.listed().search.warm();
        self.open_history();
        self.calibrate(now);
        heap::give_back();
    }

    /// Marks the rows as outdated if the times they are judged by differ from `before`.
    pub(crate) fn judge_anew(&self, before: &Clocks, now: DateTime<Utc>) {
        if !self.clocks(now).same_minute(before) {
            self.outdate_rows();
        }
    }

    /// Marks the rows as outdated: the page asks for them again.
    pub(crate) fn outdate_rows(&self) {
        let mut listed = self.listed();
        listed.generation = listed.generation.wrapping_add(1);
    }

    /// Marks the tokens that are new since the last visit.
    pub(crate) fn mark_fresh(&self) {
        // Held until the tokens are marked, so that the later of two callers wins.
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
        rotation: None,
        leaked: search.judged.is_leaked(index),
        due: None,
        findings: None,
        selected: false,
    }
}
