//! Locks that survive a panic, and blocking work off the runtime's threads.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;

/// Runs a blocking function on a thread where that does no harm.
pub(crate) async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(act).await.map_err(|_| Error::Worker)
}

/// The values are consistent even after a panic, because they are only ever replaced as a whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
