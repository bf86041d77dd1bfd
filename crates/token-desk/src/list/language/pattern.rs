//! A text to look for in a field.

use memchr::memmem;

use crate::folded::folded;
use crate::text;

/// Upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The texts between the wildcards, in lower case; never empty.
    pieces: Vec<String>,
    /// Whether it must match the whole field; otherwise it may match anywhere in it.
    whole: bool,
}

/// A pattern that is ready for many fields: to prepare a search takes longer than the search in one.
pub struct Matcher<'a> {
    pieces: Vec<memmem::Finder<'a>>,
    whole: bool,
}

impl Pattern {
    /// Reads a value: `*` is a wildcard, text in quotes is literal (`""` within it is a quote), and
    /// with either of them the whole field has to match.
    #[must_use]
    pub fn of(value: &str) -> Self {
        let (mut pieces, mut piece) = (Vec::new(), String::new());
        let (mut quoted, mut open) = (false, false);
        let mut characters = value.chars().peekable();
        while let Some(character) = characters.next() {
            let doubled = open && character == '"' && characters.next_if_eq(&'"').is_some();
            match character {
                '"' if !doubled => (quoted, open) = (true, !open),
                '*' if !open => pieces.push(std::mem::take(&mut piece)),
                character => piece.push(character),
            }
        }
        pieces.push(piece);
        let whole = quoted || pieces.len() > 1;
        Self { pieces: pieces.iter().map(|piece| folded(piece)).collect(), whole }
    }

    /// A value that fits this text and, except for case, no other. What cannot be seen, and the end of
    /// a long text, become wildcards, so that the value can be shown.
    #[must_use]
    pub fn exactly(text: &str) -> String {
        let mut value = String::from("\"");
        for character in text.chars().take(text::MAX_SHOWN) {
            match character {
                '"' => value.push_str("\"\""),
                character if text::is_invisible(character) => value.push_str("\"*\""),
                character => value.push(character),
            }
        }
        value.push('"');
        if text.chars().nth(text::MAX_SHOWN).is_some() {
            value.push('*');
        }
        value
    }

    /// Makes it ready for many fields.
    #[must_use]
    pub fn matcher(&self) -> Matcher<'_> {
        Matcher { pieces: self.pieces.iter().map(memmem::Finder::new).collect(), whole: self.whole }
    }
}

impl Matcher<'_> {
    /// Whether a field fits; its text is lower-cased.
    #[must_use]
    pub fn fits(&self, field: &[u8]) -> bool {
        let Some((first, others)) = self.pieces.split_first() else { return true };
        if !self.whole {
            return first.find(field).is_some();
        }
        // Comparing with an empty text takes longer than a search, so the ends of `*x*` are
        // skipped.
        let first = first.needle();
        if !first.is_empty() && !field.starts_with(first) {
            return false;
        }
        let mut left = &field[first.len()..];
        let Some((last, middle)) = others.split_last() else { return left.is_empty() };
        for piece in middle {
            let Some(at) = piece.find(left) else { return false };
            left = &left[at + piece.needle().len()..];
        }
        last.needle().is_empty() || left.ends_with(last.needle())
    }
}
