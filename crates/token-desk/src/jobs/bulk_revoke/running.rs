//! The desk knows the bulk revoke that is running, so it can be shown and stopped even if the
//! window that started it is gone. Its result waits until somebody has seen it.

use tokio::sync::watch;

use crate::desk::running::bulk_revoke::{BulkRevokes, Known};
use crate::desk::{Desk, Event};
use crate::error::Error;
use crate::model::bulk_revoke::{
    BulkRevokeOutcome, BulkRevokePlan, BulkRevokeProgress, BulkRevokeResult, PlannedToken,
    RunningBulkRevoke,
};
use crate::model::connection::ConnectionId;
use crate::system::threads::{blocking, lock};
use crate::{text, when};

/// The one bulk revoke that runs, for as long as this is there.
pub(super) struct Running<'a> {
    desk: &'a Desk,
    pub(super) stop: watch::Receiver<bool>,
    result: watch::Sender<Option<BulkRevokeResult>>,
}

impl<'a> Running<'a> {
    pub(super) fn begin(desk: &'a Desk) -> Result<Self, Error> {
        let mut running = lock(&desk.inner.bulk_revokes.running);
        if running.as_ref().is_some_and(|known| !known.ended()) {
            return Err(Error::BulkRevokeRuns);
        }
        let ((stopping, stop), (result, told)) = (watch::channel(false), watch::channel(None));
        let progress = BulkRevokeProgress { done: 0, total: 0, name: String::new(), waits: None };
        *running = Some(Known {
            stop: stopping,
            shown: RunningBulkRevoke { progress, connections: Vec::new() },
            entries: Vec::new(),
            result: told,
        });
        Ok(Self { desk, stop, result })
    }

    /// Notes the tokens of the plan, for the progress that is shown.
    pub(super) fn has(&self, plan: &BulkRevokePlan) {
        self.desk.inner.bulk_revokes.note(|known| {
            known.shown.progress.total = plan.tokens.len();
            known.shown.connections = plan.tokens.iter().map(|it| it.key.connection).collect();
            known.shown.connections.sort_unstable();
            known.shown.connections.dedup();
        });
    }

    /// Whoever follows it hears what came of it.
    pub(super) fn ends_with(&self, result: &BulkRevokeResult) {
        self.result.send_replace(Some(result.clone()));
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut running = lock(&self.desk.inner.bulk_revokes.running);
        // A bulk revoke that never started has no result to show.
        let ended = running.take().filter(Known::ended);
        *running = ended.map(|known| Known { entries: Vec::new(), ..known });
        drop(running);
        self.desk.tell();
    }
}

impl BulkRevokes {
    /// Whether the bulk revoke that runs works on this entry of the journal.
    pub(super) fn run_holds(&self, connection: ConnectionId, number: i64) -> bool {
        let running = lock(&self.running);
        running.as_ref().is_some_and(|known| known.entries.contains(&(connection, number)))
    }

    fn note(&self, change: impl FnOnce(&mut Known)) {
        lock(&self.running).as_mut().map(change);
    }
}

fn line(token: &PlannedToken, outcome: &BulkRevokeOutcome) -> String {
    let says = match outcome {
        BulkRevokeOutcome::Revoked => "revoked".to_owned(),
        BulkRevokeOutcome::AlreadyGone => "already gone".to_owned(),
        BulkRevokeOutcome::UsedSince(used) => format!("skipped, used {}", when::absolute(*used)),
        BulkRevokeOutcome::Skipped(why) => format!("skipped. {}", text::visible(why)),
        BulkRevokeOutcome::Failed(why) => format!("not revoked. {}", text::visible(why)),
        BulkRevokeOutcome::NotReached => "not processed".to_owned(),
    };
    format!("{} ({}): {says}", text::visible(&token.name), text::visible(&token.key.id.0))
}

impl Desk {
    /// Ends the bulk revoke that runs, before its next request to revoke: whatever it waits for.
    pub fn stop_bulk_revoke(&self) {
        self.inner.bulk_revokes.note(|known| {
            known.stop.send_replace(true);
        });
    }

    /// Waits for the end of the bulk revoke that runs; what came of it, or `None` if it came to nothing.
    /// Where none runs: what came of the last one, or `None` if that was seen.
    pub async fn follow_bulk_revoke(&self) -> Option<BulkRevokeResult> {
        let mut result = lock(&self.inner.bulk_revokes.running).as_ref()?.result.clone();
        result.wait_for(Option::is_some).await.ok()?.clone()
    }

    /// Copies what came of the last bulk revoke: a line for each token.
    pub async fn copy_bulk_revoke_result(&self) -> Result<(), Error> {
        let result = self.follow_bulk_revoke().await.ok_or(Error::BulkRevokeGone)?;
        let lines: Vec<_> =
            result.tokens.iter().map(|(token, outcome)| line(token, outcome)).collect();
        let desk = self.clone();
        blocking(move || desk.inner.clipboard.copy_text(lines.join("\n"))).await?
    }

    /// Somebody saw what came of the last bulk revoke: it waits no longer.
    pub fn bulk_revoke_seen(&self) {
        lock(&self.inner.bulk_revokes.running).take_if(|known| known.ended());
        self.tell();
    }

    pub(super) fn bulk_revoke_works_on(&self, connection: ConnectionId, number: i64) {
        self.inner.bulk_revokes.note(|known| known.entries.push((connection, number)));
        self.tell();
    }

    pub(super) fn bulk_revoke_is_at(&self, progress: BulkRevokeProgress) {
        self.inner.bulk_revokes.note(|known| known.shown.progress = progress.clone());
        self.send(|| Event::BulkRevoke(progress));
    }
}
