//! A search saved under a name.

use crate::list::Query;

/// Identifies a saved view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavedViewId(pub u32);

/// A search with its card and its order, kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Identifies it.
    pub id: SavedViewId,
    /// What the admin calls it.
    pub name: String,
    /// What it shows.
    pub query: Query,
}
