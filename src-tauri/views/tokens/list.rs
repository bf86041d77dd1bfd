//! The list: its question, and the answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::{Counts, Rule, View};
use token_desk::{
    Clocks, ConnectionId, Date, Listing, Query, Row, Selection, TokenKey, language, text, when,
};

use super::decisions::says;
use super::{ChipName, NEW, SortName, ViewName};
use crate::views::{ChosenView, ProblemView, When, count};

/// The page never asks for more rows than this, in a window as tall as a screen on its side.
pub const MOST_ROWS: u32 = 240;
const ORGANIZATION: &str = "Organization";
/// Identifies a token.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyView {
    /// The connection's number.
    pub connection: u32,
    /// The token's id on that server.
    pub id: String,
}

/// What the page wants to see.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueryRequest {
    /// The search.
    pub text: String,
    /// The card that filters.
    pub view: ViewName,
    /// The id of the rule that filters, or `new` for tokens that are new since the last visit.
    pub rule: Option<String>,
    /// The column to sort by.
    pub sort: SortName,
    /// From the largest down.
    pub descending: bool,
    /// The first row wanted.
    pub top: u32,
    /// How many rows; 60 at most.
    pub len: u32,
    /// Comes back with the answer, so that a late one can be told.
    pub seq: u32,
    /// A token whose position is wanted.
    pub anchor: Option<KeyView>,
}

/// The answer to a query.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueryView {
    /// The generation of the list.
    pub generation: u32,
    /// The number the question carried.
    pub seq: u32,
    /// How many tokens match.
    pub total: u32,
    /// The position of the first row given.
    pub top: u32,
    /// The rows.
    pub rows: Vec<RowView>,
    /// What the cards count.
    pub counts: CountsView,
    /// Where the token that was asked for stands.
    pub anchor_index: Option<u32>,
    /// How many tokens are selected, shown or not.
    pub selected: u32,
    /// Whether every token that matches is selected, and one does match.
    pub all_selected: bool,
    /// The numbers of the connections that they belong to.
    pub selected_of: Vec<u32>,
    /// The words of the search that make no sense; the rows are those of the others.
    pub problems: Vec<ProblemView>,
    /// What the search asks for that can also be chosen from a list.
    pub chosen: Vec<ChosenView>,
}

/// What is selected.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SelectionView {
    /// How many tokens, shown or not.
    pub selected: u32,
    /// The numbers of the connections that they belong to.
    pub selected_of: Vec<u32>,
}

/// What the cards count.
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

/// A row.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    /// Names the token.
    pub key: KeyView,
    /// Its name.
    pub name: String,
    /// Its project's name, or that it is the organization's.
    pub place: String,
    /// Who created it; a dash if the server doesn't say.
    pub created_by: String,
    /// Whether that person is known to be no longer a member.
    pub creator_left: bool,
    /// Its scopes: `Read, write`; that none are listed where that is so.
    pub scopes: String,
    /// The state shown first.
    pub chip: ChipName,
    /// When it expires.
    pub expires: When,
    /// When it was created.
    pub created: When,
    /// When it was last used.
    pub last_used: When,
    /// What was decided about it: `Kept until 24 Feb 2027`, `Scheduled for revocation on 24 Feb 2027`.
    pub decision: Option<String>,
    /// Whether it is selected.
    pub selected: bool,
}

impl From<TokenKey> for KeyView {
    fn from(key: TokenKey) -> Self {
        Self { connection: key.connection.0, id: key.id }
    }
}

impl From<KeyView> for TokenKey {
    fn from(key: KeyView) -> Self {
        Self { connection: ConnectionId(key.connection), id: key.id }
    }
}

impl From<&QueryRequest> for Query {
    fn from(request: &QueryRequest) -> Self {
        Self {
            text: request.text.clone(),
            view: request.view.into(),
            rule: request.rule.as_deref().and_then(Rule::with_id),
            new: request.rule.as_deref() == Some(NEW),
            sort: request.sort.into(),
            descending: request.descending,
        }
    }
}

impl QueryView {
    /// The answer to the question about `text` that carried `seq`, each row as of the time at its server.
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
            all_selected: listing.all_selected,
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

/// The last use that is known of a token; of one that the latest list lacks, that it is of an earlier one.
fn last_used(used: Date, last_listed: Option<DateTime<Utc>>, now: DateTime<Utc>) -> When {
    let mut cell = When::relative(used, now, "—");
    if let Some(listed) = last_listed {
        let with = |used: Option<String>, listed: String| {
            let used = used.map_or_else(String::new, |used| format!("{used} · "));
            Some(format!("{used}Last listed {listed}"))
        };
        cell.title = with(cell.title, when::absolute(listed));
        cell.local = with(cell.local, when::local(listed));
        cell.muted = true;
    }
    cell
}

impl RowView {
    fn new(row: Row, clocks: &Clocks) -> Self {
        let now = clocks.of(row.key.connection);
        Self {
            key: row.key.into(),
            name: text::visible(&row.name),
            place: place(row.project),
            created_by: row.created_by.as_deref().map_or_else(|| "—".to_owned(), text::visible),
            creator_left: row.creator_left,
            scopes: scopes(&row.scopes),
            chip: row.chip.into(),
            expires: When::relative(row.expires, now, "None"),
            created: When::date(row.created, "—"),
            last_used: last_used(row.last_used, row.last_listed, now),
            decision: row
                .due
                .map(|due| format!("Scheduled for revocation on {}", when::date(due)))
                .or_else(|| row.decision.as_ref().map(says)),
            selected: row.selected,
        }
    }
}

/// The two documented scopes by what they allow, every other one as the server calls it
/// (docs/entri-api.md#tokens). None is not "no access": the server just lists none.
fn scopes(scopes: &[String]) -> String {
    let shown = |(at, scope): (usize, &String)| match (scope.as_str(), at) {
        ("translations:read", 0) => "Read".to_owned(),
        ("translations:read", _) => "read".to_owned(),
        ("translations:write", 0) => "Write".to_owned(),
        ("translations:write", _) => "write".to_owned(),
        (other, _) => text::visible(other),
    };
    if scopes.is_empty() {
        return "None listed".to_owned();
    }
    scopes.iter().enumerate().map(shown).collect::<Vec<_>>().join(", ")
}

pub(super) fn place(project: Option<String>) -> String {
    project.map_or_else(|| ORGANIZATION.to_owned(), |name| text::visible(&name))
}
