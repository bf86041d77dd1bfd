//! Snapshots with a date in the future, from a clock that ran ahead.
//!
//! Left as they are, they would hide every later snapshot until their date comes, which may take years. So each gets a
//! new date, that of the next snapshot that isn't in the future.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Database, params};

use super::book::{Book, moves_in, place, time};
use super::moves::{self, Move};
use super::{month, thin};
use crate::error::StoreError;
use crate::model::connection::Connection;

/// A snapshot that gets a new date.
struct Ahead {
    number: u32,
    was: i64,
    at: i64,
}

impl Book {
    /// Gives what lies ahead of `now` a new date, and lets thinning begin again from where it is due by then.
    pub fn put_right(&self, connection: &Connection, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut database = self.lock();
        let Some(place) = place(&database, connection)? else { return Ok(()) };
        let change = database.transaction()?;
        let thinned = month(thin::kept_whole_since(now));
        change.execute(
            "UPDATE place SET thinned_to = ?2 WHERE id = ?1 AND thinned_to > ?2",
            params![place, thinned],
        )?;
        let ahead = ahead(&change, place, now.timestamp())?;
        if ahead.is_empty() {
            return Ok(change.commit()?);
        }
        let months: BTreeSet<_> = ahead.iter().map(|one| month(time(one.was))).collect();
        for from in months {
            move_months(&change, place, from, &ahead)?;
        }
        for one in &ahead {
            date(&change, place, one)?;
        }
        change.execute(
            "UPDATE place SET visited = min(visited,
                 coalesce((SELECT max(at) FROM snapshot WHERE place = ?1 AND at < ?2), ?2))
             WHERE id = ?1",
            params![place, now.timestamp()],
        )?;
        Ok(change.commit()?)
    }
}

/// Each snapshot ahead of `now`, with the time of the next one that isn't: it was taken before that.
fn ahead(database: &Database, place: i64, now: i64) -> Result<Vec<Ahead>, StoreError> {
    let mut select = database.prepare_cached(
        "SELECT number, at, coalesce((SELECT min(at) FROM snapshot AS later
             WHERE later.place = ?1 AND later.number > snapshot.number AND later.at <= ?2), ?2)
         FROM snapshot WHERE place = ?1 AND at > ?2 ORDER BY number",
    )?;
    let ahead = select.query_map(params![place, now], |row| {
        Ok(Ahead { number: row.get(0)?, was: row.get(1)?, at: row.get(2)? })
    })?;
    Ok(ahead.collect::<Result<_, _>>()?)
}

/// Puts the moves that a snapshot showed into the month of its new date.
fn move_months(
    database: &Database,
    place: i64,
    from: i64,
    ahead: &[Ahead],
) -> Result<(), StoreError> {
    let months: BTreeMap<_, _> =
        ahead.iter().map(|one| (one.number, month(time(one.at)))).collect();
    let mut select =
        database.prepare_cached("SELECT token FROM moves WHERE place = ?1 AND month = ?2")?;
    let tokens = select.query_map(params![place, from], |row| row.get(0))?;
    for token in tokens.collect::<Result<Vec<i64>, _>>()? {
        let mut by_month: BTreeMap<i64, Vec<Move>> = BTreeMap::from([(from, Vec::new())]);
        for one in moves_in(database, place, from, token)? {
            let month = months.get(&one.snapshot).copied().unwrap_or(from);
            by_month.entry(month).or_default().push(one);
        }
        for (month, mut moved) in by_month {
            if month != from {
                moved.extend(moves_in(database, place, month, token)?);
                moved.sort_by_key(|one| one.snapshot);
            }
            write(database, place, month, token, &moved)?;
        }
    }
    Ok(())
}

fn write(
    database: &Database,
    place: i64,
    month: i64,
    token: i64,
    moved: &[Move],
) -> Result<(), StoreError> {
    if moved.is_empty() {
        database
            .prepare_cached("DELETE FROM moves WHERE place = ?1 AND month = ?2 AND token = ?3")?
            .execute(params![place, month, token])?;
    } else {
        database
            .prepare_cached("INSERT OR REPLACE INTO moves VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![place, month, token, moves::write(moved)])?;
    }
    Ok(())
}

/// Gives a snapshot its new date, and the tokens that it was the first or the last to show.
fn date(database: &Database, place: i64, one: &Ahead) -> Result<(), StoreError> {
    database
        .prepare_cached("UPDATE snapshot SET at = ?3 WHERE place = ?1 AND number = ?2")?
        .execute(params![place, one.number, one.at])?;
    for update in [
        "UPDATE token SET first_seen = ?3 WHERE place = ?1 AND first_seen = ?2",
        "UPDATE token SET vanished = ?3 WHERE place = ?1 AND vanished = ?2",
        "UPDATE change SET at = ?3 WHERE at = ?2
             AND token IN (SELECT number FROM token WHERE place = ?1)",
    ] {
        database.prepare_cached(update)?.execute(params![place, one.was, one.at])?;
    }
    Ok(())
}
