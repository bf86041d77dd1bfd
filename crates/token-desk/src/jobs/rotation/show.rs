//! Rotations as they are shown: five steps, what each waits for, and what comes next.

use chrono::{DateTime, Utc};

use super::plan::{is_ready, place_id, shown};
use crate::desk::Desk;
use crate::jobs::deliver::again;
use crate::model::deed::Deed;
use crate::model::rotation::{RotationPlace, RotationRecord};
use crate::when;

/// A rotation, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// What the journal says of it.
    pub record: RotationRecord,
    /// Its steps, in order: created, delivered, new in use, old quiet, revoked.
    pub steps: [RotationStep; 5],
    /// What it waits for, or how it ended.
    pub waits_for: String,
    /// More about that; may be empty.
    pub about: String,
    /// What comes next; may be empty.
    pub next: String,
}

/// A step of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationStep {
    /// How far it is.
    pub state: StepState,
    /// When it was done, or how much of it is; may be empty.
    pub says: String,
}

/// How far a step of a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum StepState {
    /// The step is done.
    Done,
    /// It is what the rotation waits for.
    Now,
    /// The rotation waits for it longer than usual.
    Stuck,
    /// It is still to come.
    ToDo,
    /// The rotation was canceled at it.
    Canceled,
}

/// A place of a rotation, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPlace {
    /// Identifies it among the places of the rotation.
    pub id: String,
    /// The place: a command, a path, or the admin's words.
    pub shown: String,
    /// What kind of place it is.
    pub kind: &'static str,
    /// Whether the app can deliver the value there.
    pub ready: bool,
    /// When it got the new value.
    pub done: Option<DateTime<Utc>>,
}

impl Desk {
    /// The rotations of the connections that are shown: those that go on, then the others; each the newest first.
    #[must_use]
    pub fn rotations(&self, now: DateTime<Utc>) -> Vec<Rotation> {
        let records: Vec<RotationRecord> = {
            let state = self.state();
            let of = state.shown_connections().flat_map(|held| &held.journaled.rotations);
            of.filter(|it| !(it.ended.is_some() && it.replacement.is_none())).cloned().collect()
        };
        let (mut open, mut ended): (Vec<_>, Vec<_>) =
            records.into_iter().partition(RotationRecord::is_open);
        open.sort_by_key(|it| std::cmp::Reverse(it.at));
        ended.sort_by_key(|it| std::cmp::Reverse(it.ended.map(|(_, at)| at)));
        open.into_iter().chain(ended).map(|record| staged(record, now)).collect()
    }
}

fn staged(record: RotationRecord, now: DateTime<Utc>) -> Rotation {
    let (done, of) = (record.done(), record.places.len());
    let created = match &record.replacement {
        Some(new) => step(StepState::Done, when::short(new.at, now)),
        None => step(StepState::Now, String::new()),
    };
    let canceled = record.ended.is_some_and(|(deed, _)| deed == Deed::RotationCanceled);
    let delivered = match done {
        _ if canceled => StepState::Canceled,
        done if done == of => StepState::Done,
        _ => StepState::Now,
    };
    let todo = || step(StepState::ToDo, String::new());
    let steps = [created, step(delivered, format!("{done} of {of}")), todo(), todo(), todo()];
    let waits_for = match record.places.iter().find(|place| place.done.is_none()) {
        Some(place) => format!("You: deliver to {}", shown(&place.destination)),
        None => "The first use of the new token".to_owned(),
    };
    Rotation { record, steps, waits_for, about: String::new(), next: String::new() }
}

fn step(state: StepState, says: String) -> RotationStep {
    RotationStep { state, says }
}

impl Rotation {
    /// The places where the old token lives.
    pub fn places(&self) -> impl Iterator<Item = ShownPlace> {
        self.record.places.iter().map(ShownPlace::new)
    }
}

impl ShownPlace {
    fn new(RotationPlace { destination, done }: &RotationPlace) -> Self {
        Self {
            id: place_id(destination),
            shown: shown(destination),
            kind: again::kind(destination),
            ready: is_ready(destination),
            done: *done,
        }
    }
}
