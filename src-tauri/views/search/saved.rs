//! Saved searches, as the page sees them.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::View;
use token_desk::{CountedView, Query, Sort};

use crate::views::count;

/// A saved search and the number of tokens it matches.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// The saved search's number, which identifies it.
    pub id: u32,
    /// What the admin calls it.
    pub name: String,
    /// The text of the search.
    pub text: String,
    /// The card that filters the list.
    pub view: View,
    /// The column it is sorted by.
    pub sort: Sort,
    /// Whether the largest value comes first.
    pub descending: bool,
    /// How many of the tokens shown match it.
    pub count: u32,
    /// What is wrong with its search, if this version of the app doesn't understand it.
    pub problem: Option<String>,
}

/// A search to be saved.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewRequest {
    /// The number of a deleted one that is restored; `None` for a new one.
    pub id: Option<u32>,
    /// The name to save it under.
    pub name: String,
    /// The text of the search.
    pub text: String,
    /// The card that filters the list.
    pub view: View,
    /// The column it is sorted by.
    pub sort: Sort,
    /// Whether the largest value comes first.
    pub descending: bool,
}

impl From<CountedView> for SavedView {
    fn from(CountedView { saved, count: found, problems }: CountedView) -> Self {
        Self {
            id: saved.id.0,
            name: saved.name,
            text: saved.query.text,
            view: saved.query.view,
            sort: saved.query.sort,
            descending: saved.query.descending,
            count: count(found),
            problem: problems.into_iter().next().map(|problem| problem.message),
        }
    }
}

impl From<&SavedViewRequest> for Query {
    fn from(request: &SavedViewRequest) -> Self {
        Self {
            text: request.text.clone(),
            view: request.view,
            sort: request.sort,
            descending: request.descending,
            ..Self::default()
        }
    }
}
