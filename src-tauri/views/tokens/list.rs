//! The query of the list, and its result.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::{Counts, Rule, View};
use token_desk::{
    Clocks, ConnectionId, Listing, Query, Selection, Sort, TokenId, TokenKey, language,
};

use super::RowView;
use crate::views::{ChosenView, NEW, ProblemView, count};

/// The most rows the page asks for, in a window as tall as a screen turned on its side.
pub const MOST_ROWS: u32 = 240;

/// Identifies a token among those of all connections.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyView {
    /// The number of the token's connection.
    pub connection: u32,
    /// The token's id on that server.
    pub id: String,
}

/// What the list should show.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueryRequest {
    /// The search as typed.
    pub text: String,
    /// The card that filters the list.
    pub view: View,
    /// The id of the rule that filters, or `new` for tokens that are new since the last visit.
    pub rule: Option<String>,
    /// The column to sort by.
    pub sort: Sort,
    /// Whether the largest value comes first.
    pub descending: bool,
    /// The position of the first row wanted, counted from 0.
    pub top: u32,
    /// How many rows are wanted; at most [`MOST_ROWS`].
    pub len: u32,
    /// Comes back with the result, so that a late one can be recognized.
    pub seq: u32,
    /// A token whose position is wanted, too.
    pub anchor: Option<KeyView>,
    /// Whether the findings of each row are wanted.
    pub findings: bool,
}

/// The result of a query.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueryView {
    /// The generation of the list.
    pub generation: u32,
    /// The `seq` of the request.
    pub seq: u32,
    /// How many tokens match.
    pub total: u32,
    /// The position of the first row returned.
    pub top: u32,
    /// The rows, in their order.
    pub rows: Vec<RowView>,
    /// How many tokens each card shows.
    pub counts: CountsView,
    /// The position of the token that was asked for; `None` if it doesn't match.
    pub anchor_index: Option<u32>,
    /// How many tokens are selected, shown or not.
    pub selected: u32,
    /// How many of the selected tokens match.
    pub selected_here: u32,
    /// The numbers of the connections of the selected tokens.
    pub selected_of: Vec<u32>,
    /// The words of the search that can't be understood; the rows match the others.
    pub problems: Vec<ProblemView>,
    /// The values in the search that can also be chosen from a list.
    pub chosen: Vec<ChosenView>,
}

/// How many tokens are selected, and where.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SelectionView {
    /// How many tokens, shown or not.
    pub selected: u32,
    /// The numbers of the connections of the selected tokens.
    pub selected_of: Vec<u32>,
}

/// How many tokens each card shows.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_audit::View`")]
pub struct CountsView {
    pub all: u32,
    pub attention: u32,
    pub stale: u32,
    pub no_use: u32,
    pub expiring_soon: u32,
    pub no_expiry: u32,
    pub expired: u32,
}

impl From<TokenKey> for KeyView {
    fn from(key: TokenKey) -> Self {
        Self { connection: key.connection.0, id: key.id.0 }
    }
}

impl From<KeyView> for TokenKey {
    fn from(key: KeyView) -> Self {
        Self { connection: ConnectionId(key.connection), id: TokenId(key.id) }
    }
}

impl From<&QueryRequest> for Query {
    fn from(request: &QueryRequest) -> Self {
        Self {
            text: request.text.clone(),
            view: request.view,
            rule: request.rule.as_deref().and_then(Rule::with_id),
            new: request.rule.as_deref() == Some(NEW),
            sort: request.sort,
            descending: request.descending,
        }
    }
}

impl QueryView {
    /// The result for the search `text` of the request `seq`. Times are relative to the clock of
    /// each token's server.
    pub fn new(listing: Listing, text: &str, seq: u32, clocks: &Clocks) -> Self {
        Self {
            generation: listing.generation,
            seq,
            total: count(listing.total),
            top: count(listing.top),
            rows: listing.rows.into_iter().map(|row| RowView::new(row, clocks)).collect(),
            counts: listing.counts.into(),
            anchor_index: listing.anchor.map(count),
            selected: count(listing.selected),
            selected_here: count(listing.selected_here),
            selected_of: listing.selected_of.into_iter().map(|ConnectionId(id)| id).collect(),
            problems: listing.problems.into_iter().map(|it| ProblemView::new(it, text)).collect(),
            chosen: language::chosen(text).into_iter().filter_map(ChosenView::new).collect(),
        }
    }
}

impl From<Selection> for SelectionView {
    fn from(selection: Selection) -> Self {
        let of = selection.of.into_iter().map(|ConnectionId(id)| id).collect();
        Self { selected: count(selection.tokens), selected_of: of }
    }
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        Self {
            all: counts.of(View::All),
            attention: counts.of(View::Attention),
            stale: counts.of(View::Stale),
            no_use: counts.of(View::NoUse),
            expiring_soon: counts.of(View::ExpiringSoon),
            no_expiry: counts.of(View::NoExpiry),
            expired: counts.of(View::Expired),
        }
    }
}
