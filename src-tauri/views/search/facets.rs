//! The values to choose from instead of typing.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::language::{Chosen, Key};
use token_desk::{Facet, text};

use crate::views::count;

/// A key whose values can be chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::language::Key`")]
pub enum FacetName {
    Project,
    Scope,
    Creator,
}

/// The values of a key, to choose from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FacetView {
    /// The most frequent ones.
    pub values: Vec<FacetValueView>,
    /// The number of values beyond these.
    pub more: u32,
    /// The search with none of the values chosen; `None` if none is chosen now.
    pub cleared: Option<String>,
}

/// One value of a key, to choose from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FacetValueView {
    /// The value as shown.
    pub label: String,
    /// How many tokens have it.
    pub count: u32,
    /// Whether the search asks for it.
    pub chosen: bool,
    /// The search after a click: with the value, or without it if it is chosen now.
    pub text: String,
}

/// A value of a key that the search asks for.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChosenView {
    /// The key, such as project or scope.
    pub facet: FacetName,
    /// The value, with hidden characters shown.
    pub value: String,
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
    /// `None` if the key's values can't be chosen from a list.
    #[must_use]
    pub fn new(Chosen { key, value }: Chosen) -> Option<Self> {
        let facets = [FacetName::Project, FacetName::Scope, FacetName::Creator];
        let facet = facets.into_iter().find(|&facet| Key::from(facet) == key)?;
        Some(Self { facet, value: text::visible(&value) })
    }
}
