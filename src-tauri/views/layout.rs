//! How the page is laid out.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A column of the list that can be shown or hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at the field of `RowView` that it shows")]
pub enum ColumnName {
    Project,
    CreatedBy,
    Scopes,
    Findings,
    Use,
    Expires,
    Created,
    LastUsed,
}

/// The settings of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnView {
    /// The column that these settings are about.
    pub name: ColumnName,
    /// Whether the column is shown; `None` if the width of the list decides.
    pub shown: Option<bool>,
    /// The column's width in pixels; `None` for its usual width.
    pub width: Option<u16>,
}

/// How the page is laid out: what was chosen, not what follows from the size of the window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LayoutView {
    /// The columns of the list from left to right; empty until something was chosen.
    pub columns: Vec<ColumnView>,
    /// The width of the panel beside the list in pixels; `None` for its usual width.
    pub panel: Option<u16>,
}

/// How large the page is drawn now, in percent. Sent as the event `zoomed`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type, tauri_specta::Event)]
#[tauri_specta(event_name = "zoomed")]
pub struct ZoomedView(pub u16);
