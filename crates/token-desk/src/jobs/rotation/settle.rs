//! Ends rotations that have come to their end.

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::rotation::{RotationId, RotationRecord};
use crate::storage::journal::{AttemptId, Draft};
use crate::system::threads::blocking;

impl Desk {
    /// Ends the rotations of a connection whose old token this app revoked, whose new one it revoked, or whose create
    /// made no token.
    pub(crate) fn settle_rotations(&self, connection: &Connection, now: DateTime<Utc>) {
        if let Err(error) = self.settled(connection, now) {
            tracing::warn!(%error, "the end of a rotation could not be recorded");
        }
        self.read_journal(connection);
    }

    fn settled(&self, connection: &Connection, now: DateTime<Utc>) -> Result<(), Error> {
        let journals = &self.inner.journals;
        let journal = journals.of(connection)?;
        let in_hand = |attempt| journals.has_in_hand(connection.id, attempt);
        for rotation in journal.rotations(connection, in_hand)? {
            if rotation.is_open()
                && let Some((app, shown)) = self.moved_to(&rotation)
            {
                journal.place_done(rotation.id.number, &app, &shown, now)?;
            }
            if rotation.is_open()
                && !in_hand(AttemptId(rotation.id.number))
                && let Some(end) = end(&rotation)
            {
                journal.append(&Draft::step(rotation.id.number, end, now))?;
            }
        }
        Ok(())
    }

    /// Like [`Self::settle_rotations`], from where blocking does harm.
    pub(super) async fn settle_rotations_later(
        &self,
        id: ConnectionId,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let connection = self.connection(id)?;
        let desk = self.clone();
        blocking(move || {
            desk.settle_rotations(&connection, now);
            desk.tell();
        })
        .await
    }

    /// Ends a rotation without revoking anything: both tokens stay as they are.
    ///
    /// # Errors
    /// [`crate::RotationError::Ended`] if it has ended.
    pub async fn end_rotation(&self, id: RotationId, now: DateTime<Utc>) -> Result<(), Error> {
        let RotationRecord { old, .. } = self.open_rotation(id)?;
        self.inner.vault.forget_former(|key| *key == old);
        let connection = self.connection(id.connection)?;
        let desk = self.clone();
        blocking(move || {
            let journal = desk.inner.journals.of(&connection)?;
            journal.append(&Draft::step(id.number, Deed::RotationCanceled, now))?;
            desk.read_journal(&connection);
            desk.note_stuck(connection.id, now);
            desk.tell();
            Ok::<_, Error>(())
        })
        .await?
    }
}

/// How a rotation ended by what was done to its tokens; `None` if it goes on.
fn end(rotation: &RotationRecord) -> Option<Deed> {
    match rotation.create {
        _ if rotation.revoked.is_some() => Some(Deed::RotationFinished),
        _ if rotation.made_nothing() || rotation.taken_back.is_some() => {
            Some(Deed::RotationCanceled)
        }
        Some(Deed::Revoked | Deed::Gone) => Some(Deed::RotationCanceled),
        _ => None,
    }
}
