//! The database of a history.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Database, OptionalExtension, params};

use super::moves::{self, Move};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::storage::cache::file::{self, Moved};
use crate::storage::cache::{Named, wipe_deleted};

const SCHEMA: [&str; 3] = [
    include_str!("schema.sql"),
    // When it was by the server's clock, which dates the uses; NULL = not known.
    "ALTER TABLE snapshot ADD COLUMN there INTEGER;",
    // The token that the app was signed in with, if its row was in the list; and in how many seconds the list had
    // been read.
    "ALTER TABLE snapshot ADD COLUMN own INTEGER;
     ALTER TABLE snapshot ADD COLUMN took INTEGER;",
];
const FILE: &str = "history.db";

/// The history of one folder, or of one embedded sandbox.
pub(crate) struct Book {
    database: Mutex<Database>,
    /// `None` if the history is in memory and ends with the process.
    file: Option<Named>,
}

impl Book {
    /// Opens or creates the history in `folder`. A damaged one is moved aside and kept.
    pub fn open(folder: &Path) -> Result<(Self, Option<Moved>), StoreError> {
        let (book, moved) = file::open_checked(folder, FILE, Self::prepare)?;
        Ok((Self { file: Some(Named::of(folder, FILE)?), ..book }, moved))
    }

    /// A history in memory, for the embedded sandbox, whose tokens end with the process, too.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(file::in_memory()?)
    }

    fn prepare(database: Database) -> Result<Self, StoreError> {
        file::prepare(&database, &SCHEMA)?;
        database.execute_batch(
            "UPDATE place SET visited =
                 (SELECT max(at) FROM snapshot WHERE snapshot.place = place.id)",
        )?;
        Ok(Self { database: Mutex::new(database), file: None })
    }

    /// Forgets a server's tokens, in free pages and in the log, too.
    pub fn forget(&self, connection: &Connection) -> Result<(), StoreError> {
        let database = self.lock();
        let Some(place) = place(&database, connection)? else { return Ok(()) };
        database.execute("DELETE FROM place WHERE id = ?1", [place])?;
        wipe_deleted(&database)
    }

    /// The database, unless what is written to it would be lost at the next start.
    pub(super) fn to_write(&self) -> Result<MutexGuard<'_, Database>, StoreError> {
        if let Some(file) = &self.file {
            file.check()?;
        }
        Ok(self.lock())
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn place(
    database: &Database,
    connection: &Connection,
) -> Result<Option<i64>, StoreError> {
    let found = database
        .prepare_cached("SELECT id FROM place WHERE base_url = ?1 AND organization_id = ?2")?
        .query_row(params![connection.base_url.as_str(), connection.organization_id.0], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(found)
}

/// Where a token's last use moved in one month.
pub(super) fn moves_in(
    database: &Database,
    place: i64,
    month: i64,
    token: i64,
) -> Result<Vec<Move>, StoreError> {
    let bytes: Option<Vec<u8>> = database
        .prepare_cached("SELECT moves FROM moves WHERE place = ?1 AND month = ?2 AND token = ?3")?
        .query_row(params![place, month, token], |row| row.get(0))
        .optional()?;
    Ok(bytes.map_or_else(Vec::new, |bytes| moves::read(&bytes)))
}

pub(super) fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}
