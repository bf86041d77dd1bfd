//! The proof that the value is dead, again after a minute: some servers refuse a value only after a while, or go back to
//! accepting it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Since;
use crate::desk::Desk;
use crate::elapsed::Stopwatch;
use crate::error::{Error, FoundError};
use crate::jobs::revoke::Proof;
use crate::model::token::incident::IncidentId;
use crate::redact::Redactor;
use crate::system::threads::blocking;

impl Desk {
    /// Asks the server whether the value is refused, unless it was wiped.
    pub(super) async fn prove_found(
        &self,
        id: IncidentId,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let since = Since::new(now);
        let Some(value) = self.inner.vault.found_value(id) else { return Ok(()) };
        let live = self.live(id.connection).await?;
        let proof = match Proof::from(live.client.refuses(&value).await) {
            // The server's own words may repeat the value.
            Proof::NotProven(why) => {
                Proof::NotProven(Redactor::of_value(&value.into_secret()).redact(why.as_bytes()))
            }
            Proof::Dead => Proof::Dead,
        };
        self.proven(id, proof, since.now()).await
    }

    /// Asks the server whether the value is refused, of a token that is revoked or gone.
    ///
    /// # Errors
    /// [`FoundError::Wiped`] once the value was wiped; [`FoundError::NotIdentified`] before the revoke.
    pub async fn prove_revoked(&self, id: IncidentId, now: DateTime<Utc>) -> Result<(), Error> {
        let since = Since::new(now);
        let desk = self.clone();
        if !blocking(move || desk.incident(id)).await??.is_over() {
            return Err(FoundError::NotIdentified.into());
        }
        self.inner.vault.found_value(id).ok_or(FoundError::Wiped)?;
        self.prove_found(id, now).await?;
        self.prove_later(id, since.now());
        Ok(())
    }

    /// Proves it again after a minute, then wipes the value.
    pub(super) fn prove_later(&self, id: IncidentId, now: DateTime<Utc>) {
        let delay = self.inner.incidents.proves_again_after();
        self.inner.incidents.change(id, |it| it.revoked = Some(Stopwatch::start()));
        let desk = self.clone();
        tokio::spawn(async move {
            let since = Since::new(now);
            tokio::time::sleep(delay).await;
            if let Err(error) = desk.prove_found(id, since.now()).await {
                tracing::warn!(%error, "the second proof could not be made");
            }
            desk.inner.incidents.change(id, |it| it.revoked = None);
            desk.forget_found(id);
        });
    }

    /// How long until the second proof; `None` if none is to come.
    pub(super) fn second_proof_in(&self, id: IncidentId) -> Option<TimeDelta> {
        self.inner.vault.found_value(id)?;
        let waited = self.inner.incidents.of(id).revoked?.elapsed();
        let left = self.inner.incidents.proves_again_after().saturating_sub(waited);
        TimeDelta::from_std(left).ok()
    }

    /// How long after the revoke of a found value its second proof follows; a minute unless this is called.
    pub fn prove_again_after(&self, delay: Duration) {
        self.inner.incidents.prove_again_after(delay);
    }
}
