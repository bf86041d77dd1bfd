//! What the page asks of the list, and the part of the result that it gets.

use token_audit::{Rule, View};

use crate::list::inventory::Index;
use crate::list::language::Problem;

/// A column the list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Sort {
    /// By name, ignoring case; tokens with the same name by id.
    Name,
    /// By project, ignoring case, with the organization's tokens as *Organization*; within a
    /// project by name.
    Project,
    /// By creator, ignoring case; tokens with the same creator by name. Tokens without one come
    /// last.
    CreatedBy,
    /// By the state that a row shows first.
    Use,
    /// By expiry; tokens without one come last.
    Expires,
    /// By creation date; tokens without one come last.
    Created,
    /// By last use; tokens without one come last.
    LastUsed,
}

/// What the list should show, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The search that tokens must match, in the language of the search field.
    pub text: String,
    /// The card that filters the list.
    pub view: View,
    /// The rule that filters the list; `None` for no such filter.
    pub rule: Option<Rule>,
    /// Whether to show only tokens that are new since the last visit.
    pub new: bool,
    /// The column to sort by.
    pub sort: Sort,
    /// Whether the largest value comes first.
    pub descending: bool,
}

impl Default for Query {
    /// Every token, last used first.
    fn default() -> Self {
        Self {
            text: String::new(),
            view: View::All,
            rule: None,
            new: false,
            sort: Sort::LastUsed,
            descending: true,
        }
    }
}

/// A part of the result: `top` rows come before it, and `total` match in all.
#[derive(Debug, PartialEq, Eq)]
pub struct Window {
    /// How many tokens match.
    pub total: usize,
    /// The position of the first token returned.
    pub top: usize,
    /// The tokens returned, in their order.
    pub rows: Vec<Index>,
    /// The position of the requested token in the whole result; `None` if it doesn't match.
    pub anchor: Option<usize>,
    /// The words of the search that can't be understood; the result is that of the others.
    pub problems: Vec<Problem>,
}
