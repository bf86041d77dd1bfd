//! The last-known list on disk.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::{ProjectId, TokenId};
use foldhash::HashMap;
use rusqlite::types::ValueRef;
use rusqlite::{Connection as Database, Row, Transaction, params};
use token_audit::{Date, ServerTime};

use super::{Store, gaps, members};
use crate::error::StoreError;
use crate::list::{Builder, Inventory};
use crate::model::connection::ConnectionId;
use crate::model::gaps::Gap;
use crate::model::time::dates::Stamp;
use crate::model::token::{Project, TokenRecord};

impl Store {
    /// A connection's list as it was last saved.
    pub fn load_list(&self, id: ConnectionId) -> Result<Inventory, StoreError> {
        let database = self.lock();
        let projects = database
            .prepare("SELECT id, name, archived FROM project WHERE connection = ?1 ORDER BY rowid")?
            .query_map([id.0], |row| {
                Ok(Project { id: ProjectId(row.get(0)?), name: row.get(1)?, archived: row.get(2)? })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut builder = Builder::new(id, &projects);
        builder.set_members(Arc::new(members::load(&database, id)?));
        let creators = creators(&database, id)?;
        let mut statement = database.prepare(
            "SELECT id, name, project_id, scopes, created, expires, last_used,
                    last_used_reported, revoked, own, preview, creator, last_listed
             FROM token WHERE connection = ?1 ORDER BY position",
        )?;
        let mut rows = statement.query([id.0])?;
        while let Some(row) = rows.next()? {
            builder.push(&record(row, &creators)?);
        }
        Ok(builder.finish())
    }

    /// Notes that a list was loaded again and found unchanged.
    pub fn mark_synced(
        &self,
        id: ConnectionId,
        at: DateTime<Utc>,
        gaps: &[Gap],
    ) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let change = database.transaction()?;
        mark(&change, id, at, gaps)?;
        Ok(change.commit()?)
    }

    /// Replaces a connection's list, all or nothing. A connection that was removed meanwhile stays removed.
    pub fn save_list(
        &self,
        id: ConnectionId,
        list: &Inventory,
        at: DateTime<Utc>,
        gaps: &[Gap],
    ) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let change = database.transaction()?;
        if !mark(&change, id, at, gaps)? {
            return Ok(());
        }
        change.execute("DELETE FROM project WHERE connection = ?1", [id.0])?;
        change.execute("DELETE FROM token WHERE connection = ?1", [id.0])?;
        change.execute("DELETE FROM creator WHERE connection = ?1", [id.0])?;
        members::replace(&change, id, &list.members())?;
        insert(&change, id, list)?;
        change.commit()?;
        // A log as large as the list would be read back at every start.
        database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// Whether the connection is remembered.
fn mark(
    database: &Database,
    id: ConnectionId,
    at: DateTime<Utc>,
    gaps: &[Gap],
) -> Result<bool, StoreError> {
    let marked = database.execute(
        "UPDATE connection SET synced_at = ?2 WHERE id = ?1",
        params![id.0, at.timestamp()],
    )?;
    if marked > 0 {
        gaps::replace(database, id, gaps)?;
    }
    Ok(marked > 0)
}

fn insert(change: &Transaction<'_>, id: ConnectionId, list: &Inventory) -> Result<(), StoreError> {
    let mut project = change.prepare("INSERT INTO project VALUES (?1, ?2, ?3, ?4)")?;
    for place in list.projects() {
        project.execute(params![id.0, place.id.0, place.name, place.archived])?;
    }
    let mut creator = change.prepare("INSERT INTO creator VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (number, [shown, user, email]) in list.creators() {
        creator.execute(params![id.0, number, shown, user, email])?;
    }
    let mut token = change.prepare(
        "INSERT INTO token
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for index in list.indices() {
        let record = list.record(index);
        token.execute(params![
            id.0,
            index,
            record.id.0,
            record.name,
            record.project_id.map(|id| id.0),
            record.scopes,
            Stamp::from(record.created),
            Stamp::from(record.expires),
            Stamp::from(record.last_used),
            record.last_used_reported,
            record.revoked,
            record.own,
            record.preview,
            list.creator_number(index),
            Stamp::from(Date::from(record.last_listed.map(|at| at.0))),
        ])?;
    }
    Ok(())
}

/// The texts that identify each creator, by its number.
type Creators = HashMap<u32, [Option<String>; 3]>;

fn creators(database: &Database, id: ConnectionId) -> Result<Creators, StoreError> {
    let creators = database
        .prepare("SELECT number, shown, id, email FROM creator WHERE connection = ?1")?
        .query_map([id.0], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))?
        .collect::<Result<_, _>>()?;
    Ok(creators)
}

fn record<'a>(
    row: &'a Row<'_>,
    creators: &'a Creators,
) -> Result<TokenRecord<'a>, rusqlite::Error> {
    let creator = creators.get(&row.get(11)?);
    let [created_by, creator_id, creator_email] =
        creator.map(|texts| texts.each_ref().map(Option::as_deref)).unwrap_or_default();
    Ok(TokenRecord {
        id: TokenId(text(row, 0)?.unwrap_or_default()),
        name: text(row, 1)?.unwrap_or_default(),
        project_id: text(row, 2)?.map(ProjectId),
        scopes: text(row, 3)?.unwrap_or_default(),
        created: row.get::<_, Stamp>(4)?.into(),
        expires: row.get::<_, Stamp>(5)?.into(),
        last_used: row.get::<_, Stamp>(6)?.into(),
        last_used_reported: row.get(7)?,
        revoked: row.get(8)?,
        own: row.get(9)?,
        preview: text(row, 10)?,
        last_listed: Date::from(row.get::<_, Stamp>(12)?).at().map(ServerTime),
        created_by,
        creator_id,
        creator_email,
    })
}

/// Borrowed, since 100,000 rows are read before the first paint.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<Option<&'a str>, rusqlite::Error> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        value => Ok(Some(value.as_str()?)),
    }
}
