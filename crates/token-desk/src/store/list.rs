//! The last-known list on disk.

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection as Database, Row, Transaction, params};

use super::{Store, StoreError};
use crate::connection::Connection;
use crate::inventory::{Builder, Inventory, Project, TokenRecord};

impl Store {
    /// The list as it was last saved.
    pub fn load_list(&self) -> Result<Inventory, StoreError> {
        let database = self.lock();
        let projects = database
            .prepare("SELECT id, name, archived FROM project ORDER BY rowid")?
            .query_map([], |row| {
                Ok(Project { id: row.get(0)?, name: row.get(1)?, archived: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?;
        let mut builder = Builder::new(projects);
        let mut statement = database.prepare(
            "SELECT id, name, project_id, scopes, created, expires, last_used,
                    last_used_reported, revoked, preview, created_by
             FROM token ORDER BY rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            builder.push(&record(row)?);
        }
        Ok(builder.finish())
    }

    /// Notes that the list was loaded again and found unchanged.
    pub fn mark_synced(
        &self,
        connection: &Connection,
        at: DateTime<Utc>,
        complete: bool,
    ) -> Result<(), StoreError> {
        mark(&self.lock(), connection, at, complete)?;
        Ok(())
    }

    /// Replaces the list, all at once or not at all. Where another connection is remembered by
    /// now, its list is left alone.
    pub fn save_list(
        &self,
        connection: &Connection,
        list: &Inventory,
        at: DateTime<Utc>,
        complete: bool,
    ) -> Result<(), StoreError> {
        let mut database = self.lock();
        let change = database.transaction()?;
        if !mark(&change, connection, at, complete)? {
            return Ok(());
        }
        change.execute("DELETE FROM project", [])?;
        change.execute("DELETE FROM token", [])?;
        insert(&change, list)?;
        Ok(change.commit()?)
    }
}

/// Whether it is this connection that is remembered.
fn mark(
    database: &Database,
    connection: &Connection,
    at: DateTime<Utc>,
    complete: bool,
) -> Result<bool, StoreError> {
    let marked = database.execute(
        "UPDATE connection SET synced_at = ?3, complete = ?4
         WHERE base_url = ?1 AND organization_id = ?2",
        params![connection.base_url.as_str(), connection.organization_id, at.timestamp(), complete],
    )?;
    Ok(marked > 0)
}

fn insert(change: &Transaction<'_>, list: &Inventory) -> Result<(), StoreError> {
    let mut project = change.prepare("INSERT INTO project VALUES (?1, ?2, ?3)")?;
    for Project { id, name, archived } in list.projects() {
        project.execute(params![id, name, archived])?;
    }
    let mut token = change
        .prepare("INSERT INTO token VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
    for record in list.records() {
        token.execute(params![
            record.id,
            record.name,
            record.project_id,
            record.scopes,
            record.created.map(|time| time.timestamp()),
            record.expires.map(|time| time.timestamp()),
            record.last_used.map(|time| time.timestamp()),
            record.last_used_reported,
            record.revoked,
            record.preview,
            record.created_by,
        ])?;
    }
    Ok(())
}

fn record<'a>(row: &'a Row<'_>) -> Result<TokenRecord<'a>, rusqlite::Error> {
    Ok(TokenRecord {
        id: text(row, 0)?.unwrap_or_default(),
        name: text(row, 1)?.unwrap_or_default(),
        project_id: text(row, 2)?,
        scopes: text(row, 3)?.unwrap_or_default(),
        created: time(row, 4)?,
        expires: time(row, 5)?,
        last_used: time(row, 6)?,
        last_used_reported: row.get(7)?,
        revoked: row.get(8)?,
        preview: text(row, 9)?,
        created_by: text(row, 10)?,
    })
}

/// Borrowed, since 100,000 rows are read before the first paint.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<Option<&'a str>, rusqlite::Error> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        value => Ok(Some(value.as_str()?)),
    }
}

fn time(row: &Row<'_>, column: usize) -> Result<Option<DateTime<Utc>>, rusqlite::Error> {
    let seconds: Option<i64> = row.get(column)?;
    Ok(seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
}
