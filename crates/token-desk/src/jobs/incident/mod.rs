//! A value was found where it shouldn't be: whose it is, the revoke, the proof that it is dead, and the record.

mod found;
mod identify;
pub(crate) mod naming;
mod proof;
mod record;
mod revoke;
mod settle;
mod test;
mod told;
mod window;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{ProjectId, TokenId};

use crate::desk::Desk;
use crate::elapsed::Stopwatch;
use crate::error::{Error, FoundError};
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::model::token::incident::{Incident, IncidentId, SINCE};
use crate::storage::journal::Draft;
use crate::system::threads::blocking;

pub use identify::Identified;
pub use told::{IncidentNow, Suspect};
pub use window::Window;

/// What an incident asks for besides the revoke, in the word of the journal: another token in place of the revoked one.
const REPLACE: &str = "replace";

/// What is asked about where a value was found.
pub const EXPOSURE: [&str; 3] = ["Found in", "Reachable by", SINCE];

/// The time, measured on from a moment.
#[derive(Clone, Copy)]
struct Since {
    begin: DateTime<Utc>,
    watch: Stopwatch,
}

/// A step to be written: what was done, the token it is about and its name, and what is to be said about it.
#[derive(Default)]
struct Note {
    token: Option<(TokenId, String)>,
    detail: Option<String>,
    project_id: Option<ProjectId>,
    basis: Vec<String>,
}

impl Since {
    fn new(begin: DateTime<Utc>) -> Self {
        Self { begin, watch: Stopwatch::start() }
    }

    fn now(self) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.watch.elapsed()).unwrap_or_default();
        self.begin + passed
    }
}

impl Note {
    fn says(detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..Self::default() }
    }
}

impl Desk {
    /// The incident, as its journal tells it.
    fn incident(&self, id: IncidentId) -> Result<Incident, Error> {
        let connection = self.connection(id.connection)?;
        let open = self.inner.journals.of(&connection)?.open_incidents(&connection)?;
        open.into_iter().find(|it| it.id == id).ok_or(FoundError::Closed.into())
    }

    /// Whether an open incident is about a token that still works.
    pub(crate) fn has_incident(&self, key: &TokenKey) -> bool {
        let state = self.state();
        let held = state.connection(key.connection);
        held.is_some_and(|held| held.journaled.incidents.iter().flatten().any(|id| *id == key.id))
    }

    /// Writes a step down. If that fails, it is written later, and shown until then.
    async fn note(
        &self,
        id: IncidentId,
        what: Deed,
        note: Note,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let connection = self.connection(id.connection)?;
        let desk = self.clone();
        blocking(move || desk.write_note(&connection, id, what, &note, now)).await?;
        self.tell();
        Ok(())
    }

    fn write_note(
        &self,
        connection: &Connection,
        id: IncidentId,
        what: Deed,
        note: &Note,
        now: DateTime<Utc>,
    ) {
        let token = note.token.as_ref();
        let name = token.map(|(_, name)| &**name);
        let step = Draft {
            token_ids: token.map(|(id, _)| id).map_or(&[], std::slice::from_ref),
            project_id: note.project_id.as_ref().map(ProjectId::borrowed),
            name,
            detail: note.detail.as_deref(),
            basis: &note.basis,
            ..Draft::step(id.number, what, now)
        };
        let about = name.unwrap_or("a value that was found");
        self.inner.journals.append_or_owe(connection, &step, about);
        self.read_journal(connection);
    }

    /// Writes down that something that an incident asks for is done, in a word.
    pub async fn incident_task_done(
        &self,
        id: IncidentId,
        task: String,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.note(id, Deed::TaskDone, Note::says(task), now).await
    }

    /// Records the open questions of an incident.
    ///
    /// # Errors
    /// [`Error::HoldsValue`]
    pub async fn incident_questions(
        &self,
        id: IncidentId,
        text: String,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if self.holds_value(&text) {
            return Err(Error::HoldsValue);
        }
        self.note(id, Deed::OpenQuestions, Note::says(text), now).await
    }

    /// Records what somebody knows about where the value was: an answer for each of [`EXPOSURE`].
    ///
    /// # Errors
    /// [`Error::HoldsValue`]
    pub async fn incident_exposure(
        &self,
        id: IncidentId,
        answers: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if answers.iter().any(|answer| self.holds_value(answer)) {
            return Err(Error::HoldsValue);
        }
        let pairs = || EXPOSURE.into_iter().zip(answers.iter().map(|answer| answer.trim()));
        let said = pairs().filter(|(_, answer)| !answer.is_empty());
        let detail: Vec<_> = said.map(|(what, answer)| format!("{what}: {answer}")).collect();
        let basis = pairs().flat_map(|(what, answer)| [what, answer].map(str::to_owned)).collect();
        let note = Note { basis, ..Note::says(detail.join("; ")) };
        self.note(id, Deed::Exposure, note, now).await
    }

    /// Wipes the value that was found.
    pub fn forget_found(&self, id: IncidentId) {
        self.inner.vault.forget_found(id);
        self.tell();
    }

    /// Closes an incident and wipes its value.
    pub async fn close_incident(&self, id: IncidentId, now: DateTime<Utc>) -> Result<(), Error> {
        self.inner.vault.forget_found(id);
        self.inner.incidents.forget(id);
        self.note(id, Deed::IncidentClosed, Note::default(), now).await
    }
}
