//! How long a scan goes on after it was stopped.

use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use token_scan::{Hit, Key, Options, Watch, scan};

/// Stops at a moment, and keeps when the first hit was told.
struct Stopper {
    at: Instant,
    first_hit: OnceLock<Instant>,
}

impl Watch for Stopper {
    fn found(&self, _: &Hit) {
        self.first_hit.get_or_init(Instant::now);
    }

    fn stopped(&self) -> bool {
        Instant::now() >= self.at
    }
}

/// What a scan did that was stopped.
pub struct Stopped {
    /// How long it went on.
    pub after: Duration,
    /// How long after its beginning it told of the first hit.
    pub first_hit: Option<Duration>,
}

/// Scans a folder and stops so long after the beginning.
pub fn stop(path: &Path, after: Duration) -> Stopped {
    let since = Instant::now();
    let watch = Stopper { at: since + after, first_hit: OnceLock::new() };
    drop(scan(&[path.to_owned()], &Options::new(Key::new(&[1; 32])), &watch));
    let first_hit = watch.first_hit.get().map(|hit| *hit - since);
    Stopped { after: Instant::now().saturating_duration_since(watch.at), first_hit }
}
