//! Database files: created, restricted to their owner, checked, and moved aside if damaged.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection as Database, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::foreign;
use crate::error::StoreError;
use crate::system::safe_file::{open_own, private_folder};

/// The endings of a database and of the files that `SQLite` keeps beside it.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// Where a damaged file is kept.
#[derive(Debug)]
pub(crate) struct Moved(pub PathBuf);

/// Opens or creates a database that `prepare` accepts. A damaged one, or one that another program
/// changed, is moved aside and kept, and a new one is created; also returns where the old one was
/// moved.
pub(crate) fn open_checked<T>(
    folder: &Path,
    name: &str,
    prepare: impl Fn(Database) -> Result<T, StoreError>,
) -> Result<(T, Option<Moved>), StoreError> {
    match open_whole(folder, name).and_then(&prepare) {
        Ok(prepared) => Ok((prepared, None)),
        Err(error) if is_damage(&error) => {
            tracing::warn!(%error, name, "a database is moved aside");
            let moved = move_aside(folder, name)?;
            Ok((prepare(open(folder, name)?)?, Some(moved)))
        }
        Err(error) => Err(error),
    }
}

/// Opens or creates a database, and reads all of it to check its integrity.
pub(crate) fn open_whole(folder: &Path, name: &str) -> Result<Database, StoreError> {
    let database = open(folder, name)?;
    check(&database)?;
    Ok(database)
}

/// Opens or creates a database in `folder`.
pub(crate) fn open(folder: &Path, name: &str) -> Result<Database, StoreError> {
    private_folder(folder)?;
    // Links lead to the folder, perhaps; none leads out of it.
    let path = fs::canonicalize(folder)?.join(name);
    // The files that SQLite keeps beside it get the same permissions.
    open_own(&path).map_err(|reason| StoreError::File { file: path.clone(), reason })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let database = harden(Database::open_with_flags(&path, flags)?)?;
    database.pragma_update(None, "journal_mode", "wal")?;
    database.pragma_update(None, "foreign_keys", true)?;
    Ok(database)
}

/// A database that ends with the process.
pub(crate) fn in_memory() -> Result<Database, StoreError> {
    harden(Database::open_in_memory()?)
}

/// The file is treated as data: its triggers and views do nothing, its functions aren't called, and its
/// structure can't be edited as text. Our views are temporary and defined in code.
fn harden(database: Database) -> Result<Database, StoreError> {
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    Ok(database)
}

/// Like [`prepare_with`], where SQL is all that a step takes.
pub(crate) fn prepare(database: &Database, steps: &[&str]) -> Result<(), StoreError> {
    prepare_with(database, steps, |_, _| Ok(()))
}

/// Upgrades the tables step by step to the newest version; `complete` does the rest of each step. A
/// database of a newer version isn't touched, and one with a different structure isn't used.
pub(crate) fn prepare_with(
    database: &Database,
    steps: &[&str],
    complete: impl Fn(usize, &Database) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let found: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let found = found as usize;
    for (step, version) in steps.get(found..).ok_or(StoreError::Newer)?.iter().zip(found + 1..) {
        // All or nothing: a half-done step would look like a finished one.
        let all = Transaction::new_unchecked(database, TransactionBehavior::Immediate)?;
        all.execute_batch(step)?;
        complete(version, &all)?;
        all.execute_batch(&format!("PRAGMA user_version = {version}"))?;
        all.commit()?;
    }
    foreign::check(database, steps)
}

/// Whether the file isn't a database, is cut off, or has a structure that this app didn't create.
pub(crate) fn is_damage(error: &StoreError) -> bool {
    match error {
        StoreError::Damaged | StoreError::Foreign(_) => true,
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
