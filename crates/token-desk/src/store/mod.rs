//! What the app remembers between two starts: the connection and its last-known list.
//!
//! No secret ever comes here. The file is readable by its owner only.

mod list;

use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use entri_api::BaseUrl;
use rusqlite::{Connection as Database, OptionalExtension, Row, params};

use crate::connection::{Connection, CredentialStorage};

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

/// A connection as it was left.
pub struct Remembered {
    /// The connection.
    pub connection: Connection,
    /// When its list was last loaded.
    pub synced_at: Option<DateTime<Utc>>,
    /// Whether that list was whole.
    pub complete: bool,
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

    /// The connection used last.
    pub fn connection(&self) -> Result<Option<Remembered>, StoreError> {
        let remembered = self
            .lock()
            .query_row("SELECT * FROM connection", [], |row| Ok(remembered(row)))
            .optional()?;
        remembered.transpose().map(Option::flatten)
    }

    /// Remembers this connection in place of the one before, whose list goes with it. The same
    /// server and organization keep their list.
    pub fn remember(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut database = self.lock();
        let change = database.transaction()?;
        let values = params![
            connection.base_url.as_str(),
            connection.organization_id,
            connection.organization_name,
            connection.storage == CredentialStorage::Session,
        ];
        let known = change.execute(
            "UPDATE connection SET organization_name = ?3, session_only = ?4
             WHERE base_url = ?1 AND organization_id = ?2",
            values,
        )?;
        if known > 0 {
            return Ok(change.commit()?);
        }
        change.execute("DELETE FROM connection", [])?;
        change.execute(
            "INSERT INTO connection (base_url, organization_id, organization_name, session_only)
             VALUES (?1, ?2, ?3, ?4)",
            values,
        )?;
        change.commit()?;
        wipe_deleted(&database)
    }

    /// Forgets the connection and its list.
    pub fn forget(&self) -> Result<(), StoreError> {
        let database = self.lock();
        database.execute("DELETE FROM connection", [])?;
        wipe_deleted(&database)
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

/// `None` where the stored address no longer passes the rules for addresses.
fn remembered(row: &Row<'_>) -> Result<Option<Remembered>, StoreError> {
    let Ok(base_url) = BaseUrl::parse(&row.get::<_, String>("base_url")?) else { return Ok(None) };
    let session_only: bool = row.get("session_only")?;
    let storage =
        if session_only { CredentialStorage::Session } else { CredentialStorage::Keychain };
    Ok(Some(Remembered {
        connection: Connection {
            base_url,
            organization_id: row.get("organization_id")?,
            organization_name: row.get("organization_name")?,
            storage,
            sandbox: false,
        },
        synced_at: row
            .get::<_, Option<i64>>("synced_at")?
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
        complete: row.get("complete")?,
    }))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Another process that reads keeps the log from being emptied; that must not pass for done.
    #[test]
    fn forgetting_fails_while_the_log_cannot_be_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.lock().busy_timeout(Duration::ZERO).unwrap();
        let reader = Database::open(folder.path().join("entri-tokens.db")).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM token;").unwrap();
        assert!(store.forget().is_err());
        reader.execute_batch("COMMIT").unwrap();
        store.forget().unwrap();
        let log = fs::metadata(folder.path().join("entri-tokens.db-wal")).unwrap();
        assert_eq!(log.len(), 0);
    }

    #[test]
    fn data_of_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        let newer = Database::open(folder.path().join("entri-tokens.db")).unwrap();
        newer.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Newer)));
    }
}
