//! Background checks: the lists are reloaded every few hours, and what has passed a limit since is reported
//! once.
//!
//! Nothing here keeps time. The caller asks often whether a check is due. After sleep one check is due,
//! however many were missed.

mod news;
mod told;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use news::Since;

use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::desk::running::watching::is_watched;
use crate::desk::status::NoAccess;
use crate::error::Error;
use crate::model::connection::ConnectionId;
use crate::model::watch::{Every, Told};
use crate::system::threads::{blocking, lock};
pub use news::WatchNews;
use told::Seen;

/// Whether and how often background checks run, and their state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// How often; `None` while nothing is watched.
    pub every: Option<Every>,
    /// When the next list is due, if one is.
    pub next: Option<DateTime<Utc>>,
    /// The names of the connections that have to be signed in to first.
    pub stopped: Vec<String>,
    /// The names of connections whose credential isn't available from the keychain right now; checks try
    /// again.
    pub waiting: Vec<String>,
}

impl Desk {
    /// Whether and how often background checks run, and their state.
    #[must_use]
    pub fn watch(&self) -> Watch {
        let (watching, state) = (lock(&self.inner.watching), self.state());
        let next =
            |every| state.connections.iter().filter_map(|held| watching.next(every, held)).min();
        let named = |fits: fn(NoAccess) -> bool| {
            let fitting =
                state.connections.iter().filter(|it| it.status.no_access.is_some_and(fits));
            fitting.map(|held| held.connection.appearance.label.clone()).collect()
        };
        Watch {
            every: watching.every,
            next: watching.every.and_then(next),
            stopped: named(NoAccess::needs_sign_in),
            waiting: named(|why| !why.needs_sign_in()),
        }
    }

    /// Turns checks on at this interval, or off. What has already passed a limit isn't reported, since the
    /// admin sees the list at that moment.
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
                desk.judged(&desk.listed_connections(), now)?;
            }
            Ok(())
        })
        .await?
    }

    /// Loads the lists that are due and returns what to report. Call [`Self::mark_told`] once it is shown;
    /// otherwise it is returned again.
    pub async fn check_due(&self, now: DateTime<Utc>) -> Result<Option<WatchNews>, Error> {
        let (load, judge) = {
            let (watching, state) = (lock(&self.inner.watching), self.state());
            let Some(every) = watching.every else { return Ok(None) };
            let of = |fits: &dyn Fn(&ConnectionState) -> bool| -> Vec<ConnectionId> {
                let fitting = state.connections.iter().filter(|held| fits(held));
                fitting.map(|held| held.connection.id).collect()
            };
            let load = of(&|held| watching.is_due(every, held, now));
            (load, of(&|held| watching.is_to_be_judged(held, now)))
        };
        let fresh = self.loaded(load, now).await;
        self.to_tell(judge.into_iter().chain(fresh).collect(), now).await
    }

    /// Checks every list now. The caller always gets a result.
    pub async fn check_now(&self, now: DateTime<Utc>) -> Result<WatchNews, Error> {
        let ids = self.connections();
        let fresh = self.loaded(ids.clone(), now).await;
        let news = self.to_tell(fresh.clone(), now).await?;
        let mut unread = self.seen_of(&self.all_connections());
        unread.retain(|seen| {
            seen.signed_out() || !fresh.contains(&seen.connection) || !seen.gaps.is_empty()
        });
        Ok(news.unwrap_or_else(|| news::nothing(&unread)))
    }

    /// Records that the news was shown, so that it isn't reported again.
    pub async fn mark_told(&self, news: &WatchNews) -> Result<(), Error> {
        let (desk, told) = (self.clone(), news.causes.clone());
        blocking(move || {
            let mark = |(id, causes): &(ConnectionId, Told)| {
                desk.inner.store.add_told(*id, causes)?;
                lock(&desk.inner.watching).was_shown(*id);
                Ok(())
            };
            // A failure for one doesn't keep others from being marked.
            told.iter().map(mark).fold(Ok(()), Result::and)
        })
        .await?
    }

    /// Loads lists; returns those with a result: the list, or that it needs a sign-in.
    async fn loaded(&self, ids: Vec<ConnectionId>, now: DateTime<Utc>) -> HashSet<ConnectionId> {
        let mut known = HashSet::new();
        for id in ids {
            lock(&self.inner.watching).tries(id, now);
            let fresh = self.sync(id, now).await;
            let signed_out =
                || self.state().connection(id).is_some_and(|it| it.status.signed_out());
            if fresh || signed_out() {
                known.insert(id);
            }
        }
        known
    }

    /// The news to report about these connections.
    async fn to_tell(
        &self,
        ids: HashSet<ConnectionId>,
        now: DateTime<Utc>,
    ) -> Result<Option<WatchNews>, Error> {
        let desk = self.clone();
        blocking(move || {
            let mut ids: Vec<_> = ids.into_iter().collect();
            ids.sort_unstable();
            Ok(news::of(&desk.judged(&ids, now)?))
        })
        .await?
    }

    /// Compares lists with what was reported about them. A failure for one doesn't affect the others.
    fn judged(&self, ids: &[ConnectionId], now: DateTime<Utc>) -> Result<Vec<Since>, Error> {
        let (mut judged, mut failed) = (Vec::new(), None);
        for mut seen in self.seen_of(ids) {
            seen.turned = self.rotation_turns(seen.connection, now);
            match self.since_told(seen, now) {
                Ok(since) => judged.push(since),
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if judged.iter().all(|since| since.new.is_empty()) => Err(error),
            Some(error) => {
                tracing::warn!(%error, "what was told of a connection is not known");
                Ok(judged)
            }
            None => Ok(judged),
        }
    }

    fn connections(&self) -> Vec<ConnectionId> {
        self.those(is_watched)
    }

    fn listed_connections(&self) -> Vec<ConnectionId> {
        self.those(|held| is_watched(held) && held.status.synced_at.is_some())
    }

    fn all_connections(&self) -> Vec<ConnectionId> {
        self.those(|held| !held.connection.sandbox)
    }

    fn those(&self, fits: impl Fn(&ConnectionState) -> bool) -> Vec<ConnectionId> {
        let state = self.state();
        state.connections.iter().filter(|held| fits(held)).map(|held| held.connection.id).collect()
    }

    fn seen_of(&self, ids: &[ConnectionId]) -> Vec<Seen> {
        let state = self.state();
        ids.iter().filter_map(|&id| state.connection(id)).map(Seen::of).collect()
    }

    /// What happened in a list since the last report. What no longer applies can be reported again later.
    /// The first time there is nothing to compare with, and everything counts as reported.
    fn since_told(&self, seen: Seen, now: DateTime<Utc>) -> Result<Since, Error> {
        let (policies, covers) = {
            let state = self.state();
            (state.policies(), state.covers())
        };
        let (store, id) = (&self.inner.store, seen.connection);
        // Until it is known that there is nothing, or it was shown.
        lock(&self.inner.watching).judges(id, now);
        let before = store.told(id)?;
        let known = before.as_ref();
        let holds = seen.told(known.unwrap_or(&Told::new()), &policies.of(id), &covers, now);
        let new: Told = known.map_or_else(Told::new, |it| holds.difference(it).cloned().collect());
        store.set_told(id, &holds.difference(&new).cloned().collect())?;
        if new.is_empty() {
            lock(&self.inner.watching).was_shown(id);
        }
        Ok(Since { seen, new })
    }
}
