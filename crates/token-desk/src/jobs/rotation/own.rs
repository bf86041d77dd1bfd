//! The rotation of the token that the app itself signs in with.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::runtime::Handle;

use super::RotateRequest;
use super::plan::{place_id, shown};
use crate::desk::Desk;
use crate::desk::vault::To;
use crate::error::{Error, RotationError};
use crate::jobs::deliver::{Delivered, again};
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{RotationId, RotationRecord};
use crate::model::token::TokenKey;
use crate::model::token::created::{Created, SecretHandle};
use crate::system::threads::blocking;

impl Desk {
    /// Signs in with a new token like this one, which leaked, so that this one can be revoked at once.
    ///
    /// # Errors
    /// Those of [`Desk::rotate`]; [`RotationError::CannotMove`] if the new token exists and the app can't sign in with it.
    pub async fn replace_own(&self, key: TokenKey, now: DateTime<Utc>) -> Result<(), Error> {
        let plan = self.plan_rotation(&key, now)?;
        if !plan.own {
            return Err(RotationError::MaybeOwn.into());
        }
        let (app, others): (Vec<_>, Vec<_>) = plan.places.iter().partition(|it| it.is_app());
        let request = RotateRequest {
            name: plan.form.name.clone(),
            expiry: plan.form.expiry.clone(),
            // There is no time for them now: they are in the record of the incident.
            left_out: others.iter().map(|place| place.id.clone()).collect(),
            by_hand: Vec::new(),
            quiet: TimeDelta::zero(),
            longest_job: TimeDelta::zero(),
            key,
        };
        let created = self.rotate(request, now).await?;
        let Created { handle, name, rotation, .. } = created;
        let moved = match (rotation, app.first()) {
            (Some(number), Some(app)) => {
                let id = RotationId { connection: plan.form.connection, number };
                let places = [app.id.clone()];
                let results = self.deliver_to_places(id, handle, &places, None, now).await;
                results
                    .and_then(|results| results.into_iter().try_for_each(|it| it.outcome.map(drop)))
            }
            _ => Ok(()),
        };
        // Nobody else needs it: the app keeps its credential in the keychain.
        self.close_secret(handle, true, now).await?;
        moved.map_err(|why| RotationError::CannotMove { name, why: why.to_string() }.into())
    }

    /// Makes the app sign in with the new token of a rotation.
    pub(super) async fn deliver_to_app(
        &self,
        handle: SecretHandle,
        old: &TokenKey,
        now: DateTime<Utc>,
    ) -> Result<Delivered, Error> {
        let (desk, old, runtime) = (self.clone(), old.clone(), Handle::current());
        blocking(move || {
            let app = Destination::ThisApp;
            let to = again::named(&app);
            let place = To { place: &to, again: Some(&app) };
            let moved = desk.inner.vault.deliver(handle, place, now, |value| {
                runtime.block_on(desk.move_sign_in(&old, value.clone(), now))
            });
            desk.read_journal(&desk.connection(old.connection)?);
            desk.tell();
            moved.map(|()| Delivered { to, at: now, said: String::new() })
        })
        .await?
    }

    /// The app as a place of a rotation that isn't recorded as done, although it signs in with the new token: somebody
    /// signed in again, or the app ended half-way.
    pub(super) fn moved_to(&self, rotation: &RotationRecord) -> Option<(Destination, String)> {
        let place = rotation.app_place().filter(|place| place.done().is_none())?;
        let new = &rotation.replacement.as_ref()?.key;
        let list = self.list_of(rotation.id.connection).ok()?;
        let own = list.record(list.find(new)?).own;
        own.then(|| (place.destination.clone(), shown(&place.destination)))
    }
}

/// Identifies the place that is the app.
pub(super) fn is_app(id: &str) -> bool {
    place_id(&Destination::ThisApp) == id
}
