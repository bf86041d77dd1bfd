//! Database files: made, restricted to their owner, checked, and moved aside where damaged.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection as Database, ErrorCode, OpenFlags};

use super::StoreError;
use crate::safe_file::{open_own, private_folder};

/// What `SQLite` keeps beside a database.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// A database that can be used.
pub(crate) struct Opened {
    pub database: Database,
    /// Where a damaged one was put.
    pub moved: Option<Moved>,
}

/// Where a damaged file is kept.
#[derive(Debug)]
pub(crate) struct Moved(pub PathBuf);

/// As [`open_whole`]; a database that is damaged is moved aside and kept, and a new one made.
pub(crate) fn open_checked(folder: &Path, name: &str) -> Result<Opened, StoreError> {
    match open_whole(folder, name) {
        Ok(database) => Ok(Opened { database, moved: None }),
        Err(error) if is_damage(&error) => {
            let moved = move_aside(folder, name)?;
            Ok(Opened { database: open(folder, name)?, moved: Some(moved) })
        }
        Err(error) => Err(error),
    }
}

/// Opens or makes a database, and reads all of it to see that it is whole.
pub(crate) fn open_whole(folder: &Path, name: &str) -> Result<Database, StoreError> {
    let database = open(folder, name)?;
    check(&database)?;
    Ok(database)
}

/// Opens or makes a database in `folder`.
pub(crate) fn open(folder: &Path, name: &str) -> Result<Database, StoreError> {
    private_folder(folder)?;
    // Links lead to the folder, perhaps; none leads out of it.
    let path = fs::canonicalize(folder)?.join(name);
    // The files that SQLite keeps beside it get the same rights.
    open_own(&path).map_err(|reason| StoreError::File { file: path.clone(), reason })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let database = Database::open_with_flags(&path, flags)?;
    database.pragma_update(None, "journal_mode", "wal")?;
    database.pragma_update(None, "foreign_keys", true)?;
    Ok(database)
}

/// Brings the tables to the newest version, a step from each one to the next; a database of a
/// version that is not known yet is left alone.
pub(crate) fn prepare(database: &Database, steps: &[&str]) -> Result<(), StoreError> {
    let found: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let found = found as usize;
    for (step, version) in steps.get(found..).ok_or(StoreError::Newer)?.iter().zip(found + 1..) {
        // Both or neither: a file with half a step would be taken for one that had it.
        database.execute_batch(&format!(
            "BEGIN IMMEDIATE; {step} PRAGMA user_version = {version}; COMMIT;"
        ))?;
    }
    Ok(())
}

/// Whether the file is no database, or not a whole one.
pub(crate) fn is_damage(error: &StoreError) -> bool {
    match error {
        StoreError::Damaged => true,
        StoreError::Database(error) => matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        ),
        _ => false,
    }
}

/// Renames a database and what belongs to it.
pub(crate) fn move_aside(folder: &Path, name: &str) -> Result<Moved, StoreError> {
    let mut number = 1;
    while folder.join(format!("{name}.damaged-{number}")).exists() {
        number += 1;
    }
    for beside in BESIDE {
        let from = folder.join(format!("{name}{beside}"));
        if from.exists() {
            fs::rename(from, folder.join(format!("{name}.damaged-{number}{beside}")))?;
        }
    }
    Ok(Moved(folder.join(format!("{name}.damaged-{number}"))))
}

fn check(database: &Database) -> Result<(), StoreError> {
    let said: String = database.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(StoreError::Damaged) }
}
