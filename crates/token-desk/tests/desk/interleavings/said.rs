//! What the admin entered, and which of it should hold in the end.

use std::sync::atomic::{AtomicU64, Ordering};

/// Something that was said, between two moments.
pub struct Said<T> {
    began: u64,
    ended: u64,
    value: T,
}

/// A moment after all before.
fn moment() -> u64 {
    static MOMENTS: AtomicU64 = AtomicU64::new(0);
    MOMENTS.fetch_add(1, Ordering::SeqCst)
}

impl<T> Said<T> {
    /// Enters it; nothing if that failed.
    pub async fn with<D, E>(value: T, say: impl Future<Output = Result<D, E>>) -> Option<Self> {
        let began = moment();
        say.await.ok()?;
        Some(Self { began, ended: moment(), value })
    }

    pub fn value(&self) -> &T {
        &self.value
    }
}

/// Whether this may be what holds: the last word, or one of several at the same time. Where nothing
/// was said it is what was so before.
pub fn holds<T: PartialEq>(value: &T, before: &T, said: &[&Said<T>]) -> bool {
    let is_last = |it: &Said<T>| said.iter().all(|other| other.began < it.ended);
    match said {
        [] => value == before,
        said => said.iter().any(|it| it.value == *value && is_last(it)),
    }
}
