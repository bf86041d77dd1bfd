//! Notes that an admin keeps about tokens.

use tauri::State;
use token_desk::Desk;

use super::Answer;
use crate::views::{KeyView, NotesCheckView, NotesView};

/// Saves notes about a token, or returns what is wrong with them.
#[tauri::command]
#[specta::specta]
pub async fn notes_write(
    desk: State<'_, Desk>,
    key: KeyView,
    notes: NotesView,
) -> Answer<NotesCheckView> {
    Ok(desk.write_notes(key.into(), &notes.into()).await?.into())
}
