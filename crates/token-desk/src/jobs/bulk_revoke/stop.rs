//! *Stop* ends any wait for the server immediately, except for a DELETE, whose outcome has to be known.

use std::time::Duration;

use super::part::Part;

/// How long a stopped bulk revoke asks the server for the outcomes. A server that responds normally has
/// answered by then.
const AFTER_STOP: Duration = Duration::from_secs(5);

impl Part<'_> {
    /// The result of something that changes nothing; `None` if the admin stops it, or already had.
    pub(super) async fn unless_stopped<T>(&self, act: impl Future<Output = T>) -> Option<T> {
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => None,
            done = act => Some(done),
        }
    }

    /// The server's answer; `None` if the admin doesn't wait for it.
    pub(super) async fn in_the_end<T>(&self, act: impl Future<Output = T>) -> Option<T> {
        if *self.stop.borrow() {
            tokio::time::timeout(AFTER_STOP, act).await.ok()
        } else {
            self.unless_stopped(act).await
        }
    }
}
