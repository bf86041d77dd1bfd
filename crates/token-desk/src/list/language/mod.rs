//! The language of the search field. Pure: what the terms mean for a list is the inventory's.
//!
//! Any text is a search: a word that makes no sense is a problem with its place, and the other words
//! count without it.

mod choice;
mod keys;
mod near;
mod pattern;
mod problem;
mod span;
mod state;
mod words;

use std::ops::Range;

use token_audit::Rule;

pub use choice::{Chosen, choose, chosen, is_chosen};
pub use keys::{Entry, FORMS, KEYS, Key};
pub use pattern::{Matcher, Pattern};
pub use problem::Problem;
pub use span::Span;
pub use state::{STATES, State};
pub use words::Word;

use crate::folded::folded;
use problem::{empty, misspelt, no_finding, no_span, no_state, within_or_later};
use span::Relation;

/// The pseudo-finding for tokens that are new since the last visit.
pub const NEW: &str = "new";

/// What a search says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What a token must fit, all of it.
    pub terms: Vec<Term>,
    /// The words that make no sense.
    pub problems: Vec<Problem>,
}

/// One word of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// Whether a token must not fit it.
    pub not: bool,
    /// What is asked of a token.
    pub test: Test,
}

/// What a word asks of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// This text, lower-cased, in name, id, project, scopes or creator.
    Word(String),
    /// This text in one field.
    Field(Field, Pattern),
    /// Last used so long ago; `None` for no use recorded.
    Unused(Option<Span>),
    /// Its expiry.
    Expires(Expires),
    /// Created so long ago.
    Created(Span),
    /// In this state.
    Is(State),
    /// Breaks this rule.
    Finding(Rule),
    /// Is new since the last visit.
    NewSince,
}

/// A field that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The token's name.
    Name,
    /// Its id.
    Id,
    /// The name of its project.
    Project,
    /// Each of its scopes.
    Scope,
    /// Who created it.
    Creator,
    /// The name of its connection.
    Connection,
}

/// What is asked of an expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expires {
    /// That there is none.
    Never,
    /// That it has passed.
    Past,
    /// That it comes so long from now.
    In(Span),
}

impl Term {
    /// Whether each token has a text of its own to look at.
    pub(crate) fn is_of_own_text(&self) -> bool {
        matches!(self.test, Test::Field(Field::Name | Field::Id, _))
    }

    /// Whether it is about this field.
    pub(crate) fn is_of(&self, field: Field) -> bool {
        matches!(self.test, Test::Field(of, _) if of == field)
    }
}

/// Reads a search.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    for word in words::words(text) {
        let (range, not) = (word.range.clone(), word.not);
        match test(&word) {
            Ok(asked) => parsed.terms.extend(asked.map(|test| Term { range, not, test })),
            Err(message) => parsed.problems.push(Problem { range, message }),
        }
    }
    parsed
}

/// The word that a caret at this byte stands in or ends.
#[must_use]
pub fn word_at(text: &str, caret: usize) -> Option<Word<'_>> {
    let touches = |word: &Word<'_>| word.range.start < caret && caret <= word.range.end;
    words::words(text).into_iter().find(touches)
}

/// `None` if the word has no text yet.
fn test(word: &Word<'_>) -> Result<Option<Test>, String> {
    let Some(key) = word.key else { return plain(word) };
    if word.value.is_empty() {
        return Err(empty(key));
    }
    if let Some(field) = key.field() {
        return Ok(Some(Test::Field(field, Pattern::of(word.value))));
    }
    let value = word.value.trim_matches('"').to_lowercase();
    let test = match key {
        Key::Unused => unused(&value),
        Key::Expires => expires(&value),
        Key::Created => Span::parse(&value).map(Test::Created).ok_or_else(|| no_span(key, &value)),
        Key::Is => State::named(&value).map(Test::Is).ok_or_else(|| no_state(&value)),
        _ if value == NEW => Ok(Test::NewSince),
        _ => Rule::with_id(&value).map(Test::Finding).ok_or_else(|| no_finding(&value)),
    };
    test.map(Some)
}

fn plain(word: &Word<'_>) -> Result<Option<Test>, String> {
    if let Some(key) = keys::meant(word.value) {
        return Err(misspelt(word.value, key));
    }
    let text = folded(&words::plain_text(word.value));
    Ok((!text.is_empty()).then_some(Test::Word(text)))
}

fn unused(value: &str) -> Result<Test, String> {
    if value == "never" {
        return Ok(Test::Unused(None));
    }
    let span = Span::parse(value).ok_or_else(|| no_span(Key::Unused, value))?;
    Ok(Test::Unused(Some(span)))
}

fn expires(value: &str) -> Result<Test, String> {
    let expires = match value {
        "none" => Expires::Never,
        "past" => Expires::Past,
        value => {
            let span = Span::parse(value).ok_or_else(|| no_span(Key::Expires, value))?;
            if span.relation == Relation::Bare {
                return Err(within_or_later(value));
            }
            Expires::In(span)
        }
    };
    Ok(Test::Expires(expires))
}

#[cfg(test)]
mod tests;
