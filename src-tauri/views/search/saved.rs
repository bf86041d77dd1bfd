//! Saved views.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{CountedView, Query};

use crate::views::{SortName, ViewName, count};

/// A saved view and the number of tokens it matches.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Identifies it.
    pub id: u32,
    /// What the admin calls it.
    pub name: String,
    /// Its search.
    pub text: String,
    /// Its card.
    pub view: ViewName,
    /// The column it is sorted by.
    pub sort: SortName,
    /// From the largest down.
    pub descending: bool,
    /// How many tokens it finds.
    pub count: u32,
    /// What is wrong with its search, if this version of the app doesn't understand it.
    pub problem: Option<String>,
}

/// A view to be saved.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewRequest {
    /// The number of a deleted view that is restored.
    pub id: Option<u32>,
    /// What it is called.
    pub name: String,
    /// Its search.
    pub text: String,
    /// Its card.
    pub view: ViewName,
    /// The column it is sorted by.
    pub sort: SortName,
    /// From the largest down.
    pub descending: bool,
}

impl From<CountedView> for SavedView {
    fn from(CountedView { saved, count: found, problems }: CountedView) -> Self {
        Self {
            id: saved.id.0,
            name: saved.name,
            text: saved.query.text,
            view: saved.query.view.into(),
            sort: saved.query.sort.into(),
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
            view: request.view.into(),
            sort: request.sort.into(),
            descending: request.descending,
            ..Self::default()
        }
    }
}
