//! Completions, filters and help for the search.

mod facets;
mod saved;

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::{Rule, View};
use token_desk::language::Problem;
use token_desk::{Completion, Query, Sort, text};

use super::count;

pub use facets::*;
pub use saved::*;

/// Takes the place of a rule's id, for tokens that are new since the last visit.
pub(crate) const NEW: &str = "new";

/// The tokens that the search is about.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchRequest {
    /// The search as typed.
    pub text: String,
    /// The card that filters the list.
    pub view: View,
    /// The id of the rule that filters the list.
    pub rule: Option<String>,
}

/// A word of the search that can't be understood.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    /// Where it begins, in UTF-16 units.
    pub start: u32,
    /// Where it ends, exclusive, in UTF-16 units.
    pub end: u32,
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// What can replace a word of the search.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompletionView {
    /// Where the word begins, in UTF-16 units.
    pub start: u32,
    /// Where the word ends, exclusive, in UTF-16 units.
    pub end: u32,
    /// The texts that can replace the word.
    pub suggestions: Vec<SuggestionView>,
}

/// A text that can replace a word of the search.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionView {
    /// The text that replaces the word.
    pub text: String,
    /// The text as shown in the list of suggestions.
    pub label: String,
    /// What it means; may be empty.
    pub about: String,
    /// How many tokens have it; `None` for a key, which still needs a value.
    pub count: Option<u32>,
}

/// A term of the search language, for the help.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TermView {
    /// What to type, such as `is:stale`.
    pub example: String,
    /// What the term finds, in a few words.
    pub about: String,
}

impl From<&SearchRequest> for Query {
    fn from(request: &SearchRequest) -> Self {
        Self {
            text: request.text.clone(),
            view: request.view,
            rule: request.rule.as_deref().and_then(Rule::with_id),
            new: request.rule.as_deref() == Some(NEW),
            sort: Sort::Name,
            descending: false,
        }
    }
}

impl ProblemView {
    /// Converts the problem's place to UTF-16 units.
    #[must_use]
    pub fn new(Problem { range, message }: Problem, text: &str) -> Self {
        let range = text::utf16_range(text, range);
        Self { start: count(range.start), end: count(range.end), message }
    }
}

impl CompletionView {
    /// Converts the word's place to UTF-16 units.
    #[must_use]
    pub fn new(completion: Completion, text: &str) -> Self {
        let range = text::utf16_range(text, completion.range);
        let suggestion = |it: token_desk::Suggestion| SuggestionView {
            text: it.text,
            label: it.label,
            about: it.about,
            count: it.count.map(count),
        };
        Self {
            start: count(range.start),
            end: count(range.end),
            suggestions: completion.suggestions.into_iter().map(suggestion).collect(),
        }
    }
}

impl From<(&str, &str)> for TermView {
    fn from((example, about): (&str, &str)) -> Self {
        Self { example: example.to_owned(), about: about.to_owned() }
    }
}
