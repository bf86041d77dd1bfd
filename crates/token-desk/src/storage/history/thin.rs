//! Old snapshots are thinned: what remains reads as if the app had refreshed once a week.
//!
//! When a token was first seen and last used, when it vanished, and every other change are kept for good. So are the
//! snapshots that a decision rests on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rusqlite::{Connection as Database, params};

use super::book::{Book, place, time};
use super::month;
use super::moves::{self, Move};
use crate::error::StoreError;
use crate::model::connection::Connection;

/// All snapshots younger than this are kept.
const KEPT_WHOLE: TimeDelta = TimeDelta::days(400);

struct Taken {
    number: u32,
    at: DateTime<Utc>,
    whole: bool,
}

impl Book {
    /// Thins the months that are old by now. `decided` returns when decisions were made, and is
    /// called only if there are such months.
    pub fn thin(
        &self,
        connection: &Connection,
        now: DateTime<Utc>,
        decided: impl FnOnce() -> Result<Vec<DateTime<Utc>>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut database = self.lock();
        let Some(place) = place(&database, connection)? else { return Ok(()) };
        let until = month(kept_whole_since(now));
        let due = due(&database, place, until)?;
        if due.is_empty() {
            return Ok(());
        }
        let decided = decided()?;
        let change = database.transaction()?;
        for (month, taken) in due {
            let kept = kept(&taken, &decided);
            if kept.len() < taken.len() {
                forget(&change, place, &taken, &kept)?;
                rewrite(&change, place, month, &kept)?;
            }
        }
        change.execute("UPDATE place SET thinned_to = ?2 WHERE id = ?1", params![place, until])?;
        Ok(change.commit()?)
    }
}

/// All snapshots from this time on are kept.
pub(crate) fn kept_whole_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_signed(KEPT_WHOLE).unwrap_or(now)
}

/// The snapshots of each month that is old and not thinned yet.
fn due(
    database: &Database,
    place: i64,
    until: i64,
) -> Result<BTreeMap<i64, Vec<Taken>>, StoreError> {
    let thinned_to: i64 = database
        .prepare_cached("SELECT thinned_to FROM place WHERE id = ?1")?
        .query_row([place], |row| row.get(0))?;
    let mut due: BTreeMap<_, Vec<_>> = BTreeMap::new();
    if thinned_to >= until {
        return Ok(due);
    }
    let mut select = database.prepare_cached(
        "SELECT number, at, unread IS NULL FROM snapshot WHERE place = ?1 ORDER BY number",
    )?;
    let mut rows = select.query([place])?;
    while let Some(row) = rows.next()? {
        let taken = Taken { number: row.get(0)?, at: time(row.get(1)?), whole: row.get(2)? };
        let month = month(taken.at);
        if (thinned_to..until).contains(&month) {
            due.entry(month).or_default().push(taken);
        }
    }
    Ok(due)
}

/// The snapshots of a month to keep: the last complete one of each week, or else the last one; the
/// last of the month, to which later moves can go; and the last one before each decision.
fn kept(taken: &[Taken], decided: &[DateTime<Utc>]) -> BTreeSet<u32> {
    let mut of_week: BTreeMap<_, &Taken> = BTreeMap::new();
    for one in taken {
        let week = of_week.entry(one.at.iso_week()).or_insert(one);
        if one.whole || !week.whole {
            *week = one;
        }
    }
    let known = decided.iter().filter_map(|time| taken.iter().rfind(|one| one.at <= *time));
    of_week.into_values().chain(taken.last()).chain(known).map(|one| one.number).collect()
}

fn forget(
    database: &Database,
    place: i64,
    taken: &[Taken],
    kept: &BTreeSet<u32>,
) -> Result<(), StoreError> {
    let mut delete =
        database.prepare_cached("DELETE FROM snapshot WHERE place = ?1 AND number = ?2")?;
    for one in taken.iter().filter(|one| !kept.contains(&one.number)) {
        delete.execute(params![place, one.number])?;
    }
    Ok(())
}

/// Assigns a move to the next snapshot that is kept: that one showed it, too, unless it showed a
/// later move.
fn rewrite(
    database: &Database,
    place: i64,
    month: i64,
    kept: &BTreeSet<u32>,
) -> Result<(), StoreError> {
    let mut select = database
        .prepare_cached("SELECT token, moves FROM moves WHERE place = ?1 AND month = ?2")?;
    let all = select
        .query_map(params![place, month], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, Vec<u8>)>, _>>()?;
    let mut update = database.prepare_cached(
        "UPDATE moves SET moves = ?4 WHERE place = ?1 AND month = ?2 AND token = ?3",
    )?;
    for (token, bytes) in all {
        let mut thinned: BTreeMap<u32, Move> = BTreeMap::new();
        for one in moves::read(&bytes) {
            let snapshot = kept.range(one.snapshot..).next().copied().unwrap_or(one.snapshot);
            thinned.insert(snapshot, Move { snapshot, ..one });
        }
        let thinned: Vec<_> = thinned.into_values().collect();
        update.execute(params![place, month, token, moves::write(&thinned)])?;
    }
    Ok(())
}
