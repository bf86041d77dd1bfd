//! The states that `is:` accepts: those in rows and those on cards.

use token_audit::View;

use crate::model::chip::Chip;
use crate::model::rotation::RotationRole;

/// A state of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The state that the token's row shows first.
    Chip(Chip),
    /// The card that counts the token.
    View(View),
    /// At least one of its dates is unreadable.
    Unreadable,
    /// The part that the token has in a rotation that goes on.
    Rotating(RotationRole),
}

/// All states, each with its word and its label.
pub const STATES: [(&str, State, &str); 16] = [
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
    ("not-recorded", State::Chip(Chip::Frozen), "Usage no longer recorded"),
    ("not-reported", State::Chip(Chip::NotReported), "Usage not reported"),
    ("being-replaced", State::Rotating(RotationRole::Old), "Being replaced"),
    ("replacement", State::Rotating(RotationRole::New), "Replacement"),
    ("this-app", State::Chip(Chip::ThisApp), "This app’s own"),
];

impl State {
    pub(super) fn named(word: &str) -> Option<Self> {
        let word = match word {
            "never" => "never-used",
            "rotating" => "being-replaced",
            word => word,
        };
        let is_meant = |name: &str, label: &str| name == word || in_one_word(label) == word;
        STATES.iter().find(|(name, _, label)| is_meant(name, label)).map(|(_, state, _)| *state)
    }

    /// The name of the state that the list calls by a word that begins so.
    pub(crate) fn called(word: &str) -> Option<&'static str> {
        STATES
            .iter()
            .find(|(.., label)| in_one_word(label).starts_with(word))
            .map(|(name, ..)| *name)
    }
}

/// As the list calls a state, and somebody types it.
fn in_one_word(label: &str) -> String {
    label.to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_list_calls_it_is_understood() {
        for word in ["no-use", "never-used", "never"] {
            assert_eq!(State::named(word), Some(State::Chip(Chip::NoUse)), "{word}");
        }
        assert_eq!(State::named("rotating"), Some(State::Rotating(RotationRole::Old)));
        assert_eq!(State::named("needs-attention"), State::named("attention"));
        assert_eq!(State::named("nev"), None);
    }
}
