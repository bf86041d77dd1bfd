//! What the app keeps between two starts: the connections and their last-known lists.
//!
//! No secret is ever stored here. The file is readable by its owner only.

mod connections;
pub(crate) mod file;
pub(crate) mod foreign;
mod gaps;
mod list;
mod members;
mod named;
mod opening;
mod saved_views;
mod scans;
mod tokens;
mod watch;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection as Database;

use crate::error::StoreError;

pub use connections::Remembered;
pub(crate) use file::Moved;
pub(crate) use named::Named;
pub(crate) use opening::Opening;

const FILE: &str = "entri-tokens.db";
const SCHEMA: [&str; 13] = [
    include_str!("schema.sql"),
    // As the file that people read; NULL = the default.
    "ALTER TABLE connection ADD COLUMN policy TEXT;",
    include_str!("members.sql"),
    // An id is never given twice, so that a view that was deleted can come back.
    "CREATE TABLE saved_view (
         id         INTEGER PRIMARY KEY AUTOINCREMENT,
         name       TEXT NOT NULL,
         text       TEXT NOT NULL,
         card       TEXT NOT NULL,
         sort       TEXT NOT NULL,
         descending INTEGER NOT NULL
     );",
    include_str!("creators.sql"),
    include_str!("watch.sql"),
    "CREATE TABLE note (
         connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
         token      TEXT NOT NULL,
         placement  TEXT NOT NULL,
         note       TEXT NOT NULL,
         PRIMARY KEY (connection, token)
     ) WITHOUT ROWID;",
    include_str!("dates.sql"),
    include_str!("gaps.sql"),
    // The token that a note is about, since its id may come to name another one; NULL = not known.
    "ALTER TABLE note ADD COLUMN name TEXT;
     ALTER TABLE note ADD COLUMN created INTEGER;",
    // When the server listed a token last that its latest list lacks.
    "ALTER TABLE token ADD COLUMN last_listed INTEGER;",
    // By which the value of a token is known again; a keyed hash, whose key is in the keychain.
    "CREATE TABLE fingerprint (
         connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
         token      TEXT NOT NULL,
         print      BLOB NOT NULL,
         sure       INTEGER NOT NULL,
         name       TEXT NOT NULL,
         created    INTEGER,
         PRIMARY KEY (connection, token, print)
     ) WITHOUT ROWID;",
    include_str!("scans.sql"),
];

/// The database file `entri-tokens.db`, or one in memory.
pub struct Store {
    database: Mutex<Database>,
    /// `None` if the database is in memory and ends with the process.
    file: Option<Named>,
}

impl Store {
    /// Opens the database in `folder`, or creates it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let store = Self::prepare(file::open(folder, FILE)?)?;
        Ok(Self { file: Some(Named::of(folder, FILE)?), ..store })
    }

    /// Moves a database that can't be read aside and starts a new one. Everything in it but the
    /// connections comes back from the servers.
    pub fn begin_anew(folder: &Path) -> Result<(Self, Moved), StoreError> {
        let moved = file::move_aside(folder, FILE)?;
        Ok((Self::open(folder)?, moved))
    }

    /// A database in memory, for when the disk can't be used.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(file::in_memory()?)
    }

    fn prepare(database: Database) -> Result<Self, StoreError> {
        file::prepare(&database, &SCHEMA)?;
        Ok(Self { database: Mutex::new(database), file: None })
    }

    /// The database, to write to. An error if its file was moved or replaced, because what is
    /// written would be lost at the next start.
    fn to_write(&self) -> Result<MutexGuard<'_, Database>, StoreError> {
        if let Some(file) = &self.file {
            file.check()?;
        }
        Ok(self.lock())
    }

    /// Like [`Self::to_write`], for data that the admin is told is saved.
    fn to_keep(&self) -> Result<MutexGuard<'_, Database>, StoreError> {
        if self.file.is_none() {
            return Err(StoreError::NotKept);
        }
        self.to_write()
    }

    fn lock(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Deleted data stays readable in free pages and in the write-ahead log until both are rewritten.
pub(crate) fn wipe_deleted(database: &Database) -> Result<(), StoreError> {
    database.execute_batch("VACUUM")?;
    let busy = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(rusqlite::Error::SqliteFailure(busy, None).into());
    }
    Ok(())
}
