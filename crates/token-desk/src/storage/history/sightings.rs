//! Reading what was seen of tokens: their sightings, put together from snapshots and moves.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::TokenId;
use rusqlite::{Connection as Database, OptionalExtension, params};
use token_audit::history::Observation;
use token_audit::{Date, ServerTime};

use super::book::{Book, moves_in, place, time};
use super::month;
use super::moves::Move;
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::time::clocks;
use crate::model::time::dates::Stamp;

/// The sightings of a token.
pub(crate) struct Sightings {
    /// The first snapshot, even if it isn't kept anymore.
    pub first: DateTime<Utc>,
    /// The snapshots that are kept, in chronological order.
    pub all: Vec<Observation>,
}

/// One loaded list, as it was recorded.
struct Snapshot {
    number: u32,
    at: DateTime<Utc>,
    /// By the server's clock, if that is known.
    there: Option<ServerTime>,
    /// The parts of the list that were incomplete.
    unread: Vec<String>,
}

/// From when to when a token was not in the list.
type Absence = (DateTime<Utc>, DateTime<Utc>);

impl Book {
    /// The sightings of each of these tokens since then; `None` for one that never was in a list.
    pub fn sightings(
        &self,
        connection: &Connection,
        ids: &[&TokenId],
        since: DateTime<Utc>,
    ) -> Result<Vec<Option<Sightings>>, StoreError> {
        let database = self.lock();
        let Some(place) = place(&database, connection)? else {
            return Ok(ids.iter().map(|_| None).collect());
        };
        let snapshots = snapshots(&database, place, since)?;
        let months: BTreeSet<_> = snapshots.iter().map(|one| month(one.at)).collect();
        ids.iter().map(|id| sightings(&database, place, id, &snapshots, &months)).collect()
    }
}

fn snapshots(
    database: &Database,
    place: i64,
    since: DateTime<Utc>,
) -> Result<Vec<Snapshot>, StoreError> {
    let mut select = database.prepare_cached(
        "SELECT number, at, unread, there FROM snapshot WHERE place = ?1 AND at >= ?2 ORDER BY number",
    )?;
    let snapshots = select.query_map(params![place, since.timestamp()], |row| {
        let unread: Option<String> = row.get(2)?;
        let unread = unread.and_then(|parts| serde_json::from_str(&parts).ok());
        Ok(Snapshot {
            number: row.get(0)?,
            at: time(row.get(1)?),
            there: row.get::<_, Option<i64>>(3)?.map(|at| ServerTime(time(at))),
            unread: unread.unwrap_or_default(),
        })
    })?;
    Ok(snapshots.collect::<Result<_, _>>()?)
}

fn sightings(
    database: &Database,
    place: i64,
    id: &TokenId,
    snapshots: &[Snapshot],
    months: &BTreeSet<i64>,
) -> Result<Option<Sightings>, StoreError> {
    let token = database
        .prepare_cached(
            "SELECT number, project_id, first_seen FROM token WHERE place = ?1 AND id = ?2",
        )?
        .query_row(params![place, id.0], |row| {
            let part: Option<String> = row.get(1)?;
            Ok((row.get(0)?, part.unwrap_or_default(), time(row.get(2)?)))
        })
        .optional()?;
    let Some((token, part, first)) = token else { return Ok(None) };
    let mut told = Vec::new();
    for &month in months {
        told.extend(moves_in(database, place, month, token)?);
    }
    let away = absences(database, token)?;
    let snapshots = snapshots.iter().filter(|one| one.at >= first);
    Ok(Some(Sightings { first, all: observations(snapshots, &part, &told, &away) }))
}

fn absences(database: &Database, token: i64) -> Result<Vec<Absence>, StoreError> {
    let mut select = database.prepare_cached(
        "SELECT at, what = 'vanished' FROM change
         WHERE token = ?1 AND what IN ('vanished', 'returned') ORDER BY rowid",
    )?;
    let mut rows = select.query([token])?;
    let mut absences: Vec<Absence> = Vec::new();
    while let Some(row) = rows.next()? {
        let (at, vanished) = (time(row.get(0)?), row.get(1)?);
        match absences.last_mut() {
            _ if vanished => absences.push((at, DateTime::<Utc>::MAX_UTC)),
            Some((_, until)) => *until = at,
            None => {}
        }
    }
    Ok(absences)
}

impl Snapshot {
    /// A use is dated by the server's clock, and so is the snapshot that shows it, if possible.
    fn observed(&self, last_used: Date) -> Observation {
        let slack = if self.there.is_some() { TimeDelta::zero() } else { clocks::UNKNOWN };
        Observation {
            at: self.there.map_or(self.at, |there| there.0),
            slack,
            last_used: last_used.at(),
        }
    }
}

/// For a part that wasn't read, only a token whose last use moved was observed: that token was read
/// anyway.
fn observations<'a>(
    snapshots: impl Iterator<Item = &'a Snapshot>,
    part: &str,
    told: &[Move],
    away: &[Absence],
) -> Vec<Observation> {
    let mut told = told.iter().peekable();
    let mut last_used = Date::None;
    let mut observations = Vec::new();
    for one in snapshots {
        let mut moved = false;
        while let Some(next) = told.next_if(|next| next.snapshot <= one.number) {
            moved = next.snapshot == one.number;
            last_used = Stamp::from_kept(next.last_used).into();
        }
        let read = one.unread.iter().all(|unread| unread != part);
        let absent = away.iter().any(|&(from, until)| from <= one.at && one.at < until);
        // Where the last use could not be read, nothing was seen of it.
        if last_used != Date::Unreadable && (moved || read && !absent) {
            observations.push(one.observed(last_used));
        }
    }
    observations
}
