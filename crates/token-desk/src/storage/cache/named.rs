//! Whether the open file is still the one of its name: a database that was deleted, replaced or cut off while it is open
//! accepts every write, and none of them is there at the next start.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::error::StoreError;
use crate::system::threads::lock;

/// The file of a database and the log beside it, as they were when they were opened.
pub(crate) struct Named {
    file: PathBuf,
    log: PathBuf,
    seen: Mutex<Seen>,
}

struct Seen {
    file: Identity,
    log: Option<Identity>,
    /// Its length in bytes; `None` for a file that may shrink.
    size: Option<u64>,
}

impl Named {
    /// Like [`Self::of`], and the file only ever grows.
    pub fn growing(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let named = Self::of(folder, name)?;
        let size = fs::metadata(&named.file)?.len();
        lock(&named.seen).size = Some(size);
        Ok(named)
    }

    /// The database `name` in `folder`, which has just been opened.
    pub fn of(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let (file, log) = (folder.join(name), folder.join(format!("{name}-wal")));
        let seen = Seen { file: identity(&fs::metadata(&file)?), log: log_of(&log)?, size: None };
        Ok(Self { file, log, seen: Mutex::new(seen) })
    }

    /// Fails with [`StoreError::Lost`] if a write would be lost.
    pub fn check(&self) -> Result<(), StoreError> {
        let lost = || StoreError::Lost(self.file.clone());
        let now = fs::metadata(&self.file).map_err(|_| lost())?;
        let log = log_of(&self.log).map_err(|_| lost())?;
        let mut seen = lock(&self.seen);
        let shrunk = seen.size.is_some_and(|before| now.len() < before);
        if identity(&now) != seen.file || shrunk || (seen.log.is_some() && log != seen.log) {
            return Err(lost());
        }
        // SQLite creates the log when it first needs one.
        seen.log = log;
        seen.size = seen.size.map(|_| now.len());
        Ok(())
    }
}

fn log_of(path: &Path) -> io::Result<Option<Identity>> {
    match fs::metadata(path) {
        Ok(log) => Ok(Some(identity(&log))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A device, and a file on it.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(file: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

/// On other systems an open file can be neither deleted nor replaced.
#[cfg(not(unix))]
type Identity = ();

#[cfg(not(unix))]
fn identity(_file: &Metadata) -> Identity {}
