//! A value that was found where it shouldn't be, and what was done about it.

use chrono::{DateTime, NaiveDate, Utc};
use entri_api::{ProjectId, TokenId};

use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::token::TokenKey;

/// What is asked about when a value became exposed.
pub(crate) const SINCE: &str = "Exposed since";
/// How somebody may write a day: `2026-03-11`, `11 Mar 2026` or `March 11, 2026`.
const DATES: [&str; 3] = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"];

/// Identifies an incident among those of all connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IncidentId {
    /// The connection whose journal has it.
    pub connection: ConnectionId,
    /// Its number in that journal.
    pub number: i64,
}

/// How sure it is whose value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Sureness {
    /// It can be no other token's.
    Certain,
    /// No other listed token fits.
    Likely,
    /// A person said so.
    Chosen,
}

/// An incident that isn't closed, as its journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its connection and number.
    pub id: IncidentId,
    /// When the value was found.
    pub at: DateTime<Utc>,
    /// Who was signed in then.
    pub by: String,
    /// The seal of its first entry in the journal.
    pub seal: String,
    /// Where a scan found it; `None` if somebody pasted it.
    pub places: Option<String>,
    /// The fingerprint that a scan gave the value.
    pub(crate) print: Option<String>,
    /// What was done since, oldest first.
    pub steps: Vec<IncidentStep>,
}

/// How an incident began.
#[derive(Default)]
pub(crate) struct Began {
    /// When the value was found, if another connection's journal has the beginning.
    pub first: Option<DateTime<Utc>>,
    /// Where a scan found it.
    pub places: Option<String>,
    /// The fingerprint that a scan gave the value.
    pub print: Option<String>,
}

/// A step of an incident, as its journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentStep {
    /// Its number in the journal.
    pub number: i64,
    /// When it was done, to the second.
    pub at: DateTime<Utc>,
    /// What this step did.
    pub what: Deed,
    /// The token's name, if it says which one it is about.
    pub name: Option<String>,
    /// The token, if it says which one it is about.
    pub token: Option<TokenId>,
    /// The project of the token, if the step says so.
    pub project_id: Option<ProjectId>,
    /// What is to be said about it.
    pub detail: Option<String>,
    /// What it is based on: names and values, one after the other.
    pub basis: Vec<String>,
    /// Its seal in the journal.
    pub seal: String,
}

impl IncidentStep {
    /// What is to be said about it, in words.
    #[must_use]
    pub fn says(&self) -> Option<&str> {
        match (self.what, self.detail.as_deref()) {
            (Deed::TaskDone, Some("replace")) => {
                Some(self.basis.first().map_or("the token is replaced", |known| known))
            }
            (Deed::TaskDone, Some("tell")) => Some("its owner knows"),
            (_, detail) => detail,
        }
    }
}

impl Sureness {
    /// Its word, in the journal and in records.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Chosen => "chosen",
        }
    }
}

impl Incident {
    /// The last step of this kind.
    #[must_use]
    pub fn last(&self, what: Deed) -> Option<&IncidentStep> {
        self.steps.iter().rfind(|step| step.what == what)
    }

    /// Whether there is a step of one of these kinds.
    #[must_use]
    pub fn has(&self, any: &[Deed]) -> bool {
        self.steps.iter().any(|step| any.contains(&step.what))
    }

    /// Whose value it is, as far as that is known: the token, its name, and how sure that is.
    #[must_use]
    pub fn named(&self) -> Option<(TokenKey, &str, Sureness)> {
        let step = self.last(Deed::Identified)?;
        let (id, name) = (step.token.clone()?, step.name.as_deref()?);
        let all = [Sureness::Certain, Sureness::Likely, Sureness::Chosen];
        let word = step.basis.first()?;
        let sureness = all.into_iter().find(|it| it.word() == word)?;
        Some((TokenKey { connection: self.id.connection, id }, name, sureness))
    }

    /// The number of the step that named its token last.
    #[must_use]
    pub fn naming(&self) -> Option<i64> {
        self.last(Deed::Identified).map(|step| step.number)
    }

    /// What the snapshot says of the token under this name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        let basis = &self.last(Deed::Snapshot)?.basis;
        let pair = basis.chunks(2).find(|pair| pair.first().is_some_and(|it| it == name))?;
        pair.get(1).map(String::as_str)
    }

    /// Whether the server at this host refused the value when it was tested last.
    #[must_use]
    pub fn was_refused_by(&self, host: &str) -> bool {
        let tested = |step: &&IncidentStep| {
            matches!(step.what, Deed::ValueUnknown | Deed::ValueWorks)
                && step.detail.as_deref() == Some(host)
        };
        self.steps.iter().rfind(tested).is_some_and(|step| step.what == Deed::ValueUnknown)
    }

    /// Whether the token was named by hand, and nobody saw the value work: then a refusal says nothing about it.
    #[must_use]
    pub fn is_only_chosen(&self) -> bool {
        matches!(self.named(), Some((.., Sureness::Chosen))) && !self.has(&[Deed::ValueWorks])
    }

    /// When its token was revoked, or seen to be gone.
    #[must_use]
    pub fn over_at(&self) -> Option<DateTime<Utc>> {
        let over = [Deed::IncidentRevoked, Deed::IncidentGone];
        self.steps.iter().find(|step| over.contains(&step.what)).map(|step| step.at)
    }

    /// The day since which the value was exposed, if somebody wrote that down as a date.
    #[must_use]
    pub fn exposed_since(&self) -> Option<NaiveDate> {
        let basis = &self.last(Deed::Exposure)?.basis;
        let pair = basis.chunks(2).find(|pair| pair.first().is_some_and(|it| it == SINCE))?;
        DATES.into_iter().find_map(|format| {
            let (day, _) = NaiveDate::parse_and_remainder(pair.get(1)?.trim(), format).ok()?;
            Some(day)
        })
    }

    /// Whether the token is revoked or was gone.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.has(&[Deed::IncidentRevoked, Deed::IncidentGone])
    }

    /// Whether something that it asks for is done, in the word of the journal.
    #[must_use]
    pub fn is_done(&self, task: &str) -> bool {
        self.steps.iter().any(|it| it.what == Deed::TaskDone && it.detail.as_deref() == Some(task))
    }

    /// Whether the last proof says that the value is refused, and no earlier one did: some servers refuse a value only
    /// for a while.
    #[must_use]
    pub fn is_proven_only_once(&self) -> bool {
        let refused: Vec<_> = self.proofs().map(|step| step.what == Deed::ValueRefused).collect();
        refused.last() == Some(&true) && refused.iter().filter(|it| **it).count() == 1
    }

    /// The steps that say whether the value is refused, after the revoke.
    pub fn proofs(&self) -> impl Iterator<Item = &IncidentStep> {
        let proves =
            |step: &&IncidentStep| matches!(step.what, Deed::ValueRefused | Deed::ValueNotProven);
        self.steps.iter().filter(proves)
    }
}
