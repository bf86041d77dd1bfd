//! How often lists are checked in the background, and what was reported then.

use entri_api::TokenId;
use rusqlite::{Connection as Database, OptionalExtension, Row, params};
use token_audit::Threshold;

use super::Store;
use crate::error::StoreError;
use crate::model::connection::ConnectionId;
use crate::model::watch::{Cause, Told, Turn};

const STALE: &str = "stale";
const NEVER_USED: &str = "never-used";
const EXPIRES: &str = "expires";
const SIGNED_OUT: &str = "signed-out";
const BULK_REVOKE_DUE: &str = "cleanup-due";
const ROTATION_READY: &str = "rotation-ready";
const ROTATION_STUCK: &str = "rotation-stuck";
const ROTATION_OFF: &str = "rotation-off";

impl Store {
    /// The hours between two background checks; `None` while they are turned off.
    pub fn watch(&self) -> Result<Option<u32>, StoreError> {
        let hours = self.lock().query_row("SELECT hours FROM watch", [], |row| row.get(0));
        Ok(hours.optional()?)
    }

    /// Sets the interval of background checks. What was reported is forgotten when they are turned off.
    pub fn set_watch(&self, hours: Option<u32>) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let change = database.transaction()?;
        change.execute("DELETE FROM watch", [])?;
        if let Some(hours) = hours {
            change.execute("INSERT INTO watch VALUES (?1)", [hours])?;
        } else {
            change.execute("DELETE FROM told", [])?;
            change.execute("UPDATE connection SET watched = 0", [])?;
        }
        Ok(change.commit()?)
    }

    /// What was reported about a connection; `None` before its first check.
    pub fn told(&self, id: ConnectionId) -> Result<Option<Told>, StoreError> {
        let database = self.lock();
        if !is_watched(&database, id)? {
            return Ok(None);
        }
        let told = database
            .prepare("SELECT cause, number, token FROM told WHERE connection = ?1")?
            .query_map([id.0], cause)?
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        Ok(Some(told))
    }

    /// Replaces what was reported about a connection. A connection that was removed meanwhile stays removed.
    pub fn set_told(&self, id: ConnectionId, told: &Told) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let change = database.transaction()?;
        let known = change.execute("UPDATE connection SET watched = 1 WHERE id = ?1", [id.0])?;
        if known == 0 {
            return Ok(());
        }
        change.execute("DELETE FROM told WHERE connection = ?1", [id.0])?;
        insert(&change, id, told)?;
        Ok(change.commit()?)
    }

    /// Adds to what was reported about a connection that is still checked.
    pub fn add_told(&self, id: ConnectionId, told: &Told) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let change = database.transaction()?;
        if !is_watched(&change, id)? {
            return Ok(());
        }
        insert(&change, id, told)?;
        Ok(change.commit()?)
    }
}

fn insert(database: &Database, id: ConnectionId, told: &Told) -> Result<(), StoreError> {
    let mut insert = database.prepare("INSERT OR IGNORE INTO told VALUES (?1, ?2, ?3, ?4)")?;
    for it in told {
        let (cause, number, token) = named(it);
        insert.execute(params![id.0, cause, number, token])?;
    }
    Ok(())
}

fn is_watched(database: &Database, id: ConnectionId) -> Result<bool, StoreError> {
    let watched = database
        .query_row("SELECT watched FROM connection WHERE id = ?1", [id.0], |row| row.get(0))
        .optional()?;
    Ok(watched.unwrap_or_default())
}

fn named(cause: &Cause) -> (&'static str, i64, &str) {
    match cause {
        Cause::BulkRevokeDue(number) => (BULK_REVOKE_DUE, *number, ""),
        Cause::RotationTurn(number, Turn::Ready) => (ROTATION_READY, *number, ""),
        Cause::RotationTurn(number, Turn::Stuck) => (ROTATION_STUCK, *number, ""),
        Cause::RotationTurn(number, Turn::Off) => (ROTATION_OFF, *number, ""),
        Cause::SignedOut => (SIGNED_OUT, 0, ""),
        Cause::Passed { id, threshold: Threshold::Stale } => (STALE, 0, &id.0),
        Cause::Passed { id, threshold: Threshold::NeverUsed } => (NEVER_USED, 0, &id.0),
        Cause::Passed { id, threshold: Threshold::ExpiresWithin(days) } => {
            (EXPIRES, i64::from(*days), &id.0)
        }
    }
}

/// `None` for a cause of a later version.
fn cause(row: &Row<'_>) -> Result<Option<Cause>, rusqlite::Error> {
    let (cause, id): (String, String) = (row.get(0)?, row.get(2)?);
    let threshold = match cause.as_str() {
        SIGNED_OUT => return Ok(Some(Cause::SignedOut)),
        BULK_REVOKE_DUE => return Ok(Some(Cause::BulkRevokeDue(row.get(1)?))),
        ROTATION_READY => return Ok(Some(Cause::RotationTurn(row.get(1)?, Turn::Ready))),
        ROTATION_STUCK => return Ok(Some(Cause::RotationTurn(row.get(1)?, Turn::Stuck))),
        ROTATION_OFF => return Ok(Some(Cause::RotationTurn(row.get(1)?, Turn::Off))),
        STALE => Threshold::Stale,
        NEVER_USED => Threshold::NeverUsed,
        EXPIRES => Threshold::ExpiresWithin(row.get(1)?),
        _ => return Ok(None),
    };
    Ok(Some(Cause::Passed { id: TokenId(id), threshold }))
}
