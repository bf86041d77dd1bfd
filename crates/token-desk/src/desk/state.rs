//! The connections of this app, each with its list and where that comes from.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::{Client, TokenId};
use token_audit::Policy;

use crate::desk::connection_state::ConnectionState;
use crate::desk::journaled::Journaled;
use crate::desk::status::{ListStatus, NoAccess, Shown, Status};
use crate::error::{Error, Problem};
use crate::list::{Cover, Inventory, Labels, Policies, Troubled};
use crate::model::connection::{Connection, ConnectionId, CredentialStorage};
use crate::model::news::Fresh;
use crate::model::notes::Noted;
use crate::model::rotation::RotationRole;
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;
use crate::model::token::leak::Leaked;
use crate::storage::cache::Remembered;
use crate::storage::journal::Journals;

/// The connections of this app, and what holds for all of them.
pub(crate) struct State {
    pub(crate) connections: Vec<ConnectionState>,
    pub(crate) shown: Shown,
    /// Grows whenever what is shown needs to be listed again.
    pub(crate) revision: u32,
    pub(crate) problems: Vec<Problem>,
    epochs: u32,
    /// The highest id a connection ever had here.
    ids: u32,
    /// How many times the status was read.
    looks: u32,
}

impl State {
    pub(crate) fn new(shown: Shown) -> Self {
        Self {
            connections: Vec::new(),
            shown,
            revision: 0,
            problems: Vec::new(),
            epochs: 0,
            ids: 0,
            looks: 0,
        }
    }

    /// Reads the part of each connection's journal that is shown; failures are reported elsewhere.
    pub(crate) fn read_journals(&mut self, journals: &Journals) {
        for held in &mut self.connections {
            held.journaled = Journaled::read(journals, &held.connection).unwrap_or_default();
        }
    }

    /// A connection as it was left.
    pub(crate) fn add_remembered(
        &mut self,
        remembered: Remembered,
        list: Inventory,
        notes: HashMap<TokenId, Noted>,
        leaked: Leaked,
    ) {
        let Remembered { connection, synced_at, gaps } = remembered;
        let kept = connection.storage == CredentialStorage::Keychain;
        let no_access = (!kept).then_some(NoAccess::NoCredential);
        let status = ListStatus { synced_at, gaps, no_access, ..ListStatus::NEW };
        let epoch = self.next_epoch();
        self.add(ConnectionState {
            list: Arc::new(list),
            saved: true,
            status,
            notes,
            leaked: Arc::new(leaked),
            ..ConnectionState::new(connection, epoch)
        });
    }

    /// Adds a connection, or a new credential for an existing one, whose list is kept. Returns the number of
    /// its session.
    pub(crate) fn connect(&mut self, connection: Connection, client: Client) -> u32 {
        let epoch = self.next_epoch();
        if let Some(held) = self.connection_mut(connection.id) {
            held.status = ListStatus {
                synced_at: held.status.synced_at,
                gaps: mem::take(&mut held.status.gaps),
                ..ListStatus::NEW
            };
            held.end_load();
            held.mark_own(&client);
            (held.connection, held.client, held.epoch) = (connection, Some(client), epoch);
            return epoch;
        }
        self.add(ConnectionState {
            client: Some(client),
            ..ConnectionState::new(connection, epoch)
        });
        epoch
    }

    pub(crate) fn show(&mut self, shown: Shown) {
        self.shown = shown;
        self.list_anew();
    }

    /// The list shown is outdated.
    pub(crate) fn list_anew(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }

    pub(crate) fn connection(&self, id: ConnectionId) -> Option<&ConnectionState> {
        self.connections.iter().find(|held| held.connection.id == id)
    }

    pub(crate) fn connection_mut(&mut self, id: ConnectionId) -> Option<&mut ConnectionState> {
        self.connections.iter_mut().find(|held| held.connection.id == id)
    }

    pub(crate) fn in_epoch(&mut self, epoch: u32) -> Option<&mut ConnectionState> {
        self.connections.iter_mut().find(|held| held.epoch == epoch)
    }

    /// An id that no connection had before, so that references to a removed one never match another.
    pub(crate) fn next_id(&self) -> ConnectionId {
        ConnectionId(self.ids + 1)
    }

    /// The app itself has a problem, until that is settled.
    pub(crate) fn note(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// It has it no longer.
    pub(crate) fn settle(&mut self, problem: &Problem) {
        self.problems.retain(|it| it != problem);
    }

    /// The lists that are shown.
    pub(crate) fn lists(&self) -> Vec<(ConnectionId, Arc<Inventory>)> {
        self.shown_connections().map(ConnectionState::named_list).collect()
    }

    /// The lists of all connections.
    pub(crate) fn all_lists(&self) -> Vec<(ConnectionId, Arc<Inventory>)> {
        self.connections.iter().map(ConnectionState::named_list).collect()
    }

    /// The tokens that are new since the last visit.
    pub(crate) fn fresh(&self) -> Fresh {
        let of = |held: &ConnectionState| {
            Some((held.connection.id, Arc::clone(&held.news.as_ref()?.new)))
        };
        Fresh(self.connections.iter().filter_map(of).collect())
    }

    /// The tokens of the rotations that go on, and their parts in them.
    pub(crate) fn rotating(&self) -> Vec<(TokenKey, RotationRole)> {
        let records = self.connections.iter().flat_map(|held| &held.journaled.rotations);
        let pairs = records.filter_map(|record| {
            let (role, new) = record.role_of(&record.old)?;
            Some([(record.old.clone(), role), (new.clone(), RotationRole::New)])
        });
        pairs.flatten().collect()
    }

    /// The policy and the environment of each connection, its leaked tokens, and those whose rotations are stuck.
    pub(crate) fn policies(&self) -> Policies {
        let of = |held: &ConnectionState| {
            let it = &held.connection;
            let (leaked, stuck) = (Arc::clone(&held.leaked), Arc::clone(&held.stuck));
            (it.id, it.policy, it.appearance.environment, Troubled { leaked, stuck })
        };
        Policies(self.connections.iter().map(of).collect())
    }

    /// The connections of whose list a part is missing.
    pub(crate) fn incomplete(&self) -> Vec<ConnectionId> {
        let incomplete = self.connections.iter().filter(|held| !held.status.complete());
        incomplete.map(|held| held.connection.id).collect()
    }

    /// The policy of the connections shown, if it is the same for all.
    pub(crate) fn shown_policy(&self) -> Option<Policy> {
        let mut policies = self.shown_connections().map(|held| held.connection.policy);
        let first = policies.next()?;
        policies.all(|policy| policy == first).then_some(first)
    }

    /// The findings that the admin has decided on.
    pub(crate) fn covers(&self) -> Vec<Cover> {
        self.connections.iter().flat_map(ConnectionState::covers).collect()
    }

    /// The time for each connection's tokens, when it is `now` on this computer.
    pub(crate) fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        Clocks::new(now, self.connections.iter().map(ConnectionState::clock))
    }

    /// The labels of the connections.
    pub(crate) fn labels(&self) -> Labels {
        let of =
            |held: &ConnectionState| (held.connection.id, held.connection.appearance.label.clone());
        Labels(self.connections.iter().map(of).collect())
    }

    pub(crate) fn shown_connections(&self) -> impl Iterator<Item = &ConnectionState> {
        let of = |id| self.shown == Shown::All || self.shown == Shown::One(id);
        self.connections.iter().filter(move |held| of(held.connection.id))
    }

    /// Stops the loads of the lists shown. Each list stays as it was and says so.
    pub(crate) fn stop_loads(&mut self) {
        let shown = self.shown;
        let of = |held: &&mut ConnectionState| {
            shown == Shown::All || shown == Shown::One(held.connection.id)
        };
        for held in self.connections.iter_mut().filter(of).filter(|held| held.is_loading()) {
            held.end_load();
            held.status.problems = vec![Problem::from(&Error::Stopped)];
        }
    }

    pub(crate) fn status(&mut self, generation: u32) -> Status {
        self.looks = self.looks.wrapping_add(1);
        Status {
            number: self.looks,
            generation,
            shown: self.shown,
            connections: self.connections.iter().map(ConnectionState::status).collect(),
            problems: self.problems.clone(),
            bulk_revoke: None,
            waiting: None,
        }
    }

    fn add(&mut self, held: ConnectionState) {
        self.ids = self.ids.max(held.connection.id.0);
        self.connections.push(held);
    }

    fn next_epoch(&mut self) -> u32 {
        self.epochs += 1;
        self.epochs
    }
}
