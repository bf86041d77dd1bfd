//! An admin's notes about a token.

use crate::model::token::TokenRecord;
use crate::model::token::identity::Identity;

/// An admin's notes about a token; each is empty if there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Where its value lives: a machine and a file, a variable of a pipeline.
    pub place: String,
    /// Whatever else is worth knowing.
    pub note: String,
}

/// Notes with the token that they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noted {
    /// `None` for notes of an earlier version of the app, which kept only the id.
    pub token: Option<Identity>,
    pub notes: Notes,
}

impl Noted {
    /// Whether the token with its id is still the same one.
    pub(crate) fn is_about(&self, token: &TokenRecord<'_>) -> bool {
        self.token.as_ref().is_none_or(|it| it.may_be(token.name, token.created))
    }
}

impl Notes {
    /// As they are stored: trimmed.
    pub(crate) fn trimmed(&self) -> Self {
        let trimmed = |written: &String| written.trim().to_owned();
        Self { place: trimmed(&self.place), note: trimmed(&self.note) }
    }
}
