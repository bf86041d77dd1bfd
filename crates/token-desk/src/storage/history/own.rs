//! The sightings of the token that the app signs in with.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use token_audit::Date;
use token_audit::calibration::OwnSighting;

use super::book::{Book, moves_in, place, time};
use super::month;
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::time::dates::Stamp;

/// A load whose list had the row.
struct Own {
    token: i64,
    number: u32,
    at: DateTime<Utc>,
    /// By the server's clock, if that is known.
    there: Option<DateTime<Utc>>,
    took: TimeDelta,
}

impl Book {
    /// The sightings since then of the token that the app signed in with last, in the order of the loads. A load
    /// whose row had an unreadable date shows nothing.
    pub fn own_sightings(
        &self,
        connection: &Connection,
        since: DateTime<Utc>,
    ) -> Result<Vec<OwnSighting>, StoreError> {
        let database = self.lock();
        let Some(place) = place(&database, connection)? else { return Ok(Vec::new()) };
        let mut select = database.prepare_cached(
            "SELECT own, number, at, there, coalesce(took, 0) FROM snapshot
             WHERE place = ?1 AND at >= ?2 AND own IS NOT NULL ORDER BY number",
        )?;
        let rows = select.query_map(params![place, since.timestamp()], |row| {
            Ok(Own {
                token: row.get(0)?,
                number: row.get(1)?,
                at: time(row.get(2)?),
                there: row.get::<_, Option<i64>>(3)?.map(time),
                took: TimeDelta::try_seconds(row.get(4)?).unwrap_or_default(),
            })
        })?;
        let mut loads = rows.collect::<Result<Vec<_>, _>>()?;
        let Some(token) = loads.last().map(|load| load.token) else { return Ok(Vec::new()) };
        loads.retain(|load| load.token == token);
        let months: BTreeSet<_> = loads.iter().map(|load| month(load.at)).collect();
        let mut moves = Vec::new();
        for month in months {
            moves.extend(moves_in(&database, place, month, token)?);
        }
        let mut moves = moves.into_iter().peekable();
        let mut last_used = Date::None;
        let mut sightings = Vec::with_capacity(loads.len());
        for load in loads {
            while let Some(moved) = moves.next_if(|moved| moved.snapshot <= load.number) {
                last_used = Stamp::from_kept(moved.last_used).into();
            }
            if last_used != Date::Unreadable {
                sightings.push(load.sighting(last_used));
            }
        }
        Ok(sightings)
    }
}

impl Own {
    fn sighting(&self, last_used: Date) -> OwnSighting {
        OwnSighting { asked: self.there, took: self.took, last_used: last_used.at() }
    }
}
