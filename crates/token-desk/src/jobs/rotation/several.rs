//! Several rotations, one after the other: what is selected is the queue.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::plan::{PlannedPlace, shown};
use crate::desk::Desk;
use crate::error::{Error, RotationError};
use crate::list::Inventory;
use crate::model::connection::ConnectionId;
use crate::model::rotation::RotationRecord;
use crate::model::rotation::destination::Destination;
use crate::model::token::TokenKey;
use crate::system::threads::blocking;

/// How many rotations may go on at one place at the same time.
const MOST_AT_A_PLACE: usize = 10;

/// What is left of the selected tokens to be rotated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationQueue {
    /// The token to go on with; `None` if none of them can be rotated.
    pub next: Option<TokenKey>,
    /// How many are left, the next one included; those that are part of a rotation don't count.
    pub left: usize,
    /// Why the first one can't be, if it isn't the next one.
    pub cannot: Option<String>,
}

impl Desk {
    /// The selected tokens that can be rotated. A token leaves the selection once its replacement was created.
    ///
    /// # Errors
    /// An error if nothing is selected.
    pub async fn rotation_queue(&self, now: DateTime<Utc>) -> Result<RotationQueue, Error> {
        let desk = self.clone();
        blocking(move || {
            let mut queue = RotationQueue { next: None, left: 0, cannot: None };
            for key in desk.selected()? {
                // To plan each takes a while.
                if queue.next.is_some() {
                    queue.left += usize::from(desk.rotation_of(&key).is_none());
                    continue;
                }
                match desk.plan_rotation(&key, now) {
                    Ok(_) => (queue.left, queue.next) = (1, Some(key)),
                    Err(error) => {
                        queue.cannot.get_or_insert_with(|| error.to_string());
                    }
                }
            }
            Ok(queue)
        })
        .await?
    }

    fn open_rotations(&self, id: ConnectionId) -> Vec<RotationRecord> {
        let state = self.state();
        let all = state.connection(id).map(|held| &held.journaled.rotations);
        all.into_iter().flatten().filter(|it| it.is_open()).cloned().collect()
    }

    /// # Errors
    /// [`RotationError::Crowded`] if too many rotations go on at one of these places.
    pub(super) fn has_room(&self, id: ConnectionId, places: &[PlannedPlace]) -> Result<(), Error> {
        let open = self.open_rotations(id);
        let at = |to: &Destination| {
            let is_there =
                |it: &&RotationRecord| it.places.iter().any(|one| one.destination == *to);
            open.iter().filter(is_there).count()
        };
        let full = places.iter().find(|place| at(&place.destination) >= MOST_AT_A_PLACE);
        match full {
            Some(place) => Err(RotationError::Crowded { place: shown(&place.destination) }.into()),
            None => Ok(()),
        }
    }

    /// So many days or a few less, so that no two replacements of rotations that go on expire on the same day, if
    /// a quarter of the days is enough for that.
    pub(super) fn staggered(
        &self,
        id: ConnectionId,
        list: &Inventory,
        days: u32,
        now: DateTime<Utc>,
    ) -> u32 {
        let open = self.open_rotations(id);
        let new = open.iter().filter_map(|it| list.find(&it.replacement.as_ref()?.key));
        let taken = new.filter_map(|at| Some(list.record(at).expires.at()?.date_naive()));
        let taken: HashSet<NaiveDate> = taken.collect();
        let is_free = |days: &u32| {
            let day = now.checked_add_signed(TimeDelta::days(i64::from(*days)));
            day.is_none_or(|day| !taken.contains(&day.date_naive()))
        };
        // A shorter lifetime than that would surprise more than the same day does.
        (days - days / 4..=days).rev().find(is_free).unwrap_or(days)
    }
}
