//! Loading the whole list: the organization's tokens and those of every project, merged.

mod load;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::TokenOwner;
use tokio::task::JoinSet;

use crate::clocks;
use crate::connection::{Connection, ConnectionId};
use crate::desk::{Desk, InUse, blocking};
use crate::error::{Code, Error, Problem};
use crate::heap;
use crate::history::Snapshot;
use crate::inventory::Inventory;
use crate::state::Line;
use crate::status::{Phase, Status};
use load::Load;

pub(crate) use load::record;

/// A load that came to its end, whole or in part.
struct Loaded {
    connection: Connection,
    list: Inventory,
    complete: bool,
    /// The parts that were not read whole: the id of a project, or nothing for the organization's own.
    unread: Vec<String>,
    problems: Vec<Problem>,
    /// How far the server's clock is ahead of this computer's.
    skew: TimeDelta,
}

impl Desk {
    /// Loads the lists that are shown, all at the same time; as [`Self::sync`].
    pub async fn sync_shown(&self, now: DateTime<Utc>) -> Status {
        let mut loads = JoinSet::new();
        for line in self.status().shown() {
            let (desk, id) = (self.clone(), line.connection.id);
            loads.spawn(async move { desk.sync(id, now).await });
        }
        while loads.join_next().await.is_some() {}
        self.status()
    }

    /// Loads a connection's list anew. The one before stays on screen until then, and for good
    /// where the server cannot be asked; a part that fails keeps its last-known tokens.
    ///
    /// A second call while one is going on changes nothing.
    pub async fn sync(&self, id: ConnectionId, now: DateTime<Utc>) {
        if let Some(session) = self.begin(id) {
            let outcome = self.load(id, session).await;
            self.finish(session, outcome, now).await;
        }
    }

    /// The session whose list is to be loaded, unless that is going on already.
    fn begin(&self, id: ConnectionId) -> Option<u32> {
        let session = self.state().line(id)?.session;
        let mut begun = false;
        self.within(session, |line| {
            begun = line.status.phase == Phase::Idle;
            if begun {
                line.status.phase = Phase::Syncing;
                line.status.loaded = 0;
            }
        });
        begun.then_some(session)
    }

    async fn load(&self, id: ConnectionId, session: u32) -> Result<Loaded, Error> {
        let InUse { connection, client, .. } = self.in_use(id).await?;
        let mut load = Load::new(self, id, session, &client).await?;
        for project in load.projects.clone() {
            load.part(TokenOwner::Project(project.id.clone()), Some(&project)).await?;
        }
        let organization = TokenOwner::Organization(connection.organization_id.clone());
        load.part(organization, None).await?;
        Ok(load.finish(connection))
    }

    async fn finish(&self, session: u32, outcome: Result<Loaded, Error>, now: DateTime<Utc>) {
        let outcome = match outcome {
            Ok(loaded) => {
                let desk = self.clone();
                blocking(move || {
                    desk.keep(session, loaded, now);
                    heap::give_back();
                })
                .await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            self.within(session, |line| {
                line.status.phase = Phase::Idle;
                line.status.credential_missing = error.code() == Code::Credential;
                line.status.problems = vec![Problem::from(&error)];
            });
        }
    }

    /// Shows the list, then writes it down; neither where the connection was left meanwhile.
    fn keep(&self, session: u32, loaded: Loaded, now: DateTime<Utc>) {
        let Loaded { connection, list, complete, unread, mut problems, skew } = loaded;
        let change = |line: &mut Line| {
            line.status.synced_at = Some(now);
            line.status.complete = complete;
            line.skew = skew;
            line.status.problems.clone_from(&problems);
            line.status.credential_missing = false;
        };
        let on_disk =
            self.state().in_session(session).is_some_and(|it| it.saved && *it.list == list);
        let list = Arc::new(list);
        let kept = if on_disk {
            self.within(session, change)
        } else {
            self.replace_list(session, &list, now, change)
        };
        if !kept {
            return;
        }
        self.reconcile(&connection, &list, complete, now, skew);
        let store = &self.inner.store;
        let saved = match on_disk {
            _ if connection.sandbox => Ok(()),
            true => store.mark_synced(connection.id, now, complete),
            false => store.save_list(connection.id, &list, now, complete),
        };
        let on_disk = saved.is_ok();
        problems.extend(saved.err().map(|error| Problem::from(&Error::from(error))));
        let snapshot = Snapshot {
            connection: &connection,
            list: &list,
            unread: (!complete).then_some(&*unread),
            at: clocks::by_server(now, skew),
        };
        let recorded = self.record(&snapshot).and_then(|()| self.news_of(&connection));
        let news = recorded.unwrap_or_else(|error| {
            problems.push(Problem::from(&error));
            None
        });
        self.within(session, |line| {
            // A token may have been created or revoked since.
            line.saved &= on_disk;
            line.saved |= on_disk && Arc::ptr_eq(&line.list, &list);
            line.status.phase = Phase::Idle;
            line.status.problems = problems;
            line.news = news;
        });
        self.mark_fresh();
    }
}
