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

/// Copies everything that the app keeps in a folder into a new one of this name inside `into`, for its owner alone, and
/// returns that. A program that is writing is neither waited for nor disturbed. There is nothing to keep secret in it:
/// credentials are in the keychain, and values are in no file.
///
/// # Errors
///
/// Something couldn't be copied; then nothing is left of the new folder.
pub(crate) fn export_data(from: &Path, into: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let made = new_folder(into, name)?;
    let copied = copy_databases(from, &made).and_then(|()| copy_settings(from, &made));
    if copied.is_err()
        && let Err(error) = fs::remove_dir_all(&made)
    {
        tracing::warn!(%error, "a part of an export stays");
    }
    copied.map(|()| made)
}

/// Makes `name`, or `name (2)` and so on if that is there.
fn new_folder(into: &Path, name: &str) -> Result<PathBuf, StoreError> {
    for number in 1_u32.. {
        let name = if number == 1 { name.to_owned() } else { format!("{name} ({number})") };
        let folder = into.join(name);
        match fs::create_dir(&folder).and_then(|()| private_folder(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder.clone()).map_err(|it| of_file(&folder, it)),
        }
    }
    unreachable!("one of them isn't there")
}

/// Copies what isn't a database.
fn copy_settings(from: &Path, to: &Path) -> Result<(), StoreError> {
    for file in files_of(from, "json")? {
        let copied = open_own(&to.join(file.file_name().unwrap_or_default()));
        copied
            .and_then(|mut copy| io::copy(&mut File::open(&file)?, &mut copy))
            .map_err(|reason| of_file(&file, reason))?;
    }
    Ok(())
}

/// The files in a folder with this ending; no link leads out of it. A folder that isn't there has none.
fn files_of(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, StoreError> {
    // Links lead to the folder, perhaps.
    let folder = match fs::canonicalize(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        found => found.map_err(|reason| of_file(folder, reason))?,
    };
    let entries = fs::read_dir(&folder).map_err(|reason| of_file(&folder, reason))?;
    let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|it| it.is_file()));
    let paths = files.map(|entry| entry.path());
    Ok(paths.filter(|file| file.extension().is_some_and(|it| it == ending)).collect())
}

fn of_file(file: &Path, reason: io::Error) -> StoreError {
    StoreError::File { file: file.to_owned(), reason }
}

/// Copies the databases of a folder into another one, as they are at this moment. A program that is writing to
/// them is neither waited for nor disturbed. A folder that isn't there has none.
pub(crate) fn copy_databases(from: &Path, to: &Path) -> Result<(), StoreError> {
    for file in files_of(from, "db")? {
        let copy = to.join(file.file_name().unwrap_or_default());
        // SQLite fills an empty file, which only its owner can read.
        open_own(&copy).map_err(|reason| of_file(&copy, reason))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let database = Database::open_with_flags(&file, flags)?;
        database.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    Ok(())
}
