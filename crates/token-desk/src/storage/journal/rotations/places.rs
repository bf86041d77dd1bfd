//! The places of a rotation: which of them have the new value, and what they say of that.

use chrono::{DateTime, Utc};

use super::super::{Draft, Journal};
use super::Step;
use crate::error::StoreError;
use crate::model::deed::Deed;
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{PlaceSays, RotationPlace, RotationRecord};

impl Journal {
    /// Records that somebody took the new value to a place of the rotation.
    pub fn place_done(
        &self,
        rotation: i64,
        place: &Destination,
        shown: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.append(&Draft {
            basis: &[place.to_kept()],
            detail: Some(shown),
            ..Draft::step(rotation, Deed::PlaceDone, now)
        })?;
        Ok(())
    }

    /// Records what a place of the rotation said about when it was last changed.
    pub fn place_says(
        &self,
        rotation: i64,
        place: &Destination,
        (says, words): (PlaceSays, &str),
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let [what, at] = says.to_kept();
        self.append(&Draft {
            basis: &[place.to_kept(), what, at],
            detail: Some(words),
            ..Draft::step(rotation, Deed::PlaceSays, now)
        })?;
        Ok(())
    }
}

/// The place that a step names; it may be one that was added since the rotation began.
pub(super) fn place_of<'a>(
    rotation: &'a mut RotationRecord,
    step: &Step,
) -> Option<&'a mut RotationPlace> {
    let destination = Destination::from_kept(step.basis.first()?)?;
    let at = rotation.places.iter().position(|place| place.destination == destination);
    let at = at.unwrap_or_else(|| {
        rotation.places.push(RotationPlace { added: true, ..place(destination) });
        rotation.places.len() - 1
    });
    rotation.places.get_mut(at)
}

pub(super) fn place(destination: Destination) -> RotationPlace {
    RotationPlace { destination, delivered: None, confirmed: None, added: false, says: None }
}
