//! What the app remembers between two starts: the connections and their last-known lists.
//!
//! No secret ever comes here. The file is readable by its owner only.

mod connections;
mod list;

use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection as Database;

pub use connections::Remembered;

const SCHEMA_VERSION: i64 = 1;
const SCHEMA: &str = include_str!("schema.sql");

/// The storage on this computer failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The folder or file could not be made.
    #[error("folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A newer version of the app wrote this file.
    #[error("the data was written by a newer version of the app")]
    Newer,
}

/// The database file.
pub struct Store {
    database: Mutex<Database>,
}

impl Store {
    /// Opens or makes the database in `folder`.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder)?;
        restrict(folder, 0o700)?;
        let path = folder.join("entri-tokens.db");
        let database = Database::open(&path)?;
        // The files that SQLite keeps beside it get the same rights.
        restrict(&path, 0o600)?;
        Self::prepare(database)
    }

    /// A database that is gone with the process, for when the disk cannot be used.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Database::open_in_memory()?)
    }

    fn prepare(database: Database) -> Result<Self, StoreError> {
        database.pragma_update(None, "journal_mode", "wal")?;
        database.pragma_update(None, "foreign_keys", true)?;
        let version: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => {
                database.execute_batch(SCHEMA)?;
                database.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            SCHEMA_VERSION => {}
            _ => return Err(StoreError::Newer),
        }
        Ok(Self { database: Mutex::new(database) })
    }

    fn lock(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is deleted stays readable in free pages and in the write-ahead log until both are rewritten.
fn wipe_deleted(database: &Database) -> Result<(), StoreError> {
    database.execute_batch("VACUUM")?;
    let busy = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(rusqlite::Error::SqliteFailure(busy, None).into());
    }
    Ok(())
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> std::io::Result<()> {
    // The user's profile folder is private already.
    Ok(())
}
