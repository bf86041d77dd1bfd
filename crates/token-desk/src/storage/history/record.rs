//! Writing a snapshot: what changed since the one before, all of it or nothing.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{ProjectId, TokenId};
use rusqlite::{Connection as Database, params};
use token_audit::{Date, ServerTime};

use super::book::{Book, moves_in, place};
use super::month;
use super::moves::{self, Move};
use crate::error::StoreError;
use crate::list::Inventory;
use crate::model::connection::Connection;
use crate::model::time::dates::Stamp;
use crate::model::token::TokenRecord;

/// A list as a server reported it at one time.
pub(crate) struct Snapshot<'a> {
    pub connection: &'a Connection,
    pub list: &'a Inventory,
    /// The incomplete parts: the id of a project, or an empty text for the organization itself.
    /// `None` if the list is complete.
    pub unread: Option<&'a [String]>,
    /// When it was loaded, by this computer's clock.
    pub at: DateTime<Utc>,
    /// When that was by the server's clock; `None` if the server didn't say, or its clock can't be right.
    pub there: Option<ServerTime>,
    /// How much later the whole list had been read.
    pub took: TimeDelta,
}

/// A token as it was in the snapshot before.
struct Known {
    number: i64,
    name: String,
    project_id: Option<ProjectId>,
    scopes: String,
    expires: Stamp,
    last_used: Stamp,
    vanished: bool,
}

/// One snapshot being written.
struct Writing<'a> {
    database: &'a Database,
    place: i64,
    number: u32,
    at: DateTime<Utc>,
}

impl Book {
    /// Records what changed. `stands` says whether the connection still exists: nothing is recorded for one
    /// that was removed meanwhile.
    pub fn record(
        &self,
        snapshot: &Snapshot<'_>,
        stands: impl FnOnce() -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        if !stands()? {
            return Ok(());
        }
        let change = database.transaction()?;
        write(&change, snapshot, snapshot.list.records())?;
        Ok(change.commit()?)
    }
}

/// Writes a snapshot of these tokens.
pub(super) fn write<'a>(
    database: &Database,
    snapshot: &Snapshot<'_>,
    tokens: impl Iterator<Item = TokenRecord<'a>>,
) -> Result<(), StoreError> {
    let writing = Writing::begin(database, snapshot)?;
    let mut known = known(database, writing.place)?;
    for token in tokens {
        match known.remove(token.id.0) {
            Some(before) => writing.compare(&before, &token)?,
            None => writing.add(&token)?,
        }
    }
    if let Some(own) = snapshot.list.own_row() {
        writing.own(snapshot.list.id(own), snapshot.took)?;
    }
    // An incomplete list never proves that a token is absent.
    if snapshot.unread.is_none() {
        for gone in known.into_values().filter(|gone| !gone.vanished) {
            writing.vanished(gone.number)?;
        }
    }
    Ok(())
}

fn known(database: &Database, place: i64) -> Result<HashMap<TokenId, Known>, StoreError> {
    let mut select = database.prepare_cached(
        "SELECT id, number, name, project_id, scopes, expires, last_used, vanished IS NOT NULL
         FROM token WHERE place = ?1",
    )?;
    let tokens = select.query_map([place], |row| {
        let known = Known {
            number: row.get(1)?,
            name: row.get(2)?,
            project_id: row.get::<_, Option<String>>(3)?.map(ProjectId),
            scopes: row.get(4)?,
            expires: row.get(5)?,
            last_used: row.get(6)?,
            vanished: row.get(7)?,
        };
        Ok((TokenId(row.get(0)?), known))
    })?;
    Ok(tokens.collect::<Result<_, _>>()?)
}

impl<'a> Writing<'a> {
    fn begin(database: &'a Database, snapshot: &Snapshot<'_>) -> Result<Self, StoreError> {
        let connection = snapshot.connection;
        database.execute(
            "INSERT INTO place (base_url, organization_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![connection.base_url.as_str(), connection.organization_id.0],
        )?;
        let place = place(database, connection)?.ok_or(StoreError::Damaged)?;
        let unread = snapshot.unread.map(|parts| serde_json::Value::from(parts).to_string());
        let number = database.query_row(
            "INSERT INTO snapshot (place, number, at, unread, there) VALUES (?1,
                 (SELECT coalesce(max(number), 0) + 1 FROM snapshot WHERE place = ?1), ?2, ?3, ?4)
             RETURNING number",
            params![
                place,
                snapshot.at.timestamp(),
                unread,
                snapshot.there.map(|there| there.0.timestamp())
            ],
            |row| row.get(0),
        )?;
        Ok(Self { database, place, number, at: snapshot.at })
    }

    fn add(&self, token: &TokenRecord<'_>) -> Result<(), StoreError> {
        let last_used = Stamp::from(token.last_used);
        self.database
            .prepare_cached(
                "INSERT INTO token (place, id, name, project_id, scopes, expires, last_used,
                     first_seen)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                self.place,
                token.id.0,
                token.name,
                token.project_id.map(|id| id.0),
                token.scopes,
                Stamp::from(token.expires),
                last_used,
                self.at.timestamp(),
            ])?;
        match last_used {
            Stamp::NONE => Ok(()),
            last_used => self.moved(self.database.last_insert_rowid(), last_used),
        }
    }

    fn compare(&self, before: &Known, token: &TokenRecord<'_>) -> Result<(), StoreError> {
        let last_used = Stamp::from(token.last_used);
        // An unreadable expiry doesn't count as a change.
        let told = Some(token.expires).filter(|&it| it != Date::Unreadable);
        let expires = told.map_or(before.expires, Stamp::from);
        if before.last_used != last_used {
            self.moved(before.number, last_used)?;
        }
        let mut changed = before.last_used != last_used;
        let mut note = |differs: bool, what: &str, was: Option<String>| {
            changed |= differs;
            if differs { self.note(before.number, what, was.as_deref()) } else { Ok(()) }
        };
        note(before.vanished, "returned", None)?;
        note(before.name != token.name, "name", Some(before.name.clone()))?;
        note(before.scopes != token.scopes, "scopes", Some(before.scopes.clone()))?;
        note(
            before.expires != expires,
            "expires",
            before.expires.seconds().map(|it| it.to_string()),
        )?;
        let project = before.project_id.as_ref().map(ProjectId::borrowed) != token.project_id;
        note(project, "project", before.project_id.as_ref().map(|id| id.0.clone()))?;
        if changed {
            self.database
                .prepare_cached(
                    "UPDATE token SET name = ?2, project_id = ?3, scopes = ?4, expires = ?5,
                         last_used = ?6, vanished = NULL WHERE number = ?1",
                )?
                .execute(params![
                    before.number,
                    token.name,
                    token.project_id.map(|id| id.0),
                    token.scopes,
                    expires,
                    last_used,
                ])?;
        }
        Ok(())
    }

    /// The row of this token is that of the app.
    fn own(&self, id: TokenId<&str>, took: TimeDelta) -> Result<(), StoreError> {
        self.database.execute(
            "UPDATE snapshot SET took = ?4,
                 own = (SELECT number FROM token WHERE place = ?1 AND id = ?3)
             WHERE place = ?1 AND number = ?2",
            params![self.place, self.number, id.0, took.num_seconds()],
        )?;
        Ok(())
    }

    fn vanished(&self, token: i64) -> Result<(), StoreError> {
        self.note(token, "vanished", None)?;
        self.database
            .prepare_cached("UPDATE token SET vanished = ?2 WHERE number = ?1")?
            .execute(params![token, self.at.timestamp()])?;
        Ok(())
    }

    fn moved(&self, token: i64, last_used: Stamp) -> Result<(), StoreError> {
        let month = month(self.at);
        let mut moves = moves_in(self.database, self.place, month, token)?;
        moves.push(Move { snapshot: self.number, last_used: last_used.kept() });
        self.database
            .prepare_cached("INSERT OR REPLACE INTO moves VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![self.place, month, token, moves::write(&moves)])?;
        Ok(())
    }

    fn note(&self, token: i64, what: &str, before: Option<&str>) -> Result<(), StoreError> {
        self.database
            .prepare_cached("INSERT INTO change (token, at, what, before) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![token, self.at.timestamp(), what, before])?;
        Ok(())
    }
}
