//! The use of many tokens at once, each in a few letters.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::history::UseHistory;

use super::no_history;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::token::TokenKey;
use crate::system::threads::blocking;

/// As many bars as a row has room for.
const MOST_BARS: usize = 20;
/// A single bar isn't a curve.
const LEAST_BARS: usize = 2;
/// Twenty weeks, today included.
const SHOWN: TimeDelta = TimeDelta::days(139);

impl Desk {
    /// The usage of each of these tokens in the last twenty weeks, as in [`UseHistory::letters`];
    /// empty for a token with less than two weeks of history.
    pub async fn sparks(
        &self,
        keys: Vec<TokenKey>,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, Error> {
        let desk = self.clone();
        blocking(move || desk.sparks_now(&keys, now)).await?
    }

    fn sparks_now(&self, keys: &[TokenKey], now: DateTime<Utc>) -> Result<Vec<String>, Error> {
        let mut sparks = vec![String::new(); keys.len()];
        let clocks = self.clocks(now);
        let mut connections: Vec<_> = keys.iter().map(|key| key.connection).collect();
        connections.sort_unstable_by_key(|id| id.0);
        connections.dedup();
        for id in connections {
            // A connection that was removed meanwhile no longer has rows.
            let Ok(connection) = self.connection(id) else { continue };
            if !self.list_of(id)?.last_used_reported() {
                continue;
            }
            let of = |(_, key): &(usize, &TokenKey)| key.connection == id;
            let (places, ids): (Vec<_>, Vec<_>) =
                keys.iter().enumerate().filter(of).map(|(at, key)| (at, &key.id)).unzip();
            let book = self.history_of(&connection)?;
            let (sightings, until) =
                (book.sightings(&connection, &ids, now - SHOWN), clocks.of(id).0);
            for (at, sightings) in
                places.into_iter().zip(sightings.map_err(|error| no_history(&error))?)
            {
                let others = sightings.map(|seen| self.by_others(&keys[at], seen.all));
                let history = others.and_then(|seen| UseHistory::of(&seen, until));
                let letters = history.map(|it| it.letters(MOST_BARS));
                let curve = letters.filter(|letters| letters.len() >= LEAST_BARS);
                sparks[at] = curve.unwrap_or_default();
            }
        }
        Ok(sparks)
    }
}
