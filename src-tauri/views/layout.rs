//! How the page is laid out.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A column of the list that can be there or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at the field of `RowView` that it shows")]
pub enum ColumnName {
    Place,
    CreatedBy,
    Scopes,
    Use,
    Expires,
    Created,
    LastUsed,
}

/// What was chosen for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnView {
    /// Which one.
    pub name: ColumnName,
    /// Whether it is there; `None` where the width of the list decides.
    pub shown: Option<bool>,
    /// How wide it is, in pixels; `None` for its usual width.
    pub width: Option<u16>,
}

/// How the page is laid out: what was chosen, not what follows from the size of the window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LayoutView {
    /// The columns of the list from left to right; none until something was chosen.
    pub columns: Vec<ColumnView>,
    /// How wide the panel beside the list is, in pixels; `None` for its usual width.
    pub panel: Option<u16>,
}
