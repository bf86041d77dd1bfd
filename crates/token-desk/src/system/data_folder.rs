//! The folder the app keeps its data in: where it is, whose it is at the moment, and copies of it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection as Database, OpenFlags};

use super::safe_file::{open_own, private_folder};
use crate::error::StoreError;

/// Which process has the data folder.
pub enum Claim {
    /// This process, for as long as the file is open. There is none if nothing can be locked: the
    /// app works without its folder too.
    Ours(Option<File>),
    /// Another process, which keeps it until it ends.
    Taken,
}

/// The folder the app keeps its data in.
#[must_use]
pub fn data_folder() -> PathBuf {
    dirs::data_dir().unwrap_or_else(std::env::temp_dir).join("entri-tokens")
}

/// The file in the data folder that a program holds as long as it has the folder for itself.
pub const LOCK: &str = "lock";

/// Tries to have the data folder for this process alone.
#[must_use]
pub fn claim(folder: &Path) -> Claim {
    let opened = private_folder(folder).and_then(|()| open_own(&folder.join(LOCK)));
    match opened.map(|file| (file.try_lock(), file)) {
        Ok((Ok(()), file)) => Claim::Ours(Some(file)),
        Ok((Err(TryLockError::WouldBlock), _)) => Claim::Taken,
        Ok((Err(TryLockError::Error(error)), _)) | Err(error) => {
            tracing::warn!(%error, "nothing keeps a second app from this data folder");
            Claim::Ours(None)
        }
    }
}

/// Copies the databases of a folder into another one, as they are at this moment. A program that is writing to
/// them is neither waited for nor disturbed. A folder that isn't there has none.
pub(crate) fn copy_databases(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |reason| StoreError::File { file: from.to_owned(), reason };
    // Links lead to the folder, perhaps; none leads out of it.
    let from = match fs::canonicalize(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        from => from.map_err(failed)?,
    };
    let entries = fs::read_dir(&from).map_err(failed)?;
    let files = entries.flatten().map(|entry| entry.path());
    for file in files.filter(|file| file.extension().is_some_and(|it| it == "db")) {
        let copy = to.join(file.file_name().unwrap_or_default());
        // SQLite fills an empty file, which only its owner can read.
        open_own(&copy).map_err(|reason| StoreError::File { file: copy.clone(), reason })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let database = Database::open_with_flags(&file, flags)?;
        database.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    Ok(())
}
