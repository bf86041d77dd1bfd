//! Suggestions for what to type next, with the number of tokens each finds.

use std::ops::Range;

use token_audit::Rule;

use super::{Query, Search};
use crate::folded::folded;
use crate::list::language::{self, KEYS, Key, NEW, Pattern, STATES, State, Word};
use crate::text;

/// The most suggestions at once, so that they can be read at a glance.
const MOST: usize = 8;
/// How many letters of a state have to be typed until it is suggested without its key. Many names begin with two.
const STATE_FROM: usize = 3;
const UNITS: [(char, &str); 4] = [('d', "days"), ('w', "weeks"), ('m', "months"), ('y', "years")];

/// What can replace a word of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The word's place in the text, in bytes.
    pub range: Range<usize>,
    /// What it can become, likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// A text that can replace a word of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The text that replaces the word.
    pub text: String,
    /// The text as shown in the list of suggestions.
    pub label: String,
    /// What it means; may be empty.
    pub about: String,
    /// How many of the tokens that the rest of the search finds have it; `None` for a key, which
    /// still needs a value.
    pub count: Option<usize>,
}

impl Search {
    /// Suggestions to replace the word at the caret, a position in bytes.
    #[must_use]
    pub fn complete(&self, query: &Query, caret: usize) -> Option<Completion> {
        let word = language::word_at(&query.text, caret)?;
        let mut suggestions = match word.key {
            None => self.keys_and_states(&word, query),
            Some(key) => self.values_of(key, &word, query),
        };
        suggestions.truncate(MOST);
        for suggestion in suggestions.iter_mut().filter(|_| word.not) {
            suggestion.text.insert(0, '-');
        }
        (!suggestions.is_empty()).then_some(Completion { range: word.range, suggestions })
    }

    /// What a word without a key can become. Whoever types `stale` may not know that a key goes before it.
    fn keys_and_states(&self, word: &Word<'_>, query: &Query) -> Vec<Suggestion> {
        let mut suggestions = keys_that_begin(word.value);
        if word.value.chars().count() >= STATE_FROM {
            suggestions.extend(self.values_of(Key::Is, word, query));
        }
        suggestions
    }

    fn values_of(&self, key: Key, word: &Word<'_>, query: &Query) -> Vec<Suggestion> {
        // Nearly every token has a name and an id of its own.
        if matches!(key, Key::Name | Key::Id) {
            return Vec::new();
        }
        let mut terms = language::parse(&query.text).terms;
        terms.retain(|term| term.range != word.range);
        let found = self.found(query, &terms);
        let typed = folded(word.value).replace(['"', '*'], "");
        if let Some(field) = key.field() {
            let counts = self.counts(field, &found).into_iter();
            let fitting = counts.filter(|(value, _)| folded(value).contains(&typed));
            fitting.map(|(value, count)| of_value(key, value, count)).collect()
        } else {
            let known = known_values(key, &typed).into_iter();
            known.map(|(value, about)| self.counted(key, &value, about, &found)).collect()
        }
    }

    fn counted(&self, key: Key, value: &str, about: String, found: &[bool]) -> Suggestion {
        let text = format!("{}:{value}", key.help().name);
        let terms = language::parse(&text).terms;
        let fit = self.fit(&terms);
        let count =
            self.list.indices().zip(found).filter(|(at, found)| **found && fit(*at)).count();
        Suggestion { label: text.clone(), text, about, count: Some(count) }
    }
}

fn keys_that_begin(typed: &str) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let begin = KEYS.iter().filter(|entry| !typed.is_empty() && entry.name.starts_with(&typed));
    begin
        .map(|entry| {
            let text = format!("{}:", entry.name);
            let about = entry.about.to_owned();
            Suggestion { label: text.clone(), text, about, count: None }
        })
        .collect()
}

fn of_value(key: Key, value: &str, count: usize) -> Suggestion {
    let text = format!("{}:{}", key.help().name, Pattern::exactly(value));
    Suggestion { text, label: text::visible(value), about: String::new(), count: Some(count) }
}

/// The values with a special meaning for a key that start with the typed text, with their meanings. A state is also
/// found by what the list calls it.
fn known_values(key: Key, typed: &str) -> Vec<(String, String)> {
    let owned = |(value, about): (&str, &str)| (value.to_owned(), about.to_owned());
    let known: Vec<_> = match key {
        Key::Is => STATES.map(|(name, _, about)| owned((name, about))).into(),
        Key::Finding => {
            let rules = Rule::ALL.iter().map(|rule| owned((rule.id(), "")));
            rules.chain([owned((NEW, "New since your last visit"))]).collect()
        }
        _ if typed.ends_with(|last: char| last.is_ascii_digit()) => {
            UNITS.map(|(unit, about)| owned((&format!("{typed}{unit}"), about))).into()
        }
        key => key.help().values.iter().copied().map(owned).collect(),
    };
    let called = State::called(typed).filter(|_| key == Key::Is);
    let fits = |value: &str| value.starts_with(typed) || called == Some(value);
    known.into_iter().filter(|(value, _)| fits(value)).collect()
}
