//! Loads the complete list: the organization's tokens and those of every project, merged.

mod keep;
mod load;
mod running;
#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_api::TokenOwner;
use load::{Load, Loaded};
use running::Running;
use tokio::task::{AbortHandle, JoinSet};

use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::desk::live::LiveConnection;
use crate::desk::running::loading::{Ending, Loading, Number};
use crate::desk::status::{NoAccess, Status};
use crate::error::{Error, Problem};
use crate::model::connection::ConnectionId;
use crate::system::threads::{blocking, lock};

impl Desk {
    /// Loads the lists that are shown, all at the same time; as [`Self::sync`].
    pub async fn sync_shown(&self, now: DateTime<Utc>) -> Status {
        let mut loads = JoinSet::new();
        for held in self.status().shown() {
            let (desk, id) = (self.clone(), held.connection.id);
            loads.spawn(async move { desk.sync(id, now).await });
        }
        while loads.join_next().await.is_some() {}
        self.status()
    }

    /// Stops the loads of what is shown. Each list stays as it was and says so; a list that is already complete
    /// is kept.
    pub fn stop_sync(&self) {
        self.state().stop_loads();
        self.tell();
    }

    /// Sets how long a load may take, however many requests it needs. The default is 30 minutes.
    pub fn load_within(&self, time: Duration) {
        *lock(&self.inner.loads_within) = time;
    }

    /// Reloads a connection's list; returns whether there is a new one. The previous list stays on screen until
    /// then, or for good if the server can't be reached; a part that fails keeps its last-known tokens.
    ///
    /// If a load with the same credential is running, this waits for its list. The load continues even if
    /// nobody waits for it anymore.
    pub async fn sync(&self, id: ConnectionId, now: DateTime<Utc>) -> bool {
        match self.begin(id, now, false) {
            Some(ending) => self.end_of(id, ending).await,
            None => false,
        }
    }

    /// Like [`Self::sync`], with a list that is asked for from here on: a load that is running ends.
    pub(crate) async fn sync_anew(&self, id: ConnectionId, now: DateTime<Utc>) -> bool {
        match self.begin(id, now, true) {
            Some(ending) => self.end_of(id, ending).await,
            None => false,
        }
    }

    /// Starts a load, unless a suitable one is running; resolves when it ends.
    fn begin(&self, id: ConnectionId, now: DateTime<Utc>, anew: bool) -> Option<Ending> {
        let (running, before, ending) = {
            let mut state = self.state();
            let held = state.connection_mut(id)?;
            if let Some(load) = held.load.as_ref().filter(|it| !anew && it.serves(held.epoch)) {
                return Some(load.ending());
            }
            held.end_load();
            let before = held.load.as_ref().map(Loading::ending);
            let running = Running::new(self, held);
            let load = running.loading();
            let ending = load.ending();
            held.load = Some(load);
            (running, before, ending)
        };
        let number = running.number;
        // Not under the lock: a runtime that is shutting down drops what it is given at once, and a load that is
        // dropped takes the lock.
        let task = tokio::spawn(running.load(before, now)).abort_handle();
        self.runs_in(id, number, task);
        self.tell();
        Some(ending)
    }

    /// A load that was replaced before its task was known ends.
    fn runs_in(&self, id: ConnectionId, number: Number, task: AbortHandle) {
        let mut state = self.state();
        let load = state.connection_mut(id).and_then(|held| held.load.as_mut());
        match load.filter(|load| load.number == number) {
            Some(load) => load.runs_in(task),
            None => task.abort(),
        }
    }

    /// Waits for the end of a load, or of the one that replaced it.
    async fn end_of(&self, id: ConnectionId, mut ending: Ending) -> bool {
        loop {
            let kept = ending.reached().await;
            let state = self.state();
            let next = state.connection(id).and_then(|held| held.load.as_ref());
            match next.filter(|load| load.goes_on()) {
                Some(load) => ending = load.ending(),
                None => return kept,
            }
        }
    }

    /// Changes a connection and notifies the page, unless it has another credential by now or was removed: late
    /// results must not be applied. Returns whether it was changed.
    fn within(&self, epoch: u32, change: impl FnOnce(&mut ConnectionState)) -> bool {
        let done = self.state().in_epoch(epoch).map(change).is_some();
        if done {
            self.tell();
        }
        done
    }
}

impl Running {
    /// Two loads of a connection never write to the disk at the same time: the one before comes to
    /// its end first.
    async fn load(mut self, before: Option<Ending>, now: DateTime<Utc>) {
        if let Some(before) = before {
            before.reached().await;
        }
        let epoch = self.epoch;
        let version = self.desk.state().in_epoch(epoch).map(|held| held.edits.version());
        let Some(began) = version else { return };
        self.began = began;
        match self.loaded(now).await {
            // If this fails, the load's owner reports it.
            Ok(loaded) => drop(blocking(move || self.keep(&loaded, now)).await),
            Err(error) => {
                self.desk.within(epoch, |held| {
                    held.status.no_access = NoAccess::of(&error);
                    held.status.problems = vec![Problem::from(&error)];
                });
            }
        }
    }

    async fn loaded(&self, now: DateTime<Utc>) -> Result<Loaded, Error> {
        let (id, epoch) = (self.connection, self.epoch);
        let live = self.desk.live(id).await?;
        live.in_its_organization().await?;
        let LiveConnection { connection, client, .. } = &live;
        let mut load = Load::new(&self.desk, id, epoch, client, now).await?;
        // Projects and members come from the organization the session works in, which must still be the same.
        live.in_its_organization().await?;
        for project in load.projects.clone() {
            load.part(TokenOwner::Project(project.id.clone()), Some(&project)).await?;
        }
        load.keep_known();
        let organization = TokenOwner::Organization(connection.organization_id.clone());
        load.part(organization, None).await?;
        load.keep_known();
        Ok(load.finish(connection.clone()).await)
    }
}
