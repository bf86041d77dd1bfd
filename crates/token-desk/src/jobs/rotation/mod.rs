//! Rotates a token: creates a new one like it, delivers its value to where the old one lives, and follows both until
//! the old one can be revoked.

mod facts;
mod own;
mod part;
mod places;
mod plan;
mod settle;
mod several;
mod show;
mod turns;
mod words;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::desk::Desk;
use crate::error::{Error, RotationError};
use crate::jobs::create::{CreateRequest, Expiry, PartOf};
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{RotationId, RotationRecord, RotationRole, Terms};
use crate::model::token::TokenKey;
use crate::model::token::created::Created;
use crate::once::once;
use crate::storage::journal::InHand;
use crate::system::threads::blocking;

pub use part::RotationPart;
pub use places::PlaceResult;
pub use plan::{PlannedPlace, RoleDiffers, RotationPlan};
pub use several::RotationQueue;
pub use show::{PlaceRole, Rotation, RotationAction, RotationStep, ShownPlace, StepState};
pub(crate) use turns::Turned;

/// What was chosen for a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotateRequest {
    /// The token to replace.
    pub key: TokenKey,
    /// The name of the new token, as typed.
    pub name: String,
    /// When the new token should expire.
    pub expiry: Expiry,
    /// The ids of planned places that the new value doesn't go to.
    pub left_out: Vec<String>,
    /// More places, in the admin's words.
    pub by_hand: Vec<String>,
    /// How long the old token must be quiet before it may be revoked.
    pub quiet: TimeDelta,
    /// How long the longest job takes that uses the token.
    pub longest_job: TimeDelta,
}

impl Desk {
    /// Creates the new token of a rotation. The old one stays as it is. The request is sent once, and the rotation is
    /// in the journal before.
    ///
    /// # Errors
    /// Those of [`Desk::create`]; [`RotationError`] if the token can't be rotated.
    pub async fn rotate(
        &self,
        request: RotateRequest,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let plan = self.plan_rotation(&request.key, now)?;
        let form = CreateRequest { name: request.name, expiry: request.expiry, ..plan.form };
        let typed = request.by_hand.iter().map(|place| place.trim());
        let typed: Vec<_> = typed.filter(|place| !place.is_empty()).collect();
        if plan.own
            && let Some(place) = typed.first()
        {
            let why = format!("it is used elsewhere, too: {place}");
            return Err(RotationError::Own { why }.into());
        }
        if typed.iter().any(|place| self.holds_value(place)) {
            return Err(Error::HoldsValue);
        }
        let is_kept =
            |place: &PlannedPlace| place.is_app() || !request.left_out.contains(&place.id);
        let kept = plan.places.into_iter().filter(is_kept);
        let terms = Terms {
            quiet: request.quiet,
            longest_job: request.longest_job,
            // Each place once.
            places: once(
                kept.map(|place| place.destination)
                    .chain(typed.into_iter().map(Destination::by_hand)),
                Destination::to_kept,
            ),
        };
        // Nothing begins with a form that can't be sent, or without a credential.
        let new = self.new_token(&form, now)?;
        self.live(form.connection).await?;
        let begun = self.begin_rotation(&request.key, new.name, terms, now).await?;
        let number = begun.number();
        let created = self.create_for(form, Some(PartOf::Rotation(number)), now).await;
        drop(begun);
        if created.is_ok() {
            self.select([request.key.clone()], false);
        }
        // What was created is returned, whatever becomes of this.
        if let Err(error) = self.settle_rotations_later(request.key.connection, now).await {
            tracing::warn!(%error, "the rotation can’t be shown yet");
        }
        created
    }

    async fn begin_rotation(
        &self,
        key: &TokenKey,
        new_name: String,
        terms: Terms,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let connection = self.connection(key.connection)?;
        let (desk, key) = (self.clone(), key.clone());
        blocking(move || {
            let list = desk.list_of(key.connection)?;
            let old = list.record(list.find(&key).ok_or(Error::TokenGone)?);
            let journals = Arc::clone(&desk.inner.journals);
            journals.begin_rotation(&connection, &old, &new_name, &terms, now)
        })
        .await?
    }

    /// The open rotation that a token belongs to, as the old or the new one.
    pub(crate) fn rotation_of(&self, key: &TokenKey) -> Option<RotationRecord> {
        let state = self.state();
        let held = state.connection(key.connection)?;
        let of = |it: &&RotationRecord| {
            it.is_open()
                && !it.made_nothing()
                && (it.old == *key || it.replacement.as_ref().is_some_and(|new| new.key == *key))
        };
        held.journaled.rotations.iter().find(of).cloned()
    }

    /// The part that a token has in a rotation that goes on, and the other token.
    pub(crate) fn role_of(&self, key: &TokenKey) -> Option<(RotationRole, TokenKey)> {
        let state = self.state();
        let rotations = &state.connection(key.connection)?.journaled.rotations;
        let (role, other) = rotations.iter().find_map(|it| it.role_of(key))?;
        Some((role, other.clone()))
    }

    /// The rotation with this id, if it goes on.
    fn open_rotation(&self, id: RotationId) -> Result<RotationRecord, Error> {
        let state = self.state();
        let held = state.connection(id.connection).ok_or(Error::NotConnected)?;
        let found = held.journaled.rotations.iter().find(|it| it.id == id && it.is_open());
        Ok(found.cloned().ok_or(RotationError::Ended)?)
    }
}
