//! The state of background checks between two checks.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::desk::connection_state::ConnectionState;
use crate::model::connection::ConnectionId;
use crate::model::watch::Every;
use crate::storage::cache::Store;

pub(crate) struct Watching {
    pub(crate) every: Option<Every>,
    /// When each list was last requested, whatever the outcome.
    tried: HashMap<ConnectionId, DateTime<Utc>>,
    /// When each list was last compared with what was reported about it.
    judged: HashMap<ConnectionId, DateTime<Utc>>,
    /// The connections with something to report that nobody was shown yet.
    unseen: HashSet<ConnectionId>,
}

impl Watching {
    /// As saved; off if that can't be read.
    pub(crate) fn remembered(store: &Store) -> Self {
        let hours = store.watch().unwrap_or_else(|error| {
            tracing::warn!(%error, "whether to watch is not known");
            None
        });
        Self {
            every: hours.map(Every::hours),
            tried: HashMap::new(),
            judged: HashMap::new(),
            unseen: HashSet::new(),
        }
    }

    /// A list is asked for.
    pub(crate) fn tries(&mut self, id: ConnectionId, now: DateTime<Utc>) {
        self.tried.insert(id, now);
    }

    /// A list is compared with what was reported about it, and there may be something to report.
    pub(crate) fn judges(&mut self, id: ConnectionId, now: DateTime<Utc>) {
        self.judged.insert(id, now);
        self.unseen.insert(id);
    }

    /// Nothing about a connection is left to report.
    pub(crate) fn was_shown(&mut self, id: ConnectionId) {
        self.unseen.remove(&id);
    }

    /// When a list is due.
    pub(crate) fn next(&self, every: Every, held: &ConnectionState) -> Option<DateTime<Utc>> {
        let wanted = wanted(every, held);
        let tried = self.tried.get(&held.connection.id);
        Some(tried.map_or(wanted, |&tried| wanted.max(tried + RETRY))).filter(|_| is_watched(held))
    }

    /// Whether a list is due. How old one is that was loaded in the future is not known, and so it
    /// is due: a clock that ran ahead dated it.
    pub(crate) fn is_due(&self, every: Every, held: &ConnectionState, now: DateTime<Utc>) -> bool {
        let tried = self.tried.get(&held.connection.id);
        let ahead = held.status.synced_at.is_some_and(|loaded| loaded > now);
        is_watched(held)
            && tried.is_none_or(|&tried| over(tried, now))
            && (ahead || wanted(every, held) <= now)
    }

    /// Whether to compare a list as it is: something wasn't shown yet, or a bulk revoke has become due.
    pub(crate) fn is_to_be_judged(&self, held: &ConnectionState, now: DateTime<Utc>) -> bool {
        let id = held.connection.id;
        let judged = self.judged.get(&id);
        let mut bulk_revokes = held.journaled.bulk_revokes.iter().filter_map(|it| it.due);
        let came = |due| due <= now && judged.is_none_or(|&judged| judged < due);
        let again = self.unseen.contains(&id) && judged.is_none_or(|&judged| over(judged, now));
        !held.connection.sandbox && (again || is_watched(held) && bulk_revokes.any(came))
    }
}

/// Whether it is time to try again. It is, too, if the clock was set back.
fn over(tried: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    !(tried..tried + RETRY).contains(&now)
}

fn wanted(every: Every, held: &ConnectionState) -> DateTime<Utc> {
    held.status.synced_at.map_or(DateTime::UNIX_EPOCH, |loaded| {
        let old = loaded + every.span();
        // A bulk revoke is asked about with the list as it is at its time.
        let bulk_revokes = held.journaled.bulk_revokes.iter().filter_map(|it| it.due);
        bulk_revokes.filter(|&due| due > loaded).fold(old, DateTime::min)
    })
}

/// The embedded sandbox ends with the app; and without a credential nothing can be asked.
pub(crate) fn is_watched(held: &ConnectionState) -> bool {
    !held.connection.sandbox && !held.status.signed_out()
}

/// After this time an unreachable server is tried again, and what nobody was shown is reported again.
pub(crate) const RETRY: TimeDelta = TimeDelta::minutes(15);
