//! The beginning of an incident: somebody pasted what was found.

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, PreviewFit, Secret, values_in};

use super::naming::Whose;
use super::{Note, Since};
use crate::desk::Desk;
use crate::error::{Error, FoundError};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::model::token::incident::{IncidentId, Sureness};
use crate::storage::journal::Draft;
use crate::system::threads::blocking;

impl Desk {
    /// Begins an incident for each token value in a text that was found, and says whose it is as far as that is known
    /// without asking any server. Returns the incidents; a value that is being dealt with already keeps its own.
    pub async fn found(&self, text: Secret, now: DateTime<Utc>) -> Result<Vec<IncidentId>, Error> {
        let values = values_in(&text);
        if values.is_empty() {
            return Err(FoundError::NoValue.into());
        }
        let mut incidents = Vec::new();
        for value in values {
            let id = match self.inner.vault.found_before(&value) {
                Some(id) => id,
                None => self.begin_incident(value, Since::new(now)).await?,
            };
            incidents.push(id);
        }
        Ok(incidents)
    }

    async fn begin_incident(&self, value: ApiToken, since: Since) -> Result<IncidentId, Error> {
        let (desk, asked) = (self.clone(), value.clone());
        let whose = blocking(move || desk.whose(&asked)).await?;
        let connection = match whose.connection() {
            Some(id) => self.connection(id)?,
            None => self.shown_connections().into_iter().next().ok_or(Error::NotConnected)?,
        };
        let id = self.write_incident(connection, since.now()).await?;
        self.inner.vault.found(id, value);
        let gone = match &whose {
            Whose::Named { key, name, .. } if self.is_gone(key) => {
                Some((key.id.clone(), name.clone()))
            }
            _ => None,
        };
        self.is_whose(id, whose, since.now()).await?;
        if gone.is_some() {
            let note = Note { token: gone, ..Note::default() };
            self.note(id, Deed::IncidentGone, note, since.now()).await?;
        }
        Ok(id)
    }

    /// Whether a complete list is without the token.
    fn is_gone(&self, key: &TokenKey) -> bool {
        self.state().connection(key.connection).is_some_and(|held| {
            held.status.complete()
                && held.status.synced_at.is_some()
                && held.list.find(key).is_none()
        })
    }

    async fn write_incident(
        &self,
        connection: Connection,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let desk = self.clone();
        blocking(move || {
            let journal = desk.inner.journals.of(&connection)?;
            let number = journal.append(&Draft::act(Deed::ValueFound, &connection, now))?;
            desk.read_journal(&connection);
            Ok(IncidentId { connection: connection.id, number })
        })
        .await?
    }

    /// Writes down whose value it is, or keeps whose it may be.
    pub(super) async fn is_whose(
        &self,
        id: IncidentId,
        whose: Whose,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (candidates, says) = match whose {
            Whose::Named { key, name, sureness, how } => {
                self.identified(id, (key, name), (sureness, how), now).await?;
                (Vec::new(), None)
            }
            Whose::OneOf { keys, says } => (keys, Some(says)),
            Whose::Nobody { says } => (Vec::new(), says),
        };
        self.inner.incidents.change(id, |it| (it.candidates, it.says) = (candidates, says));
        self.tell();
        Ok(())
    }

    async fn identified(
        &self,
        id: IncidentId,
        (key, name): (TokenKey, String),
        (sureness, how): (Sureness, &str),
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.inner.vault.found_is_of(id, &key);
        let note = Note {
            token: Some((key.id, name)),
            detail: Some(how.to_owned()),
            basis: vec![sureness.word().to_owned()],
            ..Note::default()
        };
        self.note(id, Deed::Identified, note, now).await
    }

    /// A person says whose value it is. Returns the incident, which moves to the connection of that token.
    pub async fn choose_found(
        &self,
        id: IncidentId,
        key: TokenKey,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let list = self.list_of(key.connection)?;
        let index = list.find(&key).ok_or(Error::TokenGone)?;
        let name = list.name(index).to_owned();
        let desk = self.clone();
        let incident = blocking(move || desk.incident(id)).await??;
        let host = self.connection(key.connection)?.base_url.host().to_owned();
        if incident.was_refused_by(&host) {
            return Err(FoundError::Refused.into());
        }
        let value = self.inner.vault.found_value(id);
        let differs =
            |value: ApiToken| value.fit(list.record(index).preview) == PreviewFit::Differs;
        if value.is_some_and(differs) {
            return Err(FoundError::OtherValue.into());
        }
        let id = self.move_incident(id, key.connection, now).await?;
        let said = (Sureness::Chosen, "chosen by hand");
        self.identified(id, (key, name), said, now).await?;
        Ok(id)
    }

    /// Goes on with an incident in the journal of another connection, if it isn't that one's already.
    pub(super) async fn move_incident(
        &self,
        id: IncidentId,
        to: ConnectionId,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        if id.connection == to {
            return Ok(id);
        }
        let connection = self.connection(to)?;
        let label = connection.appearance.label.clone();
        let moved = self.write_incident(connection, now).await?;
        self.inner.vault.found_moves(id, moved);
        self.inner.incidents.forget(id);
        self.note(id, Deed::IncidentClosed, Note::says(format!("Goes on in {label}")), now).await?;
        Ok(moved)
    }
}
