//! Rotations, as the page shows them.

mod plan;

pub use plan::{RotateRequest, RotationPlanView, RotationQueueView};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{
    ConnectionId, PlaceResult, PlaceRole, PlannedPlace, Rotation, RotationAction, RotationId,
    RotationPart, RotationRole, RotationStep, ShownPlace, StepState, text, when,
};

use super::KeyView;

/// A place that has a token's value, or is to have it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaceView {
    /// Identifies it among the places of its token or rotation.
    pub id: String,
    /// The command, the path, or the admin's words.
    pub text: String,
    /// What kind of place it is, and when it was delivered there.
    pub about: String,
    /// Whether the app can deliver the value there.
    pub ready: bool,
    /// Whether the old token lives there, or it is the app itself.
    pub role: PlaceRole,
    /// `13:33`: when it got the new value; `None` if it hasn't.
    pub done: Option<String>,
    /// Whether somebody said that it has the new value.
    pub confirmed: bool,
    /// Why the last delivery there failed, while the value waits.
    pub failed: Option<String>,
}

/// Identifies a rotation among those of all connections.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RotationIdView {
    /// The number of the connection it belongs to.
    pub connection: u32,
    /// Its number in that connection's journal.
    pub number: u32,
}

/// A rotation, and how far it is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RotationView {
    /// Its connection and its number.
    pub id: RotationIdView,
    /// The name of the old token.
    pub name: String,
    /// The token that is replaced.
    pub old: KeyView,
    /// The new token, once it exists.
    pub new: Option<KeyView>,
    /// Whether the list still has the old one, and the new one.
    pub listed: [bool; 2],
    /// The name of the new token.
    pub new_name: String,
    /// Its steps, in order: created, delivered, new in use, old quiet, revoked.
    pub steps: Vec<RotationStepView>,
    /// What it waits for, or how it ended.
    pub waits_for: String,
    /// More about that; may be empty.
    pub about: String,
    /// What comes next; may be empty.
    pub next: String,
    /// What that is; may be empty.
    pub next_about: String,
    /// The one thing to do now.
    pub action: RotationAction,
    /// Where the old token lives.
    pub places: Vec<PlaceView>,
    /// Whether it goes on.
    pub open: bool,
    /// Whether the app holds the new token's value now.
    pub value_waits: bool,
    /// For how long the old token must be quiet: `24 hours without use of the old one`.
    pub quiet: String,
}

/// A step of a rotation.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RotationStepView {
    /// How far it is.
    pub state: StepState,
    /// When it was done, or how much of it is; may be empty.
    pub text: String,
}

/// What became of a delivery to one place.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaceResultView {
    /// Identifies the place among those of the rotation.
    pub id: String,
    /// Why it doesn't have the value; `None` if it does.
    pub failed: Option<String>,
    /// The program's output, or a remark about the file; may be empty.
    pub said: String,
}

/// What a revoke means for the rotation that the token is a part of; `None` once the old one is ready to go.
#[must_use]
pub fn means(part: &RotationPart, now: DateTime<Utc>) -> Option<String> {
    let other = text::visible(&part.other);
    match (part.role, part.new_used) {
        (RotationRole::Old, _) if part.ready => None,
        (RotationRole::Old, None) => Some(format!(
            "This is the token being replaced, and “{other}” hasn’t been seen in use yet. Revoking it now ends the rotation, and whatever still uses this token fails."
        )),
        (RotationRole::Old, Some(used)) => Some(format!(
            "This is the token being replaced. “{other}” has been in use since {}, but something may still use this one. Revoking it now ends the rotation.",
            when::clock(used, now),
        )),
        (RotationRole::New, used) => {
            let places = match (part.delivered, used) {
                (0, None) => "",
                _ => " Whatever already uses the new one fails until it has the old one again.",
            };
            Some(format!(
                "This is the new token of a rotation. Revoking it cancels the rotation, and “{other}” stays active.{places}"
            ))
        }
    }
}

impl PlaceView {
    fn planned(place: &PlannedPlace) -> Self {
        Self {
            id: place.id.clone(),
            text: text::visible(&place.shown()),
            about: place.about(),
            ready: place.is_ready(),
            role: if place.is_app() { PlaceRole::App } else { PlaceRole::OfOld },
            done: None,
            confirmed: false,
            failed: None,
        }
    }

    fn of(place: ShownPlace, now: DateTime<Utc>) -> Self {
        Self {
            text: text::visible(&place.shown),
            about: place.about(now),
            ready: place.ready,
            role: place.role,
            done: place.done.map(|at| when::short(at, now)),
            confirmed: place.confirmed,
            failed: place.failed.as_deref().map(text::visible),
            id: place.id,
        }
    }
}

impl RotationView {
    /// The rotation, when it is `now` on this computer.
    pub fn new(rotation: Rotation, now: DateTime<Utc>) -> Self {
        let places = rotation.places().map(|place| PlaceView::of(place, now)).collect();
        let (open, quiet) = (rotation.record.is_open(), rotation.quiet());
        let Rotation { record, steps, waits_for, next, action, listed, .. } = rotation;
        let (waits_for, about) = waits_for;
        let (next, next_about) = next;
        Self {
            id: record.id.into(),
            name: text::visible(&record.name),
            old: record.old.into(),
            new: record.replacement.map(|new| new.key.into()),
            listed,
            new_name: text::visible(&record.new_name),
            steps: steps.into_iter().map(RotationStepView::from).collect(),
            waits_for: text::visible(&waits_for),
            about: text::visible(&about),
            next,
            next_about,
            action,
            places,
            open,
            value_waits: record.value_waits,
            quiet,
        }
    }
}

impl From<RotationStep> for RotationStepView {
    fn from(RotationStep { state, says }: RotationStep) -> Self {
        Self { state, text: says }
    }
}

impl From<PlaceResult> for PlaceResultView {
    fn from(PlaceResult { id, outcome }: PlaceResult) -> Self {
        match outcome {
            Ok(delivered) => Self { id, failed: None, said: delivered.said },
            Err(error) => Self { id, failed: Some(error.to_string()), said: String::new() },
        }
    }
}

impl From<RotationIdView> for RotationId {
    fn from(RotationIdView { connection, number }: RotationIdView) -> Self {
        Self { connection: ConnectionId(connection), number: number.into() }
    }
}

impl From<RotationId> for RotationIdView {
    fn from(RotationId { connection, number }: RotationId) -> Self {
        Self { connection: connection.0, number: u32::try_from(number).unwrap_or(u32::MAX) }
    }
}
