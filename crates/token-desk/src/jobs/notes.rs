//! An admin's notes about a token: where its value is, and anything else worth knowing. They stay on this
//! computer.

use crate::desk::Desk;
use crate::error::Error;
use crate::model::notes::{Noted, Notes};
use crate::model::token::identity::Identity;
use crate::model::token::{TokenKey, TokenRecord};
use crate::system::threads::blocking;

/// The longest place, in characters.
const MOST_PLACE: usize = 200;
/// The longest note, in characters.
const MOST_NOTE: usize = 1000;

/// The error to show at the field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotesCheck {
    /// Why the place is not kept.
    pub place_error: Option<String>,
    /// Why the note is not kept.
    pub note_error: Option<String>,
}

impl Notes {
    pub(crate) fn check(&self, desk: &Desk) -> NotesCheck {
        NotesCheck {
            place_error: error(desk, "place", self.place.trim(), MOST_PLACE),
            note_error: error(desk, "note", self.note.trim(), MOST_NOTE),
        }
    }
}

impl Desk {
    /// Saves notes about a token, replacing earlier ones. Invalid notes aren't saved. If the id belonged to
    /// another token before, the notes about that one are deleted.
    pub async fn write_notes(&self, key: TokenKey, notes: &Notes) -> Result<NotesCheck, Error> {
        let check = notes.check(self);
        if check != NotesCheck::default() {
            return Ok(check);
        }
        let written = Noted { token: self.identity(&key), notes: notes.trimmed() };
        // No lock: the value of a new token would wait for it. The disk takes no notes of a connection
        // that is left meanwhile.
        let connection = self.connection(key.connection)?;
        if !connection.sandbox {
            let (desk, key, written) = (self.clone(), key.clone(), written.clone());
            blocking(move || desk.inner.store.write_notes(&key, &written)).await??;
        }
        if let Some(held) = self.state().connection_mut(key.connection) {
            held.notes.insert(key.id, written);
        }
        Ok(check)
    }

    /// The notes about a token; empty if there are none, or if they are about an earlier token with
    /// its id.
    pub(crate) fn notes(&self, key: &TokenKey, token: &TokenRecord<'_>) -> Notes {
        let state = self.state();
        let noted = state.connection(key.connection).and_then(|held| held.notes.get(&key.id));
        let noted = noted.filter(|it| it.is_about(token));
        noted.map(|it| it.notes.clone()).unwrap_or_default()
    }

    /// The notes about a token that may not be listed any longer; empty if they were written about one of another name.
    pub(crate) fn notes_of_gone(&self, key: &TokenKey, name: &str) -> Notes {
        let state = self.state();
        let noted = state.connection(key.connection).and_then(|held| held.notes.get(&key.id));
        let noted = noted.filter(|it| it.token.as_ref().is_none_or(|token| token.name == name));
        noted.map(|it| it.notes.clone()).unwrap_or_default()
    }

    /// What distinguishes a token from another one with its id; `None` if it isn't listed.
    fn identity(&self, key: &TokenKey) -> Option<Identity> {
        let list = self.list_of(key.connection).ok()?;
        let token = list.record(list.find(key)?);
        Some(Identity { name: token.name.to_owned(), created: token.created })
    }
}

fn error(desk: &Desk, name: &str, written: &str, most: usize) -> Option<String> {
    let length = written.chars().count();
    if desk.holds_value(written) {
        Some(format!(
            "The {name} contains what looks like a token value, and it would be kept in a file. \
             Write where the value is, not the value."
        ))
    } else if length > most {
        Some(format!("The {name} is too long ({length} of {most} characters)."))
    } else {
        None
    }
}
