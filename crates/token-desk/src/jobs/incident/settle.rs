//! The end of an incident's token, however it came: by the incident's own revoke, by any other, or at the server.

use chrono::{DateTime, Utc};

use super::Note;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::model::token::incident::Incident;

impl Desk {
    /// Records which incidents of a connection are about a token that is revoked or gone by now.
    pub(crate) fn settle_incidents(&self, connection: &Connection, now: DateTime<Utc>) {
        let settled = || -> Result<(), Error> {
            let open = self.inner.journals.of(connection)?.open_incidents(connection)?;
            for incident in open.iter().filter(|it| !it.is_over()) {
                self.settle_incident(connection, incident, now)?;
            }
            Ok(())
        };
        if let Err(error) = settled() {
            tracing::warn!(%error, "the end of an incident could not be recorded");
        }
    }

    fn settle_incident(
        &self,
        connection: &Connection,
        incident: &Incident,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let Some((key, name, _)) = incident.named() else { return Ok(()) };
        let journal = self.inner.journals.of(connection)?;
        let what = match journal.revoked_since(incident, connection, &key.id)? {
            Some(Deed::Revoked) => Deed::IncidentRevoked,
            Some(_) => Deed::IncidentGone,
            None if self.is_gone(&key) => Deed::IncidentGone,
            None => return Ok(()),
        };
        let note = Note { token: Some((key.id.clone(), name.to_owned())), ..Note::default() };
        self.write_note(connection, incident.id, what, &note, now);
        Ok(())
    }

    /// Whether a complete list is without the token, or has it as revoked. What the disk had may be from before the token.
    pub(super) fn is_gone(&self, key: &TokenKey) -> bool {
        self.state().connection(key.connection).is_some_and(|held| {
            let row = held.list.find(key);
            let is_whole = held.status.complete() && held.loaded;
            row.map_or(is_whole, |row| held.list.record(row).revoked)
        })
    }
}
