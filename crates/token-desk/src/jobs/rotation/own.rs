//! The rotation of the token that the app itself signs in with.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::Client;
use tokio::runtime::Handle;

use super::RotateRequest;
use super::plan::{PlannedPlace, place_id, shown};
use crate::desk::Desk;
use crate::desk::vault::To;
use crate::error::{Error, RotationError};
use crate::jobs::deliver::{Delivered, again};
use crate::list::Inventory;
use crate::model::connection::{Connection, CredentialStorage, Method};
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{RotationId, RotationRecord};
use crate::model::token::TokenKey;
use crate::model::token::created::{Created, SecretHandle};
use crate::system::threads::blocking;

impl Desk {
    /// Whether the app may sign in with a new token instead of this one: only if nothing else can be cut off with the
    /// old one, and the new one is kept.
    ///
    /// # Errors
    /// [`RotationError::Own`] with the reason if it may not.
    pub(super) fn may_move(&self, key: &TokenKey, places: &[PlannedPlace]) -> Result<(), Error> {
        let not = |why: String| Err(RotationError::Own { why }.into());
        if let Some(place) = places.iter().find(|place| !place.is_app()) {
            return not(format!("it is used elsewhere, too: {}", place.shown()));
        }
        let state = self.state();
        let held = state.connection(key.connection).ok_or(Error::NotConnected)?;
        let Connection { base_url, method, storage, .. } = &held.connection;
        let own = held.client.as_ref().and_then(Client::api_token);
        let Some(own) = own.filter(|_| *method == Method::ApiToken) else {
            return not("its value isn’t at hand".to_owned());
        };
        if *storage != CredentialStorage::Keychain {
            return not("a new one wouldn’t be kept after you quit".to_owned());
        }
        let own = own.into_secret();
        for other in state.connections.iter().filter(|it| it.connection.id != key.connection) {
            let label = &other.connection.appearance.label;
            match &other.client {
                Some(client) if client.api_token().is_some_and(|it| it.is_same(&own)) => {
                    return not(format!("so does the connection “{label}”"));
                }
                None if other.connection.base_url.origin() == base_url.origin() => {
                    return not(format!("the connection “{label}” may do so, too"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Signs in with a new token like this one, which leaked, so that this one can be revoked at once.
    ///
    /// # Errors
    /// Those of [`Desk::rotate`]; [`RotationError::CannotMove`] if the new token exists and the app can't sign in with it.
    pub async fn replace_own(&self, key: TokenKey, now: DateTime<Utc>) -> Result<(), Error> {
        let plan = self.plan_rotation(&key, now)?;
        if !plan.own {
            return Err(RotationError::MaybeOwn.into());
        }
        let request = RotateRequest {
            name: plan.form.name.clone(),
            expiry: plan.form.expiry.clone(),
            left_out: Vec::new(),
            by_hand: Vec::new(),
            quiet: TimeDelta::zero(),
            longest_job: TimeDelta::zero(),
            key,
        };
        let created = self.rotate(request, now).await?;
        let Created { handle, name, rotation, .. } = created;
        let moved = match rotation {
            Some(number) => {
                let id = RotationId { connection: plan.form.connection, number };
                let places = [place_id(&Destination::ThisApp)];
                let results = self.deliver_to_places(id, handle, &places, None, now).await;
                results
                    .and_then(|results| results.into_iter().try_for_each(|it| it.outcome.map(drop)))
            }
            None => Err(RotationError::Ended.into()),
        };
        // If the app couldn't move, the value waits, so that it isn't lost.
        moved.map_err(|why| RotationError::CannotMove { name, why: why.to_string() })?;
        // Nobody else needs it: the keychain has it, as the move made sure.
        self.close_secret(handle, true, now).await
    }

    /// Makes the app sign in with the new token of a rotation.
    pub(super) async fn deliver_to_app(
        &self,
        handle: SecretHandle,
        old: &TokenKey,
        now: DateTime<Utc>,
    ) -> Result<Delivered, Error> {
        // Another connection may use it by now.
        self.may_move(old, &[])?;
        self.is_as_able(handle, old)?;
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

    /// A token with fewer scopes may read the list and not be able to revoke.
    fn is_as_able(&self, handle: SecretHandle, old: &TokenKey) -> Result<(), Error> {
        let list = self.list_of(old.connection)?;
        let old = list.record(list.find(old).ok_or(Error::TokenGone)?);
        let scopes = self.inner.vault.scopes_of(handle)?;
        let has = |scope| scopes.iter().any(|it| it == scope || it == "*");
        if old.scopes.split_whitespace().all(has) {
            Ok(())
        } else {
            Err(RotationError::FewerScopes.into())
        }
    }

    /// Whether the app signs in with the new token of a rotation that goes on, and would be signed out with it.
    pub(crate) fn signs_in_with_new(&self, key: &TokenKey) -> bool {
        let Some(rotation) = self.rotation_of(key).filter(|it| it.old != *key) else {
            return false;
        };
        let moved = rotation.app_place().is_some_and(|place| place.done().is_some());
        let list = self.list_of(key.connection);
        let is_own = |list: Arc<Inventory>| list.find(key).is_some_and(|at| list.record(at).own);
        moved || list.is_ok_and(is_own)
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
