//! What is missing from a list, and why. It accompanies the list wherever that is shown, judged or
//! reported.

#[cfg(test)]
mod tests;

use entri_api::{Completeness, Error as ApiError, Incomplete, ProjectId};

use crate::error::{Code, Problem};
use crate::model::token::Project;
use crate::text;

/// A part of a connection's list that is incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The part that is incomplete.
    pub part: Part,
    /// Why it may be incomplete.
    pub why: Why,
}

/// The parts that a connection's list is loaded in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The list of projects: the tokens of a project that isn't listed aren't loaded.
    Projects,
    /// The organization's own tokens.
    Organization,
    /// The tokens of one project.
    Project {
        /// The project's id on its server.
        id: ProjectId,
        /// The project's name, as the server gave it.
        name: String,
    },
}

/// Why a part may be incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was loaded, but not proven to be complete.
    Incomplete(Incomplete),
    /// It couldn't be loaded; the text says what happened, in a sentence. Its tokens are those of
    /// the previous list.
    Failed(String),
}

/// The most parts that are listed individually.
const MOST_NAMED: usize = 20;

/// What a list contains, in words, for sentences about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Things {
    /// The singular, such as `token of the organization`.
    pub(crate) one: String,
    /// The plural, such as `tokens of the organization`.
    pub(crate) many: String,
}

impl Gap {
    /// The gap of a list that ended like this; `None` if it is complete.
    pub(crate) fn of(part: Part, completeness: Completeness) -> Option<Self> {
        let why = Why::Incomplete(completeness.reason()?);
        Some(Self { part, why })
    }

    /// A part that couldn't be loaded.
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

/// What is missing from a list and why, in sentences: one for each part, but only for the first of
/// many.
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

/// The same sentences as [`said`], as problems.
pub(crate) fn problems(gaps: &[Gap]) -> impl Iterator<Item = Problem> {
    said(gaps).into_iter().map(|message| Problem { code: Code::Server, message })
}

impl Part {
    pub(crate) fn of(project: &Project) -> Self {
        Self::Project { id: project.id.clone(), name: project.name.clone() }
    }

    /// The owner of its tokens: a project's id, or empty for the organization itself. `None` if the
    /// part has no tokens.
    pub(crate) fn of_tokens(&self) -> Option<String> {
        match self {
            Self::Projects => None,
            Self::Organization => Some(String::new()),
            Self::Project { id, .. } => Some(id.0.clone()),
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

    /// The reason why a list of them is incomplete, in a sentence.
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
