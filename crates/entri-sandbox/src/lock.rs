//! Locks that are taken even if somebody panicked while holding them.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value behind a lock.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
