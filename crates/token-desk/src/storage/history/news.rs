//! The tokens added to and removed from a list since the last visit, which is the app's previous start.

use std::sync::Arc;

use entri_api::TokenId;
use rusqlite::{Connection as Database, OptionalExtension, params};

use super::book::{Book, place, time};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::news::{News, Vanished};
use crate::model::time::dates::Stamp;

impl Book {
    /// The changes since the last visit; `None` on the first one.
    pub(crate) fn news(&self, connection: &Connection) -> Result<Option<News>, StoreError> {
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
            .query_map(params![place, since], |row| row.get(0).map(TokenId))?
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
            id: TokenId(row.get(0)?),
            name: row.get(1)?,
            last_used: row.get::<_, Stamp>(2)?.into(),
            seen: time(seen.unwrap_or(since)),
        })
    })?;
    Ok(vanished.collect::<Result<_, _>>()?)
}
