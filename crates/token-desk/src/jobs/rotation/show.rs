//! Rotations as they are shown: five steps, what each waits for, and what comes next.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::rotation::{Exit, Progress};

use super::plan::{is_ready, place_id, shown};
use super::words::{Lines, Told, said};
use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::deliver::again;
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{PlaceSays, RotationPlace, RotationRecord};
use crate::model::token::TokenKey;
use crate::system::threads::blocking;
use crate::text;
use crate::when;

/// A rotation, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// What the journal says of it.
    pub record: RotationRecord,
    /// How far it is, by the journal, the history and the latest list.
    pub progress: Progress,
    /// Its steps, in order: created, delivered, new in use, old quiet, revoked.
    pub steps: [RotationStep; 5],
    /// What it waits for, or how it ended, and more about that.
    pub waits_for: Lines,
    /// What comes next, and what that is; both may be empty.
    pub next: Lines,
    /// The one thing to do now.
    pub action: RotationAction,
    /// Whether the list still has the old token, and the new one.
    pub listed: [bool; 2],
    /// Why places don't have the new value, by their ids, while it waits.
    pub failed: HashMap<String, String>,
}

/// A step of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationStep {
    /// How far it is.
    pub state: StepState,
    /// When it was done, or how much of it is; a dash if there is nothing to say.
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
    /// The rotation ended, or can’t go on, at it.
    Canceled,
}

/// What can be done about a rotation now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum RotationAction {
    /// There is nothing to do but wait.
    None,
    /// Say that a place has the new value.
    MarkDone,
    /// Load the list again.
    Refresh,
    /// Revoke the old token.
    Revoke,
    /// Revoke the new token, whose value is lost.
    RevokeNew,
    /// End the rotation, since one of the tokens changed.
    End,
}

/// What a place is in a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum PlaceRole {
    /// The old token lives there.
    OfOld,
    /// It is the app itself, which signs in with the old token.
    App,
    /// Only the new value was delivered there.
    Added,
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
    /// What has the tokens there.
    pub role: PlaceRole,
    /// When it got the new value.
    pub done: Option<DateTime<Utc>>,
    /// Whether somebody said that it has the new value.
    pub confirmed: bool,
    /// Why the last delivery there failed, while the value waits.
    pub failed: Option<String>,
    /// What the place said after the delivery about when it was last changed.
    pub says: Option<PlaceSays>,
}

impl ShownPlace {
    /// What kind of place it is, or what it says about its last change.
    #[must_use]
    pub fn about(&self, now: DateTime<Utc>) -> String {
        let says = |says| said(self.kind, says, |at| when::short(at, now));
        self.says.map_or_else(|| self.kind.to_owned(), says)
    }
}

impl Desk {
    /// The rotations of the connections that are shown: those that go on, then the others; each the newest first.
    pub async fn rotations(&self, now: DateTime<Utc>) -> Result<Vec<Rotation>, Error> {
        let desk = self.clone();
        blocking(move || {
            let records = desk.records().into_iter();
            records.map(|record| desk.staged(record, now)).collect()
        })
        .await?
    }

    fn records(&self) -> Vec<RotationRecord> {
        let state = self.state();
        let all = state.shown_connections().flat_map(|held| &held.journaled.rotations);
        // One that made no token is nothing to look back at.
        let worth = |it: &&RotationRecord| it.is_open() || it.replacement.is_some();
        let mut records: Vec<_> = all.filter(worth).cloned().collect();
        let ended = |it: &RotationRecord| it.ended.map_or(it.at, |(_, at)| at);
        records.sort_by_key(|it| (!it.is_open(), std::cmp::Reverse(ended(it))));
        records
    }

    fn staged(&self, record: RotationRecord, now: DateTime<Utc>) -> Result<Rotation, Error> {
        let progress = self.progress_of(&record, now)?;
        let ahead = self.clocks(now).of(record.id.connection).0 - now;
        let told = Told { record: &record, progress: &progress, now, ahead };
        let (steps, mut waits_for) = (told.steps(), told.waits_for());
        let (next, action) = (told.next(), told.action());
        let list = self.list_of(record.id.connection)?;
        let there = |key: &TokenKey| list.find(key).is_some_and(|at| !list.record(at).revoked);
        let new = record.replacement.as_ref().map(|it| &it.key);
        let listed = [there(&record.old), new.is_some_and(there)];
        let is_whole = {
            let state = self.state();
            state.connection(record.id.connection).is_some_and(|held| held.status.complete())
        };
        if is_whole && progress.exit == Some(Exit::CalledOff) {
            waits_for.1 = gone(listed).map_or(waits_for.1, str::to_owned);
        }
        let failed = new.map(|new| self.inner.vault.failed_places(new)).unwrap_or_default();
        Ok(Rotation { record, progress, steps, waits_for, next, action, listed, failed })
    }
}

impl Rotation {
    /// For how long the old token must be unused: `24 hours without use of the old one`.
    #[must_use]
    pub fn quiet(&self) -> String {
        let Progress { wait, unmeasured, .. } = self.progress;
        let [most, why] = if unmeasured {
            ["at most ", ": how late this server shows a use isn’t measured yet"]
        } else {
            [""; 2]
        };
        format!("{most}{} without use of the old one{why}", hours(wait))
    }

    /// The places where the old token lives.
    pub fn places(&self) -> impl Iterator<Item = ShownPlace> {
        let failed = |place: &ShownPlace| self.failed.get(&place.id).cloned();
        let places = self.record.places.iter().map(ShownPlace::new);
        places.map(move |place| ShownPlace { failed: failed(&place), ..place })
    }
}

impl ShownPlace {
    fn new(place: &RotationPlace) -> Self {
        let destination = &place.destination;
        Self {
            id: place_id(destination),
            shown: shown(destination),
            kind: again::kind(destination),
            ready: is_ready(destination),
            role: match place.added {
                _ if *destination == Destination::ThisApp => PlaceRole::App,
                true => PlaceRole::Added,
                false => PlaceRole::OfOld,
            },
            done: place.done(),
            confirmed: place.confirmed.is_some(),
            failed: None,
            says: place.says,
        }
    }
}

/// What is gone since a rotation was canceled, if it is the old token.
fn gone(listed: [bool; 2]) -> Option<&'static str> {
    match listed {
        [true, _] => None,
        [false, true] => Some("The old token is gone"),
        [false, false] => Some("Both tokens are gone"),
    }
}

/// `6 minutes`, `24 hours`, `7 days`.
fn hours(length: TimeDelta) -> String {
    let minutes = (length.num_seconds() + 59) / 60;
    match (minutes + 59) / 60 {
        _ if minutes < 60 => text::counted(minutes.unsigned_abs(), "minute"),
        hours if hours >= 72 && hours % 24 == 0 => format!("{} days", hours / 24),
        hours => text::counted(hours.unsigned_abs(), "hour"),
    }
}
