//! What is wrong with a word of the search, and what to write instead.

use std::ops::Range;

use token_audit::Rule;

use super::NEW;
use super::keys::Key;
use super::near::{is_near, nearest};
use super::state::{STATES, State};
use crate::text;

/// A word of the search that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What is wrong, and what to write instead.
    pub message: String,
}

pub(super) fn empty(key: Key) -> String {
    let help = key.help();
    format!("Add a value after {}:, such as {}.", help.name, help.example)
}

pub(super) fn misspelt(word: &str, key: Key) -> String {
    let (written, word) = (word.split_once(':').map_or("", |(name, _)| name), shown(word));
    let name = key.help().name;
    format!(
        "Unknown filter {}:. Did you mean {name}:? Or put \"{word}\" in quotes.",
        shown(written)
    )
}

/// For a state in the place of a filter, such as `stale:yes`.
pub(super) fn state_as_filter(word: &str) -> Option<String> {
    let (written, _) = word.split_once(':')?;
    let meant = written.to_lowercase();
    let is_meant = |name: &&str| name.len() > 3 && (*name == meant || is_near(&meant, name));
    let name = STATES.iter().map(|(name, ..)| *name).find(is_meant)?;
    let (written, word) = (shown(written), shown(word));
    Some(format!("Unknown filter {written}:. Did you mean is:{name}? Or put \"{word}\" in quotes."))
}

pub(super) fn no_span(key: Key, value: &str) -> String {
    let (value, example) = (shown(value), key.help().example);
    let words = match key {
        Key::Unused => ", or never",
        Key::Expires => ", none or past",
        _ => "",
    };
    format!("“{value}” isn’t a duration. Try a number with d, w, m or y, such as {example}{words}.")
}

pub(super) fn within_or_later(value: &str) -> String {
    format!("Use expires:<{value} (within) or expires:>{value} (after).")
}

pub(super) fn no_state(value: &str) -> String {
    let names = STATES.map(|(name, ..)| name);
    let begun = names.iter().any(|name| name.starts_with(value));
    match State::called(value).filter(|_| !begun) {
        Some(name) => unknown("status", value, &format!("is:{name}")),
        None => one_of("status", "is", value, &names),
    }
}

pub(super) fn no_finding(value: &str) -> String {
    let known: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).chain([NEW]).collect();
    one_of("finding", "finding", value, &known)
}

fn one_of(noun: &str, key: &str, value: &str, known: &[&str]) -> String {
    let instead = match nearest(value, known) {
        Some(near) => format!("{key}:{near}"),
        None => format!("one of {}", known.join(", ")),
    };
    unknown(noun, value, &instead)
}

fn unknown(noun: &str, value: &str, instead: &str) -> String {
    format!("Unknown {noun} “{}”. Try {instead}.", shown(value))
}

/// A word as a message quotes it: what could not be seen takes more letters, so it is cut after that.
fn shown(word: &str) -> String {
    const MOST: usize = 40;
    let word = text::visible(word);
    let mut cut: String = word.chars().take(MOST).collect();
    if cut.len() < word.len() {
        cut.push('…');
    }
    cut
}
