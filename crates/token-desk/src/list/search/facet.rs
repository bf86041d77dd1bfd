//! The values of a key among the tokens that a search finds.

use std::collections::{BTreeSet, HashMap};

use super::{Query, Search};
use crate::folded::folded;
use crate::list::builder::offset;
use crate::list::language::{self, Field, Key, Pattern};
use crate::text;

/// The most values that are returned.
const MOST: usize = 50;

/// The values of a key, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The most frequent ones and the chosen ones, sorted by name.
    pub values: Vec<FacetValue>,
    /// The number of values beyond these.
    pub more: usize,
    /// The search with none of the values chosen; `None` if none is chosen now.
    pub cleared: Option<String>,
}

/// One value of a key, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as shown.
    pub label: String,
    /// How many tokens have it.
    pub count: usize,
    /// Whether the search asks for it.
    pub chosen: bool,
    /// The search after a click: with the value, or without it if it is chosen now.
    pub text: String,
}

impl Search {
    /// The values of a key. A token has only one project and one creator, so the search's own terms
    /// for these are ignored: otherwise there would be nothing else to choose.
    #[must_use]
    pub fn facet(&self, query: &Query, key: Key) -> Facet {
        let Some(field) = key.field() else {
            return Facet { values: Vec::new(), more: 0, cleared: None };
        };
        let mut terms = language::parse(&query.text).terms;
        if key != Key::Scope {
            terms.retain(|term| term.not || !term.is_of(field));
        }
        let mut counts = self.counts(field, &self.found(query, &terms));
        // A chosen value can be deselected even if no token has it.
        let chosen = language::chosen(&query.text);
        for value in chosen.iter().filter(|it| it.key == key).map(|it| &*it.value) {
            let listed = counts.iter().any(|(it, _)| folded(it) == folded(value));
            if !listed && language::is_chosen(&query.text, key, &Pattern::exactly(value)) {
                counts.insert(0, (value, 0));
            }
        }
        let more = counts.len().saturating_sub(MOST);
        let value = |(value, count): (&str, usize)| {
            let exactly = Pattern::exactly(value);
            FacetValue {
                label: text::visible(value),
                count,
                chosen: language::is_chosen(&query.text, key, &exactly),
                text: language::choose(&query.text, key, &exactly),
            }
        };
        let mut values: Vec<_> = counts.into_iter().take(MOST).map(value).collect();
        values.sort_by_cached_key(|value| natural(&value.label));
        Facet { values, more, cleared: cleared(&query.text, key) }
    }

    /// How many of the tokens found have each value of a field, most frequent first.
    pub(super) fn counts(&self, field: Field, found: &[bool]) -> Vec<(&str, usize)> {
        let list = &*self.list;
        let tally = |values: usize, column: &dyn Fn(usize) -> usize| {
            let mut counts = vec![0; values];
            let tokens = found.iter().enumerate().filter(|(_, found)| **found);
            tokens.for_each(|(at, _)| counts[column(at)] += 1);
            counts.into_iter()
        };
        let shared = list.shared.iter().map(|text| &**text);
        let in_column = |column: &'_ [u32]| tally(list.shared.len(), &|at| column[at] as usize);
        match field {
            Field::Name | Field::Id => Vec::new(),
            Field::Project => {
                let names: Vec<_> = list.project_names().collect();
                let counts = tally(names.len(), &|at| list.project[at] as usize);
                ranked(names.into_iter().zip(counts))
            }
            Field::Scope => ranked(shared.zip(in_column(&list.scopes)).flat_map(each_scope)),
            Field::Creator => {
                let of = |at| list.creator(at).shown.unwrap_or_default();
                let creators = (0..offset(list.creators.len())).map(of);
                let counts = tally(list.creators.len(), &|at| list.creator[at] as usize);
                ranked(creators.zip(counts))
            }
            Field::Connection => {
                let labels = list.parts.iter().map(|part| self.labels.of(part.connection));
                let part = |at: usize| list.part_at(offset(at));
                ranked(labels.zip(tally(list.parts.len(), &part)))
            }
        }
    }
}

/// The search without its terms for this key; `None` if it has none that can be chosen from a list.
fn cleared(text: &str, key: Key) -> Option<String> {
    let chosen = language::chosen(text).into_iter().filter(|it| it.key == key);
    let patterns = chosen.map(|it| Pattern::exactly(&it.value));
    let mut patterns = patterns.filter(|it| language::is_chosen(text, key, it)).peekable();
    patterns.peek()?;
    Some(patterns.fold(text.to_owned(), |text, it| language::choose(&text, key, &it)))
}

/// A key that sorts names as people do: `Project 6` before `Project 13`, whatever the case of its
/// letters.
pub fn natural(name: &str) -> Vec<(u128, String)> {
    let mut parts: Vec<(u128, String)> = vec![(0, String::new())];
    let mut before = None;
    for character in folded(name).chars() {
        let digit = character.to_digit(10);
        if digit.is_some() != before.is_some() {
            parts.push((0, String::new()));
        }
        if let Some((number, text)) = parts.last_mut() {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(digit.into()),
                None => text.push(character),
            }
        }
        before = digit;
    }
    parts
}

/// A scope that is listed twice is one scope.
fn each_scope((scopes, count): (&str, usize)) -> impl Iterator<Item = (&str, usize)> {
    let scopes: BTreeSet<_> = if count > 0 { scopes.split(' ').collect() } else { BTreeSet::new() };
    scopes.into_iter().map(move |scope| (scope, count))
}

/// Upper and lower case are the same value, as they are for a search.
fn ranked<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> Vec<(&'a str, usize)> {
    let mut merged: HashMap<String, (&str, usize)> = HashMap::new();
    for (value, count) in counts.filter(|(value, count)| *count > 0 && !value.is_empty()) {
        merged.entry(folded(value)).or_insert((value, 0)).1 += count;
    }
    let mut ranked: Vec<_> = merged.into_values().collect();
    ranked.sort_unstable_by_key(|&(value, count)| (std::cmp::Reverse(count), value));
    ranked
}
