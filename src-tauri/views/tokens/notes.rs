//! An admin's notes about a token.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{Notes, NotesCheck};

/// What is written down about a token; each is empty if nothing is. It goes both ways as it is
/// written: the admin wrote it, no server did.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotesView {
    /// Where its value lives.
    pub placement: String,
    /// Whatever else is worth knowing.
    pub note: String,
}

/// What is wrong with them; nothing if they were saved.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotesCheckView {
    /// Why the placement is not kept.
    pub placement_error: Option<String>,
    /// Why the note is not kept.
    pub note_error: Option<String>,
}

impl From<Notes> for NotesView {
    fn from(Notes { placement, note }: Notes) -> Self {
        Self { placement, note }
    }
}

impl From<NotesView> for Notes {
    fn from(NotesView { placement, note }: NotesView) -> Self {
        Self { placement, note }
    }
}

impl From<NotesCheck> for NotesCheckView {
    fn from(NotesCheck { placement_error, note_error }: NotesCheck) -> Self {
        Self { placement_error, note_error }
    }
}
