//! How the text of a search expresses a value that was chosen from a list.

use super::keys::Key;
use super::pattern::Pattern;
use super::words::{Word, joined, words};

/// A value that the tokens of a search must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The key that it is a value of.
    pub key: Key,
    /// As it is typed, without quotes.
    pub value: String,
}

/// The values that a search asks for by its keys.
#[must_use]
pub fn chosen(text: &str) -> Vec<Chosen> {
    let of = |word: Word<'_>| {
        let value = word.value.replace('"', "");
        word.key.filter(|_| !word.not && !value.is_empty()).map(|key| Chosen { key, value })
    };
    words(text).into_iter().filter_map(of).collect()
}

/// Whether the search asks for exactly this value of a key.
#[must_use]
pub fn is_chosen(text: &str, key: Key, value: &str) -> bool {
    words(text).iter().any(|word| asks_for(word, key, value))
}

/// The search with this value chosen or, if it was, no longer chosen. The value comes from
/// [`Pattern::exactly`]. A token has several scopes, but only one value for any other key.
#[must_use]
pub fn choose(text: &str, key: Key, value: &str) -> String {
    let words = words(text);
    let goes = |word: &Word<'_>| match key {
        Key::Scope => asks_for(word, key, value),
        _ => !word.not && word.key == Some(key),
    };
    let mut chosen = joined(text, words.iter().filter(|word| !goes(word)));
    if !is_chosen(text, key, value) {
        if !chosen.is_empty() {
            chosen.push(' ');
        }
        chosen = chosen + key.help().name + ":" + value;
    }
    chosen
}

fn asks_for(word: &Word<'_>, key: Key, value: &str) -> bool {
    !word.not && word.key == Some(key) && Pattern::of(word.value) == Pattern::of(value)
}
