//! Loading the whole list: the organization's tokens and those of every project, merged.

mod load;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::TokenOwner;

use crate::connection::Connection;
use crate::desk::{Desk, InUse, blocking};
use crate::error::{Code, Error, Problem};
use crate::inventory::{Inventory, Project, Search};
use load::Load;

pub(crate) use load::record;

/// Whether a list is being loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is going on.
    Idle,
    /// A list is being loaded.
    Syncing,
}

/// How the list came about, and how its next one is coming along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Grows with every change of the list.
    pub generation: u32,
    /// Whether a list is being loaded.
    pub phase: Phase,
    /// Tokens received so far by the load that is going on.
    pub loaded: u32,
    /// When the load of this list began; `None` before the first one.
    pub synced_at: Option<DateTime<Utc>>,
    /// Whether every part of the list could be loaded.
    pub complete: bool,
    /// What failed in the last load.
    pub problems: Vec<Problem>,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// The organization's projects.
    pub projects: Vec<Project>,
    /// Whether the credential has to be given again.
    pub credential_missing: bool,
}

/// A load that came to its end, whole or in part.
struct Loaded {
    connection: Connection,
    list: Inventory,
    complete: bool,
    problems: Vec<Problem>,
}

impl Desk {
    /// Loads the list anew. The one before stays on screen until then, and for good where the
    /// server cannot be asked; a part that fails keeps its last-known tokens.
    ///
    /// A second call while one is going on changes nothing.
    pub async fn sync(&self, now: DateTime<Utc>) -> Status {
        if let Some(session) = self.begin() {
            let outcome = self.load(session).await;
            self.finish(session, outcome, now).await;
        }
        self.status()
    }

    /// The session whose list is to be loaded, unless that is going on already.
    fn begin(&self) -> Option<u32> {
        let session = self.session().number;
        let mut begun = false;
        self.within(session, || {
            self.change_status(|status| {
                begun = status.phase == Phase::Idle;
                if begun {
                    status.phase = Phase::Syncing;
                    status.loaded = 0;
                }
            })
        });
        begun.then_some(session)
    }

    async fn load(&self, session: u32) -> Result<Loaded, Error> {
        let InUse { connection, client, .. } = self.in_use().await?;
        let mut load = Load::new(self, session, &client).await?;
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
                blocking(move || desk.keep(session, loaded, now)).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            self.within(session, || {
                self.change_status(|status| {
                    status.phase = Phase::Idle;
                    status.credential_missing = error.code() == Code::Credential;
                    status.problems = vec![Problem::from(&error)];
                })
            });
        }
    }

    /// Shows the list, then writes it down; neither where another connection is in use by now.
    fn keep(&self, session: u32, loaded: Loaded, now: DateTime<Utc>) {
        let Loaded { connection, list, complete, mut problems } = loaded;
        let on_disk = {
            let search = self.search();
            search.saved && *search.list == list
        };
        let search = Search::new(list, &self.inner.policy, now);
        let list = Arc::clone(&search.list);
        let change = |status: &mut Status| {
            status.synced_at = Some(now);
            status.complete = complete;
            status.problems.clone_from(&problems);
            status.credential_missing = false;
        };
        if !self.within(session, || self.replace_list(search, change)) {
            return;
        }
        let store = &self.inner.store;
        let saved = match on_disk {
            _ if connection.sandbox => Ok(()),
            true => store.mark_synced(&connection, now, complete),
            false => store.save_list(&connection, &list, now, complete),
        };
        match saved {
            Ok(()) => self.note_saved(&list),
            Err(error) => problems.push(Problem::from(&Error::from(error))),
        }
        self.within(session, || {
            self.change_status(|status| {
                status.phase = Phase::Idle;
                status.problems = problems;
            })
        });
    }

    fn note_saved(&self, list: &Arc<Inventory>) {
        let mut search = self.search();
        if Arc::ptr_eq(&search.list, list) {
            search.saved = true;
        }
    }
}
