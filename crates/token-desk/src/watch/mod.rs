//! Watching: the lists are loaded again every few hours, and what has passed a limit meanwhile is
//! told, once (product §8).
//!
//! Nothing here keeps time. Whoever does asks often whether a check is due; a computer that slept
//! finds one due when it wakes, not one for each that it missed.

mod news;
mod told;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::connection::ConnectionId;
use crate::desk::{Desk, blocking, lock};
use crate::error::Error;
use crate::state::Line;
use crate::store::Store;

use news::Since;
pub use news::WatchNews;
use told::Seen;
pub(crate) use told::{Cause, Told};

/// A server that could not be asked is asked again after this.
const RETRY: TimeDelta = TimeDelta::minutes(15);

/// How often the lists are loaded: in hours, from 1 to 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every(u32);

impl Every {
    /// So many hours; the nearest that is allowed.
    #[must_use]
    pub fn hours(hours: u32) -> Self {
        Self(hours.clamp(1, 24))
    }

    /// The hours.
    #[must_use]
    pub fn in_hours(self) -> u32 {
        self.0
    }

    fn span(self) -> TimeDelta {
        TimeDelta::hours(self.0.into())
    }
}

/// Whether and how often is watched, and how it is going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// How often; `None` while nothing is watched.
    pub every: Option<Every>,
    /// When the next list is due, if one is.
    pub next: Option<DateTime<Utc>>,
    /// The names of the connections that have to be signed in to first.
    pub stopped: Vec<String>,
}

/// What the desk remembers of it.
pub(crate) struct Watching {
    every: Option<Every>,
    /// When each connection was last checked, whatever came of it.
    tried: HashMap<ConnectionId, DateTime<Utc>>,
}

impl Watching {
    /// As it was left; it is off where that cannot be read.
    pub(crate) fn remembered(store: &Store) -> Self {
        let hours = store.watch().unwrap_or_else(|error| {
            tracing::warn!(%error, "whether to watch is not known");
            None
        });
        Self { every: hours.map(Every::hours), tried: HashMap::new() }
    }

    fn next(&self, every: Every, line: &Line) -> Option<DateTime<Utc>> {
        let wanted = line.status.synced_at.map_or(DateTime::UNIX_EPOCH, |loaded| {
            let old = loaded + every.span();
            // A clean-up is asked about with the list as it is at its time.
            let cleanups = line.journaled.cleanups.iter().filter_map(|it| it.due);
            cleanups.filter(|&due| due > loaded).fold(old, DateTime::min)
        });
        let tried = self.tried.get(&line.connection.id);
        Some(tried.map_or(wanted, |&tried| wanted.max(tried + RETRY))).filter(|_| is_watched(line))
    }

    /// Whether a list is due. How old one is that was loaded in the future is not known, and so it
    /// is due; it is tried again no sooner than another.
    fn is_due(&self, every: Every, line: &Line, now: DateTime<Utc>) -> bool {
        let tried = self.tried.get(&line.connection.id).copied();
        let (tried_ahead, loaded_ahead) =
            (is_ahead(tried, now), is_ahead(line.status.synced_at, now));
        match self.next(every, line) {
            None => false,
            Some(_) if tried_ahead => true,
            Some(_) if loaded_ahead => tried.is_none_or(|tried| tried + RETRY <= now),
            Some(next) => next <= now,
        }
    }
}

/// Whether a time lies in the future: what was noted then, a clock that ran ahead noted.
fn is_ahead(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    at.is_some_and(|at| at > now)
}

/// The embedded sandbox ends with the app; and without a credential nothing can be asked.
fn is_watched(line: &Line) -> bool {
    !line.connection.sandbox && !line.status.signed_out()
}

impl Desk {
    /// Whether and how often is watched, and how it is going.
    #[must_use]
    pub fn watch(&self) -> Watch {
        let (watching, state) = (lock(&self.inner.watching), self.state());
        let next = |every| state.lines.iter().filter_map(|line| watching.next(every, line)).min();
        let stopped = state.lines.iter().filter(|line| line.status.signed_out());
        Watch {
            every: watching.every,
            next: watching.every.and_then(next),
            stopped: stopped.map(|line| line.connection.look.label.clone()).collect(),
        }
    }

    /// Watches so often, or no longer. What has passed its limit by then is not told: whoever turns
    /// it on has the list before them.
    pub async fn change_watch(
        &self,
        every: Option<Every>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            desk.inner.store.set_watch(every.map(Every::in_hours))?;
            let before = std::mem::replace(&mut lock(&desk.inner.watching).every, every);
            if before.is_none() && every.is_some() {
                let listed = |seen: &Seen| seen.synced_at.is_some();
                for seen in desk.seen_of(&desk.connections()).into_iter().filter(listed) {
                    desk.since_told(seen, now)?;
                }
            }
            Ok(())
        })
        .await?
    }

    /// Loads the lists that are due, and gives what is to be told.
    pub async fn check_due(&self, now: DateTime<Utc>) -> Result<Option<WatchNews>, Error> {
        let due = {
            let (watching, state) = (lock(&self.inner.watching), self.state());
            let Some(every) = watching.every else { return Ok(None) };
            let is_due = |line: &&Line| watching.is_due(every, line, now);
            state.lines.iter().filter(is_due).map(|line| line.connection.id).collect()
        };
        Ok(self.check(due, now).await?.1)
    }

    /// Loads every list that is watched at once. Whoever asks for it hears of it in any case.
    pub async fn check_now(&self, now: DateTime<Utc>) -> Result<WatchNews, Error> {
        let ids = self.connections();
        let (read, news) = self.check(ids.clone(), now).await?;
        let old = |seen: &Seen| !read.contains(&seen.connection);
        let unread: Vec<_> =
            self.seen_of(&ids).into_iter().filter(old).map(|seen| seen.label).collect();
        Ok(news.unwrap_or_else(|| news::nothing(&unread)))
    }

    /// Loads these lists; those that were loaded, and what is to be told.
    async fn check(
        &self,
        ids: Vec<ConnectionId>,
        now: DateTime<Utc>,
    ) -> Result<(Vec<ConnectionId>, Option<WatchNews>), Error> {
        let mut read = Vec::new();
        for &id in &ids {
            lock(&self.inner.watching).tried.insert(id, now);
            if self.sync(id, now).await {
                read.push(id);
            }
        }
        let desk = self.clone();
        blocking(move || {
            let loaded = |seen: &Seen| seen.signed_out || read.contains(&seen.connection);
            let all = desk.seen_of(&ids).into_iter().filter(loaded);
            let since =
                all.map(|seen| desk.since_told(seen, now)).collect::<Result<Vec<_>, _>>()?;
            let news = news::of(&since);
            Ok((read, news))
        })
        .await?
    }

    fn connections(&self) -> Vec<ConnectionId> {
        let state = self.state();
        state.lines.iter().filter(|line| is_watched(line)).map(|line| line.connection.id).collect()
    }

    fn seen_of(&self, ids: &[ConnectionId]) -> Vec<Seen> {
        let state = self.state();
        ids.iter().filter_map(|&id| state.line(id)).map(Seen::of).collect()
    }

    /// What came to pass in a list since it was last told; from now on it counts as told. At the
    /// first look there is nothing to compare it with.
    fn since_told(&self, seen: Seen, now: DateTime<Utc>) -> Result<Since, Error> {
        let (policies, covers) = {
            let state = self.state();
            (state.policies(), state.covers())
        };
        let (store, id) = (&self.inner.store, seen.connection);
        let before = store.told(id)?;
        let told =
            seen.told(before.as_ref().unwrap_or(&Told::new()), &policies.of(id), &covers, now);
        store.set_told(id, &told)?;
        let new = before.map(|before| told.difference(&before).cloned().collect());
        Ok(Since { seen, new: new.unwrap_or_default() })
    }
}
