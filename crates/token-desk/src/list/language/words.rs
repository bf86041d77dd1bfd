//! A search split into its words.

use std::ops::Range;

use super::keys::Key;

/// A word of a search.
#[derive(Debug)]
pub struct Word<'a> {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// Whether a `-` stands before it.
    pub not: bool,
    /// The key before its colon; `None` for a plain word.
    pub key: Option<Key>,
    /// The part after the `-` and the key, including quotes.
    pub value: &'a str,
}

/// The words of a text; spaces within quotes separate none.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let (word, after) = first_word(rest, at);
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// A plain word without the quotes around it.
pub(super) fn plain_text(value: &str) -> String {
    match value.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).replace("\"\"", "\""),
        None => value.to_owned(),
    }
}

/// The words with one blank between them; what was not closed is.
pub(super) fn joined<'a>(text: &str, words: impl Iterator<Item = &'a Word<'a>>) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&text[word.range.clone()]);
        if has_quotes(word.key, word.value) && word.value.matches('"').count() % 2 == 1 {
            joined.push('"');
        }
    }
    joined
}

/// Whether quotes in a word keep spaces together; in a plain one they are signs as others.
fn has_quotes(key: Option<Key>, value: &str) -> bool {
    key.is_some() || value.starts_with('"')
}

fn first_word(text: &str, at: usize) -> (Word<'_>, &str) {
    let negated = text.strip_prefix('-').filter(|rest| !rest.trim_start().is_empty());
    let negated = negated.filter(|rest| !rest.starts_with(char::is_whitespace));
    let (not, rest) = (negated.is_some(), negated.unwrap_or(text));
    let (key, rest) = match Key::before(rest) {
        Some((key, rest)) => (Some(key), rest),
        None => (None, rest),
    };
    let quotes = has_quotes(key, rest);
    let mut open = false;
    let ends = |character: char| {
        open ^= quotes && character == '"';
        character.is_whitespace() && !open
    };
    let (value, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
    let range = at..at + text.len() - after.len();
    (Word { range, not, key, value }, after)
}
