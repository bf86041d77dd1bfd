//! The language of the search field. Pure: `list/search/fit.rs` decides which tokens fit its terms.
//!
//! Any text is a search: a word that can't be understood is reported as a problem with its place,
//! and the other words count without it.

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
pub use keys::{FORMS, KEYS, Key, KeyHelp};
pub use pattern::{Matcher, Pattern};
pub use problem::Problem;
pub use span::Span;
pub use state::{STATES, State};
pub use words::Word;

use crate::folded::folded;
use problem::{empty, misspelt, no_finding, no_span, no_state, state_as_filter, within_or_later};
use span::Relation;

/// The pseudo-finding for tokens that are new since the last visit.
pub const NEW: &str = "new";

/// The terms of a search, and the words that can't be understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What a token must match; all of these.
    pub terms: Vec<Term>,
    /// The words that can't be understood.
    pub problems: Vec<Problem>,
}

/// One word of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word's place in the text, in bytes.
    pub range: Range<usize>,
    /// Whether a token must not match it.
    pub not: bool,
    /// What a token is tested for.
    pub test: Test,
}

/// What a word tests a token for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Contains this text, which is in lower case, in its name, id, project, scopes or creator.
    Word(String),
    /// Has this text in one field.
    Field(Field, Pattern),
    /// Last used this long ago; `None` for no recorded use.
    Unused(Option<Span>),
    /// Has such an expiry.
    Expires(Expires),
    /// Created this long ago.
    Created(Span),
    /// Is in this state.
    Is(State),
    /// Breaks this rule, without a decision that covers it.
    Finding(Rule),
    /// Is new since the last visit.
    NewSince,
}

/// A field of a token that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The token's name, as the server gave it.
    Name,
    /// The token's id on its server.
    Id,
    /// The name of its project.
    Project,
    /// Each of its scopes.
    Scope,
    /// Who created the token.
    Creator,
    /// The name of its connection.
    Connection,
}

/// What is tested about an expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expires {
    /// That the token has none.
    Never,
    /// That it has passed already.
    Past,
    /// That it is this far in the future.
    In(Span),
}

impl Term {
    /// Whether it is about a text that nearly every token has to itself.
    pub(crate) fn is_of_own_text(&self) -> bool {
        matches!(self.test, Test::Field(Field::Name | Field::Id, _))
    }

    /// Whether it is about this field.
    pub(crate) fn is_of(&self, field: Field) -> bool {
        matches!(self.test, Test::Field(of, _) if of == field)
    }
}

/// Reads a search. Never fails: words that can't be understood are reported beside the others.
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

/// The word that the caret, at this byte, is in or at the end of.
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
    if let Some(problem) = state_as_filter(word.value) {
        return Err(problem);
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
