//! The kinds of acts, their filters and their outcomes, as the page names them.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{ActivitySource, DeedFilter, DeedKind, Outcome, Tone};

/// What a deed is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::DeedKind`")]
pub enum DeedName {
    Create,
    Revoke,
    BulkRevoke,
    Decision,
    Other,
}

/// Which acts to return.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::DeedFilter`")]
pub enum DeedFilterName {
    Revoked,
    Created,
    Delivered,
    Decisions,
    Unfinished,
}

/// Which lanes of the screen are shown.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::ActivitySource`")]
pub enum ActivitySourceName {
    Both,
    App,
    Server,
}

/// How many deeds a filter would give.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeedCountView {
    /// The filter.
    pub filter: DeedFilterName,
    /// How many.
    pub count: u32,
}

/// How a deed came out.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// Whether that is good.
    pub tone: ToneName,
    /// As text.
    pub says: String,
}

/// How an outcome is to be taken.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::Tone`")]
pub enum ToneName {
    Good,
    Plain,
    Coming,
    Warning,
    Bad,
}

impl From<DeedKind> for DeedName {
    fn from(kind: DeedKind) -> Self {
        match kind {
            DeedKind::Create => Self::Create,
            DeedKind::Revoke => Self::Revoke,
            DeedKind::BulkRevoke => Self::BulkRevoke,
            DeedKind::Decision => Self::Decision,
            DeedKind::Other => Self::Other,
        }
    }
}

impl From<DeedFilter> for DeedFilterName {
    fn from(filter: DeedFilter) -> Self {
        match filter {
            DeedFilter::Revoked => Self::Revoked,
            DeedFilter::Created => Self::Created,
            DeedFilter::Delivered => Self::Delivered,
            DeedFilter::Decisions => Self::Decisions,
            DeedFilter::Unfinished => Self::Unfinished,
        }
    }
}

impl From<DeedFilterName> for DeedFilter {
    fn from(filter: DeedFilterName) -> Self {
        match filter {
            DeedFilterName::Revoked => Self::Revoked,
            DeedFilterName::Created => Self::Created,
            DeedFilterName::Delivered => Self::Delivered,
            DeedFilterName::Decisions => Self::Decisions,
            DeedFilterName::Unfinished => Self::Unfinished,
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        let tone = match outcome.tone {
            Tone::Good => ToneName::Good,
            Tone::Plain => ToneName::Plain,
            Tone::Coming => ToneName::Coming,
            Tone::Warning => ToneName::Warning,
            Tone::Bad => ToneName::Bad,
        };
        Self { tone, says: outcome.says }
    }
}

impl From<ActivitySourceName> for ActivitySource {
    fn from(source: ActivitySourceName) -> Self {
        match source {
            ActivitySourceName::Both => Self::Both,
            ActivitySourceName::App => Self::App,
            ActivitySourceName::Server => Self::Server,
        }
    }
}
