//! The states that `is:` accepts: those of the rows and those of the cards.

use token_audit::View;

use crate::model::chip::Chip;

/// A state of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// What its row shows first.
    Chip(Chip),
    /// What a card counts.
    View(View),
    /// One of its dates cannot be read.
    Unreadable,
}

/// All states by their words.
pub const STATES: [(&str, State, &str); 13] = [
    ("attention", State::View(View::Attention), "Needs attention"),
    ("stale", State::Chip(Chip::Stale), "Stale"),
    ("no-use", State::Chip(Chip::NoUse), "Never used"),
    ("expiring", State::View(View::ExpiringSoon), "Expiring soon"),
    ("no-expiry", State::View(View::NoExpiry), "No expiry"),
    ("expired", State::Chip(Chip::Expired), "Expired"),
    ("recent", State::Chip(Chip::Recent), "Recent"),
    ("idle", State::Chip(Chip::Idle), "Idle"),
    ("new", State::Chip(Chip::New), "New"),
    ("revoked", State::Chip(Chip::Revoked), "Revoked"),
    ("unreadable", State::Unreadable, "Unreadable date"),
    ("not-reported", State::Chip(Chip::NotReported), "Usage not reported"),
    ("this-app", State::Chip(Chip::ThisApp), "This app’s own"),
];

impl State {
    pub(super) fn named(word: &str) -> Option<Self> {
        // As the list calls it.
        let word = if word == "never-used" { "no-use" } else { word };
        STATES.iter().find(|(name, ..)| *name == word).map(|(_, state, _)| *state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_list_calls_it_is_understood() {
        assert_eq!(State::named("never-used"), Some(State::Chip(Chip::NoUse)));
        assert_eq!(State::named("no-use"), State::named("never-used"));
        assert_eq!(State::named("never"), None);
    }
}
