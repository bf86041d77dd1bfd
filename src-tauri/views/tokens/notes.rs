//! An admin's notes about a token.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{Notes, NotesCheck};

/// The notes about a token; each is empty if there is none. They travel both ways unchanged,
/// because the admin wrote them, not a server.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotesView {
    /// Where its value lives.
    pub place: String,
    /// Whatever else is worth knowing.
    pub note: String,
}

/// What is wrong with the notes; nothing if they were saved.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotesCheckView {
    /// Why the place is not kept.
    pub place_error: Option<String>,
    /// Why the note is not kept.
    pub note_error: Option<String>,
}

impl From<Notes> for NotesView {
    fn from(Notes { place, note }: Notes) -> Self {
        Self { place, note }
    }
}

impl From<NotesView> for Notes {
    fn from(NotesView { place, note }: NotesView) -> Self {
        Self { place, note }
    }
}

impl From<NotesCheck> for NotesCheckView {
    fn from(NotesCheck { place_error, note_error }: NotesCheck) -> Self {
        Self { place_error, note_error }
    }
}
