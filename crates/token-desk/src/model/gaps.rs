//! What is missing from a list, and why. It accompanies the list wherever that is shown, judged or reported.

use entri_api::{Completeness, Error as ApiError, Incomplete};

use crate::error::{Code, Problem};
use crate::model::token::Project;
use crate::text;

/// A part of a connection's list that is incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The part.
    pub part: Part,
    /// Why it may be incomplete.
    pub why: Why,
}

/// The parts that a connection's list is loaded in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The list of projects: the tokens of one that is not listed are not read.
    Projects,
    /// The tokens of the organization itself.
    Organization,
    /// The tokens of a project.
    Project {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

/// Why a part may be incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was loaded, but not proven to be complete.
    Incomplete(Incomplete),
    /// It could not be read: what happened, in a sentence. Its tokens are those of the list before.
    Failed(String),
}

/// The number of parts that are listed individually.
const MOST_NAMED: usize = 20;

/// What a list has, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Things {
    /// `token of the organization`
    pub(crate) one: String,
    /// `tokens of the organization`
    pub(crate) many: String,
}

impl Gap {
    /// What a list lacks, by how it ended.
    pub(crate) fn of(part: Part, completeness: Completeness) -> Option<Self> {
        let why = Why::Incomplete(completeness.reason()?);
        Some(Self { part, why })
    }

    /// A part that could not be read.
    pub(crate) fn failed(part: Part, error: &ApiError) -> Self {
        Self { part, why: Why::Failed(error.to_string()) }
    }

    /// What is missing and why, as sentences.
    #[must_use]
    pub fn said(&self) -> String {
        let things = self.part.things();
        match &self.why {
            Why::Incomplete(reason) => things.incomplete(*reason),
            Why::Failed(why) => {
                format!("Couldn’t load the {}. Showing them as last known. {why}", things.many)
            }
        }
    }
}

/// What is missing of a list and why, in sentences: one for each part, of many parts for the first ones
/// alone.
#[must_use]
pub fn said(gaps: &[Gap]) -> Vec<String> {
    let mut said: Vec<_> = gaps.iter().take(MOST_NAMED).map(Gap::said).collect();
    match gaps.len().saturating_sub(MOST_NAMED) {
        0 => {}
        1 => said.push("1 more part of the list is incomplete.".to_owned()),
        more => said.push(format!("{more} more parts of the list are incomplete.")),
    }
    said
}

/// Like [`said`].
pub(crate) fn problems(gaps: &[Gap]) -> impl Iterator<Item = Problem> {
    said(gaps).into_iter().map(|message| Problem { code: Code::Server, message })
}

impl Part {
    pub(crate) fn of(project: &Project) -> Self {
        Self::Project { id: project.id.clone(), name: project.name.clone() }
    }

    /// Whose tokens it has: the id of a project, or nothing for the organization itself. `None`
    /// where it has no tokens.
    pub(crate) fn of_tokens(&self) -> Option<String> {
        match self {
            Self::Projects => None,
            Self::Organization => Some(String::new()),
            Self::Project { id, .. } => Some(id.clone()),
        }
    }

    fn things(&self) -> Things {
        match self {
            Self::Projects => Things::new("project", "projects"),
            Self::Organization => {
                Things::new("token of the organization", "tokens of the organization")
            }
            Self::Project { name, .. } => {
                let name = text::visible(name);
                Things::new(&format!("token of “{name}”"), &format!("tokens of “{name}”"))
            }
        }
    }
}

impl Things {
    pub(crate) fn new(one: &str, many: &str) -> Self {
        Self { one: one.to_owned(), many: many.to_owned() }
    }

    /// Why a list of them is incomplete, in a sentence.
    pub(crate) fn incomplete(&self, reason: Incomplete) -> String {
        let Self { one, many } = self;
        match reason {
            Incomplete::Unreadable(1) => format!(
                "1 entry in the list of {many} could not be read and is not shown. \
                 Look for it on Entri’s own page."
            ),
            Incomplete::Unreadable(count) => format!(
                "{count} entries in the list of {many} could not be read and are not shown. \
                 Look for them on Entri’s own page."
            ),
            Incomplete::Miscounted { read, total: 1 } => {
                format!("The server says there is 1 {one} and gave {read}.")
            }
            Incomplete::Miscounted { read, total } => {
                format!("The server says there are {total} {many} and gave {read}.")
            }
            Incomplete::Moved => format!("The list of {many} kept changing while it was read."),
            Incomplete::RepeatedId => {
                format!("Several {many} share an ID. Only the first of each ID is shown.")
            }
            Incomplete::CutShort => {
                format!("The server says there are more {many}, but didn’t send them.")
            }
            Incomplete::PageRefused => format!("The server refused to send more {many}."),
            Incomplete::TooLarge => {
                format!("The list of {many} is too large, and was only partly loaded.")
            }
            Incomplete::TookTooLong => {
                format!("Loading the {many} took too long. Refresh to try again.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_own_words() {
        let said = |reason| Part::Organization.things().incomplete(reason);
        for (reason, starts) in [
            (Incomplete::Unreadable(1), "1 entry in the list of tokens of the organization could"),
            (
                Incomplete::Unreadable(2),
                "2 entries in the list of tokens of the organization could",
            ),
            (Incomplete::Miscounted { read: 0, total: 1 }, "The server says there is 1 token of "),
            (
                Incomplete::Miscounted { read: 1, total: 2 },
                "The server says there are 2 tokens of ",
            ),
        ] {
            assert!(said(reason).starts_with(starts), "{}", said(reason));
        }
    }

    #[test]
    fn thousands_of_parts_are_counted_not_named() {
        let gap = |id: usize| {
            let part = Part::Project { id: id.to_string(), name: id.to_string() };
            Gap { part, why: Why::Incomplete(Incomplete::TookTooLong) }
        };
        for (parts, sentences, last) in [
            (20, 20, "Loading the tokens of “19” took"),
            (21, 21, "1 more part of the list is incomplete."),
            (10_000, 21, "9980 more parts of the list are incomplete."),
        ] {
            let said = said(&(0..parts).map(gap).collect::<Vec<_>>());
            assert_eq!(said.len(), sentences);
            assert!(said[sentences - 1].starts_with(last), "{:?}", said.last());
        }
    }

    #[test]
    fn a_hostile_name_is_drawn_as_what_it_is() {
        let part = Part::Project { id: "p".to_owned(), name: "a\u{202E}b".to_owned() };
        let gap = Gap { part, why: Why::Incomplete(Incomplete::Moved) };
        assert!(!gap.said().contains('\u{202E}'), "{}", gap.said());
    }
}
