//! What an admin writes down about a token: where its value lives, and whatever else is worth knowing.
//! It stays on this computer.

use crate::desk::{Desk, blocking};
use crate::error::Error;
use crate::inventory::TokenKey;
use crate::text;

/// The longest placement, in characters.
const MOST_PLACEMENT: usize = 200;
/// The longest note, in characters.
const MOST_NOTE: usize = 1000;

/// What an admin wrote down about a token; each is empty where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Where its value lives: a machine and a file, a variable of a pipeline.
    pub placement: String,
    /// Whatever else is worth knowing.
    pub note: String,
}

/// What is wrong with what is written, and to be said beside its field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotesCheck {
    /// Why the placement is not kept.
    pub placement_error: Option<String>,
    /// Why the note is not kept.
    pub note_error: Option<String>,
}

impl Notes {
    /// As they are kept: without the blanks around them.
    fn trimmed(&self) -> Self {
        let trimmed = |written: &String| written.trim().to_owned();
        Self { placement: trimmed(&self.placement), note: trimmed(&self.note) }
    }

    pub(crate) fn check(&self) -> NotesCheck {
        NotesCheck {
            placement_error: error("placement", self.placement.trim(), MOST_PLACEMENT),
            note_error: error("note", self.note.trim(), MOST_NOTE),
        }
    }
}

impl Desk {
    /// Keeps what is written about a token, in place of what was there; of notes in which something is
    /// wrong nothing is kept.
    pub async fn write_notes(&self, key: TokenKey, notes: &Notes) -> Result<NotesCheck, Error> {
        let check = notes.check();
        if check != NotesCheck::default() {
            return Ok(check);
        }
        let notes = notes.trimmed();
        // No lock: the value of a new token would wait for it. The disk takes no notes of a connection
        // that is left meanwhile.
        let connection = self.connection(key.connection)?;
        if !connection.sandbox {
            let (desk, key, notes) = (self.clone(), key.clone(), notes.clone());
            blocking(move || desk.inner.store.write_notes(&key, &notes)).await??;
        }
        if let Some(line) = self.state().line_mut(key.connection) {
            line.notes.insert(key.id, notes);
        }
        Ok(check)
    }

    /// What is written about a token.
    pub(crate) fn notes(&self, key: &TokenKey) -> Notes {
        let state = self.state();
        let line = state.line(key.connection);
        line.and_then(|line| line.notes.get(&key.id)).cloned().unwrap_or_default()
    }
}

fn error(name: &str, written: &str, most: usize) -> Option<String> {
    let length = written.chars().count();
    if text::holds_value(written) {
        Some(format!(
            "The {name} holds what looks like the value of a token, and it would be kept in a file. \
             Write where the value is, not the value."
        ))
    } else if length > most {
        Some(format!("The {name} has {length} characters. Shorten it to {most} or fewer."))
    } else {
        None
    }
}
