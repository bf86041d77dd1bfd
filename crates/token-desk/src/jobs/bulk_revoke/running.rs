//! The bulk revoke that runs is known to the desk: it can be seen and stopped, whether or not whoever
//! began it is still there. What came of it waits for somebody to see it.

use tokio::sync::watch;

use crate::desk::running::bulk_revoke::{Cleanups, Known};
use crate::desk::{Desk, Event};
use crate::error::Error;
use crate::model::bulk_revoke::{
    CleanupOutcome, CleanupPlan, CleanupProgress, CleanupResult, PlannedToken, RunningCleanup,
};
use crate::model::connection::ConnectionId;
use crate::system::threads::{blocking, lock};
use crate::{text, when};

/// The one bulk revoke that runs, for as long as this is there.
pub(super) struct Running<'a> {
    desk: &'a Desk,
    pub(super) stop: watch::Receiver<bool>,
    result: watch::Sender<Option<CleanupResult>>,
}

impl<'a> Running<'a> {
    pub(super) fn begin(desk: &'a Desk) -> Result<Self, Error> {
        let mut running = lock(&desk.inner.cleanups.running);
        if running.as_ref().is_some_and(|known| !known.ended()) {
            return Err(Error::CleanupRuns);
        }
        let ((stopping, stop), (result, told)) = (watch::channel(false), watch::channel(None));
        let progress = CleanupProgress { done: 0, total: 0, name: String::new(), waits: None };
        *running = Some(Known {
            stop: stopping,
            shown: RunningCleanup { progress, connections: Vec::new() },
            entries: Vec::new(),
            result: told,
        });
        Ok(Self { desk, stop, result })
    }

    /// What it is about.
    pub(super) fn has(&self, plan: &CleanupPlan) {
        self.desk.inner.cleanups.note(|known| {
            known.shown.progress.total = plan.tokens.len();
            known.shown.connections = plan.tokens.iter().map(|it| it.key.connection).collect();
            known.shown.connections.sort_unstable();
            known.shown.connections.dedup();
        });
    }

    /// Whoever follows it hears what came of it.
    pub(super) fn ends_with(&self, result: &CleanupResult) {
        self.result.send_replace(Some(result.clone()));
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut running = lock(&self.desk.inner.cleanups.running);
        // One that came to nothing has no result that could be seen.
        let ended = running.take().filter(Known::ended);
        *running = ended.map(|known| Known { entries: Vec::new(), ..known });
        drop(running);
        self.desk.tell();
    }
}

impl Cleanups {
    /// Whether the bulk revoke that runs works on this entry of the journal.
    pub(super) fn run_holds(&self, connection: ConnectionId, number: i64) -> bool {
        let running = lock(&self.running);
        running.as_ref().is_some_and(|known| known.entries.contains(&(connection, number)))
    }

    fn note(&self, change: impl FnOnce(&mut Known)) {
        lock(&self.running).as_mut().map(change);
    }
}

fn line(token: &PlannedToken, outcome: &CleanupOutcome) -> String {
    let says = match outcome {
        CleanupOutcome::Revoked => "revoked".to_owned(),
        CleanupOutcome::AlreadyGone => "already gone".to_owned(),
        CleanupOutcome::UsedSince(used) => format!("skipped, used {}", when::absolute(*used)),
        CleanupOutcome::Skipped(why) => format!("skipped. {}", text::visible(why)),
        CleanupOutcome::Failed(why) => format!("not revoked. {}", text::visible(why)),
        CleanupOutcome::NotReached => "not processed".to_owned(),
    };
    format!("{} ({}): {says}", text::visible(&token.name), text::visible(&token.key.id))
}

impl Desk {
    /// Ends the bulk revoke that runs, before its next request to revoke: whatever it waits for.
    pub fn stop_cleanup(&self) {
        self.inner.cleanups.note(|known| {
            known.stop.send_replace(true);
        });
    }

    /// Waits for the end of the bulk revoke that runs; what came of it, or `None` if it came to nothing.
    /// Where none runs: what came of the last one, or `None` if that was seen.
    pub async fn follow_cleanup(&self) -> Option<CleanupResult> {
        let mut result = lock(&self.inner.cleanups.running).as_ref()?.result.clone();
        result.wait_for(Option::is_some).await.ok()?.clone()
    }

    /// Copies what came of the last bulk revoke: a line for each token.
    pub async fn copy_cleanup_result(&self) -> Result<(), Error> {
        let result = self.follow_cleanup().await.ok_or(Error::CleanupGone)?;
        let lines: Vec<_> =
            result.tokens.iter().map(|(token, outcome)| line(token, outcome)).collect();
        let desk = self.clone();
        blocking(move || desk.inner.clipboard.copy_text(lines.join("\n"))).await?
    }

    /// Somebody saw what came of the last bulk revoke: it waits no longer.
    pub fn cleanup_seen(&self) {
        lock(&self.inner.cleanups.running).take_if(|known| known.ended());
        self.tell();
    }

    pub(super) fn cleanup_works_on(&self, connection: ConnectionId, number: i64) {
        self.inner.cleanups.note(|known| known.entries.push((connection, number)));
        self.tell();
    }

    pub(super) fn cleanup_is_at(&self, progress: CleanupProgress) {
        self.inner.cleanups.note(|known| known.shown.progress = progress.clone());
        self.send(|| Event::Cleanup(progress));
    }
}
