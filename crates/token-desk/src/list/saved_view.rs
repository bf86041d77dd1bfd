//! A search saved under a name.

use crate::list::Query;

/// Identifies a saved search for as long as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavedViewId(pub u32);

/// A search with its card and its order, saved under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Identifies it among the saved searches.
    pub id: SavedViewId,
    /// What the admin calls it.
    pub name: String,
    /// The search, card and order that it stands for.
    pub query: Query,
}
