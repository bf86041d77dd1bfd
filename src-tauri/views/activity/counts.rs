//! How many acts each filter would give, and how an act came out.

use serde::Serialize;
use specta::Type;
use token_desk::{ActFilter, Outcome, Tone};

/// How many acts a filter would give.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActCountView {
    /// The filter that is counted.
    pub filter: ActFilter,
    /// How many acts this filter shows.
    pub count: u32,
}

/// How an act came out.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// How the outcome is to be taken, which decides its color.
    pub tone: Tone,
    /// The outcome in words.
    pub says: String,
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        Self { tone: outcome.tone, says: outcome.says }
    }
}
