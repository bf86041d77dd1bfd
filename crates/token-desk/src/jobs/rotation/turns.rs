//! The turns of rotations that somebody should hear of.

use chrono::{DateTime, Utc};
use token_audit::rotation::{Exit, Progress};

use crate::desk::Desk;
use crate::model::connection::ConnectionId;
use crate::model::rotation::RotationRecord;
use crate::model::watch::Turn;

/// A rotation that came to a turn: its number, the turn, and the name of its old token.
pub(crate) type Turned = (i64, Turn, String);

impl Desk {
    /// The rotations of a connection that wait for somebody. This reads the history.
    pub(crate) fn rotation_turns(&self, id: ConnectionId, now: DateTime<Utc>) -> Vec<Turned> {
        let open: Vec<RotationRecord> = {
            let state = self.state();
            let all = state.connection(id).map(|held| &held.journaled.rotations);
            all.into_iter().flatten().filter(|it| it.is_open()).cloned().collect()
        };
        let turned = |record: RotationRecord| {
            let progress = self.progress_of(&record, now).inspect_err(|error| {
                tracing::warn!(%error, "how far a rotation is isn’t known");
            });
            Some((record.id.number, turn(&progress.ok()?)?, record.name))
        };
        open.into_iter().filter_map(turned).collect()
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
