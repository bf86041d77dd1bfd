//! What an incident comes to without anybody saying so: the end of its token, by the incident's own revoke, by any
//! other, or at the server; and the token in its place.

use chrono::{DateTime, Utc};

use super::{Note, REPLACE};
use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::rotation::RotationRecord;
use crate::model::token::TokenKey;
use crate::model::token::incident::Incident;
use crate::once::once;
use crate::storage::journal::CLIPBOARD;

impl Desk {
    /// Records which incidents of a connection are about a token that is revoked or gone by now, or was replaced.
    pub(crate) fn settle_incidents(&self, connection: &Connection, now: DateTime<Utc>) {
        let settled = || -> Result<(), Error> {
            let open = self.inner.journals.of(connection)?.open_incidents(connection)?;
            for incident in &open {
                if !incident.is_over() {
                    self.settle_incident(connection, incident, now)?;
                }
                if !incident.is_done(REPLACE) {
                    self.note_replaced(connection, incident, now)?;
                }
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

    /// Records that another token is in place of its own, if that is known: it was created in this incident, and
    /// somebody has its value, or a rotation brought it to every place.
    fn note_replaced(
        &self,
        connection: &Connection,
        incident: &Incident,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let Some((key, leaked, _)) = incident.named() else { return Ok(()) };
        let journal = self.inner.journals.of(connection)?;
        let (name, how) = if let Some(it) = journal.created_instead(incident, connection)? {
            let places = it.places.iter().map(|place| match &**place {
                CLIPBOARD => "the clipboard",
                place => place,
            });
            let places = once(places, |place| *place).join(", ");
            (it.name, format!("its value went to {places}"))
        } else {
            let rotations = journal.rotations(connection, |_| false)?;
            let Some(it) = rotations.into_iter().find(|it| it.old == key && is_everywhere(it))
            else {
                return Ok(());
            };
            let places = match it.places.len() {
                1 => "its only place has the new value".to_owned(),
                count => format!("all {count} places have the new value"),
            };
            (it.new_name, places)
        };
        let says = format!("Replaced by “{name}”: {how}");
        // An act is called by the token that its last entry names.
        let token = Some((key.id.clone(), leaked.to_owned()));
        let note = Note { token, basis: vec![says], ..Note::says(REPLACE) };
        self.write_note(connection, incident.id, Deed::TaskDone, &note, now);
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

/// Whether the new token of a rotation is wherever the old one was.
fn is_everywhere(rotation: &RotationRecord) -> bool {
    !rotation.places.is_empty()
        && rotation.done() == rotation.places.len()
        && rotation.taken_back.is_none()
}
