//! The turns of rotations that somebody should hear of.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use token_audit::rotation::{Exit, Progress};

use super::words::Told;
use crate::desk::Desk;
use crate::list::Stuck;
use crate::model::connection::ConnectionId;
use crate::model::rotation::RotationRecord;
use crate::model::watch::Turn;

/// A rotation that came to a turn: its number, the turn, and the name of its old token.
pub(crate) type Turned = (i64, Turn, String);

impl Desk {
    /// The rotations of a connection that wait for somebody. This reads the history.
    pub(crate) fn rotation_turns(&self, id: ConnectionId, now: DateTime<Utc>) -> Vec<Turned> {
        let turned = |(record, progress): (RotationRecord, Progress)| {
            Some((record.id.number, turn(&progress)?, record.name))
        };
        self.open_progress(id, now).into_iter().filter_map(turned).collect()
    }

    /// Notes which tokens of a connection are being replaced by a rotation that is stuck, or that can't end before one
    /// of its tokens expires.
    pub(crate) fn note_stuck(&self, id: ConnectionId, now: DateTime<Utc>) {
        let is_stuck = |it: &Progress| it.exit == Some(Exit::Stuck) || it.late;
        let open = self.open_progress(id, now).into_iter();
        let stuck = open.filter(|(_, progress)| is_stuck(progress));
        let ahead = self.clocks(now).of(id).0 - now;
        let waits = |(record, progress): (RotationRecord, Progress)| {
            let told = Told { record: &record, progress: &progress, now, ahead };
            (record.old.id.clone(), told.waits_for().0)
        };
        let stuck: Stuck = stuck.map(waits).collect();
        {
            let mut state = self.state();
            let Some(held) = state.connection_mut(id).filter(|it| *it.stuck != stuck) else {
                return;
            };
            held.stuck = Arc::new(stuck);
            state.list_anew();
        }
        self.list_anew(now);
    }

    fn open_progress(
        &self,
        id: ConnectionId,
        now: DateTime<Utc>,
    ) -> Vec<(RotationRecord, Progress)> {
        let open: Vec<RotationRecord> = {
            let state = self.state();
            let all = state.connection(id).map(|held| &held.journaled.rotations);
            all.into_iter().flatten().filter(|it| it.is_open()).cloned().collect()
        };
        let told = |record: RotationRecord| {
            let progress = self.progress_of(&record, now).inspect_err(|error| {
                tracing::warn!(%error, "how far a rotation is isn’t known");
            });
            Some((record, progress.ok()?))
        };
        open.into_iter().filter_map(told).collect()
    }
}

fn turn(progress: &Progress) -> Option<Turn> {
    match progress.exit {
        _ if progress.may_revoke().is_ok() => Some(Turn::Ready),
        Some(Exit::Stuck) => Some(Turn::Stuck),
        Some(Exit::ValueLost | Exit::OldChanged(_) | Exit::NewChanged(_)) => Some(Turn::Off),
        Some(Exit::CalledOff) | None => None,
    }
}
