//! What helps with a search.

mod saved;

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::Rule;
use token_desk::language::{Chosen, Key, Problem};
use token_desk::{Completion, Facet, Query, Sort, text};

use super::{NEW, ViewName, count};

pub use saved::*;

/// Which tokens the search stands in front of.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchRequest {
    /// The search.
    pub text: String,
    /// The card that filters.
    pub view: ViewName,
    /// The id of the rule that filters.
    pub rule: Option<String>,
}

/// A word of the search that makes no sense.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    /// Where it begins, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// What can come in place of a word.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompletionView {
    /// Where the word begins, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it can become.
    pub suggestions: Vec<SuggestionView>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionView {
    /// What comes in place of the word.
    pub text: String,
    /// What is shown of it.
    pub label: String,
    /// What it means; may be empty.
    pub about: String,
    /// How many tokens have it; `None` for a key, which needs a value still.
    pub count: Option<u32>,
}

/// A key whose values can be chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::language::Key`")]
pub enum FacetName {
    Project,
    Scope,
    Creator,
}

/// The values of a key.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FacetView {
    /// The most frequent ones.
    pub values: Vec<FacetValueView>,
    /// How many others there are.
    pub more: u32,
    /// The search once none of them is chosen; `None` where none is.
    pub cleared: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FacetValueView {
    /// What is shown of it.
    pub label: String,
    /// How many tokens have it.
    pub count: u32,
    /// Whether the search asks for it.
    pub chosen: bool,
    /// The search once it is chosen, or no longer is.
    pub text: String,
}

/// What the search asks for by a key.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChosenView {
    /// The key.
    pub facet: FacetName,
    /// The value.
    pub value: String,
}

/// A term of the language, for the help.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TermView {
    /// What to type.
    pub example: String,
    /// What it finds.
    pub about: String,
}

impl From<&SearchRequest> for Query {
    fn from(request: &SearchRequest) -> Self {
        Self {
            text: request.text.clone(),
            view: request.view.into(),
            rule: request.rule.as_deref().and_then(Rule::with_id),
            new: request.rule.as_deref() == Some(NEW),
            sort: Sort::Name,
            descending: false,
        }
    }
}

impl ProblemView {
    /// As a place in the text.
    #[must_use]
    pub fn new(Problem { range, message }: Problem, text: &str) -> Self {
        let range = text::utf16_range(text, range);
        Self { start: count(range.start), end: count(range.end), message }
    }
}

impl CompletionView {
    /// As a place in the text.
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

impl From<Facet> for FacetView {
    fn from(facet: Facet) -> Self {
        let value = |it: token_desk::FacetValue| FacetValueView {
            label: it.label,
            count: count(it.count),
            chosen: it.chosen,
            text: it.text,
        };
        Self {
            values: facet.values.into_iter().map(value).collect(),
            more: count(facet.more),
            cleared: facet.cleared,
        }
    }
}

impl From<FacetName> for Key {
    fn from(facet: FacetName) -> Self {
        match facet {
            FacetName::Project => Self::Project,
            FacetName::Scope => Self::Scope,
            FacetName::Creator => Self::Creator,
        }
    }
}

impl ChosenView {
    /// What can also be chosen from a list.
    #[must_use]
    pub fn new(Chosen { key, value }: Chosen) -> Option<Self> {
        let facets = [FacetName::Project, FacetName::Scope, FacetName::Creator];
        let facet = facets.into_iter().find(|&facet| Key::from(facet) == key)?;
        Some(Self { facet, value: text::visible(&value) })
    }
}

impl From<(&str, &str)> for TermView {
    fn from((example, about): (&str, &str)) -> Self {
        Self { example: example.to_owned(), about: about.to_owned() }
    }
}
