//! The tokens added to and removed from a list since the last visit, which is the app's previous start.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Database, OptionalExtension, params};
use token_audit::Date;

use super::book::{Book, place, time};
use super::no_history;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::dates::Stamp;
use crate::storage::cache::StoreError;

/// What the app itself did not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// When the list was loaded last before this start.
    pub since: DateTime<Utc>,
    /// The ids of tokens that were not there then.
    pub new: Arc<HashSet<String>>,
    /// The tokens that are no longer there, the last one first.
    pub vanished: Vec<Vanished>,
}

/// A token that is no longer in the list: it may have been revoked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// Its id.
    pub id: String,
    /// Its name, as the server gave it.
    pub name: String,
    /// When it was last in the list.
    pub seen: DateTime<Utc>,
    /// When it was last used, as far as known.
    pub last_used: Date,
}

/// The new tokens of each connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fresh(pub Vec<(ConnectionId, Arc<HashSet<String>>)>);

impl Fresh {
    pub fn contains(&self, connection: ConnectionId, id: &str) -> bool {
        self.0.iter().any(|(of, ids)| *of == connection && ids.contains(id))
    }
}

impl Book {
    /// The changes since the last visit; `None` on the first one.
    fn news(&self, connection: &Connection) -> Result<Option<News>, StoreError> {
        let database = self.lock();
        let Some(place) = place(&database, connection)? else { return Ok(None) };
        let since: Option<i64> = database
            .query_row("SELECT visited FROM place WHERE id = ?1", [place], |row| row.get(0))
            .optional()?
            .flatten();
        let Some(since) = since else { return Ok(None) };
        let new = database
            .prepare_cached(
                "SELECT id FROM token WHERE place = ?1 AND first_seen > ?2 AND vanished IS NULL",
            )?
            .query_map(params![place, since], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let vanished = vanished(&database, place, since)?;
        Ok(Some(News { since: time(since), new: Arc::new(new), vanished }))
    }
}

fn vanished(database: &Database, place: i64, since: i64) -> Result<Vec<Vanished>, StoreError> {
    let mut select = database.prepare_cached(
        "SELECT id, name, last_used, (SELECT max(at) FROM snapshot
             WHERE snapshot.place = token.place AND at < vanished)
         FROM token WHERE place = ?1 AND vanished > ?2 AND first_seen <= ?2
         ORDER BY vanished DESC, name",
    )?;
    let vanished = select.query_map(params![place, since], |row| {
        let seen: Option<i64> = row.get(3)?;
        Ok(Vanished {
            id: row.get(0)?,
            name: row.get(1)?,
            last_used: row.get::<_, Stamp>(2)?.into(),
            seen: time(seen.unwrap_or(since)),
        })
    })?;
    Ok(vanished.collect::<Result<_, _>>()?)
}

impl Desk {
    /// Changes by others since the last visit; what this app created or revoked doesn't count.
    pub(crate) fn news_of(
        &self,
        connection: &Connection,
        now: DateTime<Utc>,
    ) -> Result<Option<News>, Error> {
        let news = self.history_of(connection)?.news(connection);
        let Some(mut news) = news.map_err(|error| no_history(&error))? else { return Ok(None) };
        if let Ok(journal) = self.inner.journals.of(connection) {
            let (made, ended) = (journal.token_ids(connection)?, journal.ended_ids(connection)?);
            Arc::make_mut(&mut news.new).retain(|id| !made.contains(id));
            news.vanished.retain(|token| !ended.contains(&token.id));
        }
        // A part that could not be read before brings old tokens; the server says since when they are.
        let since = news.since + self.clocks(now).ahead(connection.id);
        for token in self.list_of(connection.id)?.records() {
            if token.created.at().is_some_and(|created| created <= since) {
                Arc::make_mut(&mut news.new).remove(token.id);
            }
        }
        Ok(Some(news))
    }
}
