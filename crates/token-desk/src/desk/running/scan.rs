//! The scan that runs, or the last one of this run.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use token_scan::{Hit, Report, Watch};

use crate::elapsed::Stopwatch;
use crate::error::{Error, KeychainError, ScanError};
use crate::model::scan::{KeptScan, ScanOf};
use crate::system::threads::lock;

/// As many hits are shown at most while a scan runs; its report has all of them.
const SHOWN: usize = 2_000;

/// One scan at a time.
pub(crate) struct Scans {
    /// The app's own folder, which is no place for a token to leak to.
    pub own_data: PathBuf,
    last: Mutex<Option<Arc<RunningScan>>>,
    /// The last ended scan of each, which a start without a keychain forgets.
    kept: Mutex<HashMap<String, KeptScan>>,
    /// Where values belong: fingerprint and place.
    belonging: Mutex<HashSet<([u8; 32], String)>>,
}

/// A scan, with what it found until now.
pub(crate) struct RunningScan {
    pub of: ScanOf,
    pub began: DateTime<Utc>,
    /// Whether its fingerprints are those of the next start, too.
    pub is_kept: bool,
    /// Why the tokens of earlier starts can't be known by their fingerprints.
    pub unavailable: Option<KeychainError>,
    since: Stopwatch,
    canceled: AtomicBool,
    expected: AtomicU64,
    read: AtomicU64,
    hits: Mutex<Vec<Hit>>,
    ended: OnceLock<Ended>,
}

/// How a scan ended.
pub(crate) struct Ended {
    /// `None` if it crashed.
    pub report: Option<Report>,
    /// What is new and what is gone since the last scan of the same; `None` if there was none.
    pub compared: Option<Compared>,
    pub took: Duration,
}

/// What differs from an earlier scan of the same.
#[derive(Debug)]
pub(crate) struct Compared {
    /// When that one was.
    pub since: DateTime<Utc>,
    /// The places that it didn't have: fingerprint and place.
    pub new: HashSet<([u8; 32], String)>,
    /// The places that only it had, as they are shown. None if something could not be read now.
    pub gone: Vec<String>,
}

impl Scans {
    /// With the places where values belong, as the last start left them.
    pub fn new(own_data: PathBuf, belonging: Vec<([u8; 32], String)>) -> Self {
        let belonging = Mutex::new(belonging.into_iter().collect());
        Self { own_data, last: Mutex::default(), kept: Mutex::default(), belonging }
    }

    /// Whether a value belongs in a place.
    pub fn belongs(&self, of: &([u8; 32], String)) -> bool {
        lock(&self.belonging).contains(of)
    }

    /// Remembers that a value belongs in a place, or forgets it, until the app quits.
    pub fn remember(&self, of: ([u8; 32], String), belongs: bool) {
        let mut belonging = lock(&self.belonging);
        if belongs {
            belonging.insert(of);
        } else {
            belonging.remove(&of);
        }
    }

    /// Keeps a scan until the app quits; returns the last one of the same.
    pub fn keep(&self, scan: KeptScan) -> Option<KeptScan> {
        lock(&self.kept).insert(scan.of.clone(), scan)
    }

    /// The scan that runs, or the last one.
    pub fn last(&self) -> Option<Arc<RunningScan>> {
        lock(&self.last).clone()
    }

    /// Begins another one, unless one is running.
    pub fn begin(
        &self,
        of: ScanOf,
        began: DateTime<Utc>,
        is_kept: bool,
        unavailable: Option<KeychainError>,
    ) -> Result<Arc<RunningScan>, Error> {
        let mut last = lock(&self.last);
        if last.as_ref().is_some_and(|it| it.is_running()) {
            return Err(ScanError::Runs.into());
        }
        let next = Arc::new(RunningScan::new(of, began, is_kept, unavailable));
        *last = Some(Arc::clone(&next));
        Ok(next)
    }

    /// Stops the one that runs. It counts as ended at once, even if a disk keeps one of its threads waiting.
    pub fn cancel(&self) {
        if let Some(last) = &*lock(&self.last)
            && last.is_running()
        {
            last.canceled.store(true, Ordering::Release);
        }
    }
}

impl RunningScan {
    fn new(
        of: ScanOf,
        began: DateTime<Utc>,
        is_kept: bool,
        unavailable: Option<KeychainError>,
    ) -> Self {
        Self {
            of,
            began,
            is_kept,
            unavailable,
            since: Stopwatch::start(),
            canceled: AtomicBool::new(false),
            expected: AtomicU64::new(0),
            read: AtomicU64::new(0),
            hits: Mutex::default(),
            ended: OnceLock::new(),
        }
    }

    pub fn is_running(&self) -> bool {
        !self.is_canceled() && self.ended.get().is_none()
    }

    pub fn is_canceled(&self) -> bool {
        self.canceled.load(Ordering::Acquire)
    }

    /// It is over, with this report; `None` if it crashed.
    pub fn end(&self, report: Option<Report>, compared: Option<Compared>) {
        // Only its own thread ends a scan.
        let _ = self.ended.set(Ended { report, compared, took: self.since.elapsed() });
    }

    pub fn ended(&self) -> Option<&Ended> {
        self.ended.get()
    }

    /// Bytes read, bytes to be read as far as is known, and since when.
    pub fn progress(&self) -> (u64, u64, Duration) {
        let read = self.read.load(Ordering::Relaxed);
        (read, self.expected.load(Ordering::Relaxed).max(read), self.since.elapsed())
    }

    /// The hits of the report, or those until now.
    pub fn hits(&self) -> Vec<Hit> {
        let report = self.ended.get().and_then(|ended| ended.report.as_ref());
        report.map_or_else(|| lock(&self.hits).clone(), |report| report.hits.clone())
    }
}

impl Watch for RunningScan {
    fn found(&self, hit: &Hit) {
        let mut hits = lock(&self.hits);
        if hits.len() < SHOWN {
            hits.push(hit.clone());
        }
    }

    fn expected(&self, bytes: u64) {
        self.expected.fetch_add(bytes, Ordering::Relaxed);
    }

    fn read(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    fn stopped(&self) -> bool {
        self.is_canceled()
    }
}
