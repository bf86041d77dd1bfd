//! Failures that the rest goes on without.

use super::{Code, Error};

/// Something that failed while the rest continued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The code by which a page chooses its reaction.
    pub code: Code,
    /// What happened, what it means for the tokens, and what to do.
    pub message: String,
}

impl Problem {
    /// The same problem, with the name of its connection in front.
    #[must_use]
    pub fn of(&self, label: &str) -> Self {
        Self { code: self.code, message: format!("{label}: {}", self.message) }
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}
