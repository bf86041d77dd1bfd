//! What all parts of one scan share: the caller's wishes, and what was found up to now.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::hit::Hit;
use crate::value::Key;

/// What the caller wants of a scan.
#[derive(Clone, Debug)]
pub struct Options {
    /// The key of the fingerprints.
    pub key: Key,
    /// A second key, for a caller that knows some values by this one.
    pub second_key: Option<Key>,
    /// Files and folders of the caller itself, which are skipped and counted.
    pub own_data: Vec<PathBuf>,
    /// Whether folders on other file systems than a root's are read, too.
    pub other_file_systems: bool,
    /// How many threads read files; at least one does.
    pub threads: usize,
    /// So many bytes may come out of any archive; out of a large one, a hundred times its size.
    pub unpacked: u64,
}

impl Options {
    /// As many threads as there are cores, no data of the caller's own, no other file systems.
    #[must_use]
    pub fn new(key: Key) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (second_key, own_data) = (None, Vec::new());
        Self { key, second_key, own_data, other_file_systems: false, threads, unpacked: 256 << 20 }
    }
}

/// What a scan tells its caller while it runs, from any of its threads.
pub trait Watch: Sync {
    /// A hit, as soon as it is found.
    fn found(&self, _hit: &Hit) {}

    /// So many bytes more are to be read: a file that was opened, or the packs of a repository. More come as long as
    /// folders are listed.
    fn expected(&self, _bytes: u64) {}

    /// So many bytes more of the expected ones were read, or left out.
    fn read(&self, _bytes: u64) {}

    /// Whether the scan should stop. It asks between any two files, and within large ones.
    fn stopped(&self) -> bool {
        false
    }
}

/// A caller that waits for the end, and isn't interested in progress.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Watch for Silent {}

/// One scan while it runs.
pub struct Context<'a> {
    pub options: &'a Options,
    pub watch: &'a dyn Watch,
    hits: Mutex<Vec<Hit>>,
    placeholders: Mutex<Vec<Hit>>,
}

/// How many placeholders are listed at most. The ledger counts all of them.
const LISTED: usize = 1000;

/// How many hits are listed at most. The ledger counts the others.
const MOST_HITS: usize = 100_000;

impl<'a> Context<'a> {
    pub fn new(options: &'a Options, watch: &'a dyn Watch) -> Self {
        Self { options, watch, hits: Mutex::default(), placeholders: Mutex::default() }
    }

    /// Lists a hit, unless there are too many of them already. Tells whether it did.
    pub fn hit(&self, hit: Hit) -> bool {
        let all = || self.hits.lock().unwrap_or_else(PoisonError::into_inner);
        if all().len() >= MOST_HITS {
            return false;
        }
        self.watch.found(&hit);
        all().push(hit);
        true
    }

    pub fn placeholder(&self, hit: Hit) {
        let mut all = self.placeholders.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < LISTED {
            all.push(hit);
        }
    }

    /// Calls `change` with every hit and placeholder of this repository.
    pub fn change(&self, repository: &str, mut change: impl FnMut(&mut Hit)) {
        for all in [&self.hits, &self.placeholders] {
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            let of_it = |hit: &&mut Hit| hit.repository.as_deref() == Some(repository);
            all.iter_mut().filter(of_it).for_each(&mut change);
        }
    }

    /// The hits and the placeholders.
    pub fn into_found(self) -> (Vec<Hit>, Vec<Hit>) {
        let [hits, placeholders] = [self.hits, self.placeholders]
            .map(|all| all.into_inner().unwrap_or_else(PoisonError::into_inner));
        (hits, placeholders)
    }
}
