//! Tokens whose values were found where they shouldn't be.

use std::collections::HashMap;

use token_audit::Date;

use crate::model::token::identity::Identity;

/// The tokens of a connection whose values a scan found, by their ids.
#[derive(Debug, Clone, Default)]
pub struct Leaked(pub HashMap<String, Identity>);

impl Leaked {
    /// Whether the value of this token was found. Another token may have its id by now.
    #[must_use]
    pub fn has(&self, id: &str, name: &str, created: impl FnOnce() -> Date) -> bool {
        self.0.get(id).is_some_and(|it| it.may_be(name, created()))
    }
}
