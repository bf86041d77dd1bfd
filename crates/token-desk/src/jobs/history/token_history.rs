//! The recorded usage of one token.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::history::{Rehearsal, Step, UseHistory};

use super::no_history;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::token::TokenKey;
use crate::system::threads::blocking;

/// The recorded usage of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHistory {
    /// When it was first in a list; `None` before that, or if its use was never readable.
    pub since: Option<DateTime<Utc>>,
    /// What is known about each day; `None` before the first snapshot.
    pub history: Option<UseHistory>,
    /// How finely the server tells the time of a use.
    pub step: Step,
    /// Whether the server reports last use at all.
    pub reported: bool,
    /// What would have failed, had it been revoked so many days ago, as far as its history goes back. Once the server
    /// has stopped recording uses, it can't say that nothing would have.
    pub rehearsals: Vec<(u16, Rehearsal)>,
}

/// For how many days a revoke is rehearsed.
const REHEARSED: [u16; 3] = [7, 30, 90];

impl Desk {
    /// The usage of a token recorded so far.
    pub async fn seen(&self, key: TokenKey, now: DateTime<Utc>) -> Result<TokenHistory, Error> {
        let desk = self.clone();
        blocking(move || desk.seen_now(&key, now)).await?
    }

    fn seen_now(&self, key: &TokenKey, now: DateTime<Utc>) -> Result<TokenHistory, Error> {
        let connection = self.connection(key.connection)?;
        let list = self.list_of(key.connection)?;
        let sightings = self
            .history_of(&connection)?
            .sightings(&connection, &[&key.id], DateTime::<Utc>::MIN_UTC)
            .map_err(|error| no_history(&error))?
            .pop()
            .flatten();
        // Where no sighting told anything, nothing was seen since the first one.
        let telling = sightings.as_ref().filter(|sightings| !sightings.all.is_empty());
        let since = telling.map(|sightings| sightings.first);
        let sightings = sightings.map(|sightings| sightings.all).unwrap_or_default();
        let sightings = self.by_others(key, sightings);
        let own = sightings.iter().filter_map(|it| it.last_used);
        let others = list.records().filter_map(|token| token.last_used.at());
        let clocks = self.clocks(now);
        let there = clocks.of(key.connection).0;
        let history = UseHistory::of(&sightings, there);
        let frozen = clocks.as_of(key.connection).frozen;
        let rehearse = |days: u16| {
            let revoked = there.checked_sub_signed(TimeDelta::days(days.into()))?;
            let rehearsal = history.as_ref()?.rehearse(revoked)?;
            (!frozen || rehearsal.failed > 0).then_some((days, rehearsal))
        };
        Ok(TokenHistory {
            since,
            rehearsals: REHEARSED.into_iter().filter_map(rehearse).collect(),
            step: Step::of(own.chain(others)),
            history,
            reported: list.last_used_reported(),
        })
    }
}
