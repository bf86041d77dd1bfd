//! The connections of this app, each with its list and where that comes from.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::Client;
use token_audit::Policy;

use crate::desk::journaled::Journaled;
use crate::desk::line::Line;
use crate::desk::status::{ListStatus, NoAccess, Shown, Status};
use crate::error::{Error, Problem};
use crate::list::{Cover, Inventory, Labels, Policies};
use crate::model::connection::{Connection, ConnectionId, CredentialStorage};
use crate::model::news::Fresh;
use crate::model::notes::Noted;
use crate::model::time::clocks::Clocks;
use crate::storage::cache::Remembered;
use crate::storage::journal::Journals;

/// The connections of this app, and what holds for all of them.
pub(crate) struct State {
    pub(crate) lines: Vec<Line>,
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
            lines: Vec::new(),
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
        for line in &mut self.lines {
            line.journaled = Journaled::read(journals, &line.connection).unwrap_or_default();
        }
    }

    /// A connection as it was left.
    pub(crate) fn add_remembered(
        &mut self,
        remembered: Remembered,
        list: Inventory,
        notes: HashMap<String, Noted>,
    ) {
        let Remembered { connection, synced_at, gaps } = remembered;
        let kept = connection.storage == CredentialStorage::Keychain;
        let no_access = (!kept).then_some(NoAccess::NoCredential);
        let status = ListStatus { synced_at, gaps, no_access, ..ListStatus::NEW };
        let epoch = self.next_epoch();
        self.add(Line {
            list: Arc::new(list),
            saved: true,
            status,
            notes,
            ..Line::new(connection, epoch)
        });
    }

    /// Adds a connection, or a new credential for an existing one, whose list is kept. Returns the number of
    /// its session.
    pub(crate) fn connect(&mut self, connection: Connection, client: Client) -> u32 {
        let epoch = self.next_epoch();
        if let Some(line) = self.line_mut(connection.id) {
            line.status = ListStatus {
                synced_at: line.status.synced_at,
                gaps: mem::take(&mut line.status.gaps),
                ..ListStatus::NEW
            };
            line.end_load();
            line.mark_own(&client);
            (line.connection, line.client, line.epoch) = (connection, Some(client), epoch);
            return epoch;
        }
        self.add(Line { client: Some(client), ..Line::new(connection, epoch) });
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

    pub(crate) fn line(&self, id: ConnectionId) -> Option<&Line> {
        self.lines.iter().find(|line| line.connection.id == id)
    }

    pub(crate) fn line_mut(&mut self, id: ConnectionId) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.connection.id == id)
    }

    pub(crate) fn in_epoch(&mut self, epoch: u32) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.epoch == epoch)
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
        self.shown_lines().map(Line::named_list).collect()
    }

    /// The lists of all connections.
    pub(crate) fn all_lists(&self) -> Vec<(ConnectionId, Arc<Inventory>)> {
        self.lines.iter().map(Line::named_list).collect()
    }

    /// The tokens that are new since the last visit.
    pub(crate) fn fresh(&self) -> Fresh {
        let of = |line: &Line| Some((line.connection.id, Arc::clone(&line.news.as_ref()?.new)));
        Fresh(self.lines.iter().filter_map(of).collect())
    }

    /// The policy and the environment of each connection.
    pub(crate) fn policies(&self) -> Policies {
        let of = |it: &Connection| (it.id, it.policy, it.appearance.environment);
        Policies(self.lines.iter().map(|line| of(&line.connection)).collect())
    }

    /// The connections of whose list a part is missing.
    pub(crate) fn incomplete(&self) -> Vec<ConnectionId> {
        let incomplete = self.lines.iter().filter(|line| !line.status.complete());
        incomplete.map(|line| line.connection.id).collect()
    }

    /// The policy of the connections shown, if it is the same for all.
    pub(crate) fn shown_policy(&self) -> Option<Policy> {
        let mut policies = self.shown_lines().map(|line| line.connection.policy);
        let first = policies.next()?;
        policies.all(|policy| policy == first).then_some(first)
    }

    /// The findings that the admin has decided on.
    pub(crate) fn covers(&self) -> Vec<Cover> {
        self.lines.iter().flat_map(Line::covers).collect()
    }

    /// The time for each connection's tokens, when it is `now` on this computer.
    pub(crate) fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        Clocks::new(now, self.lines.iter().map(Line::clock))
    }

    /// The labels of the connections.
    pub(crate) fn labels(&self) -> Labels {
        let of = |line: &Line| (line.connection.id, line.connection.appearance.label.clone());
        Labels(self.lines.iter().map(of).collect())
    }

    pub(crate) fn shown_lines(&self) -> impl Iterator<Item = &Line> {
        let of = |id| self.shown == Shown::All || self.shown == Shown::One(id);
        self.lines.iter().filter(move |line| of(line.connection.id))
    }

    /// Stops the loads of the lists shown. Each list stays as it was and says so.
    pub(crate) fn stop_loads(&mut self) {
        let shown = self.shown;
        let of = |line: &&mut Line| shown == Shown::All || shown == Shown::One(line.connection.id);
        for line in self.lines.iter_mut().filter(of).filter(|line| line.is_loading()) {
            line.end_load();
            line.status.problems = vec![Problem::from(&Error::Stopped)];
        }
    }

    pub(crate) fn status(&mut self, generation: u32) -> Status {
        self.looks = self.looks.wrapping_add(1);
        Status {
            number: self.looks,
            generation,
            shown: self.shown,
            connections: self.lines.iter().map(Line::status).collect(),
            problems: self.problems.clone(),
            bulk_revoke: None,
            waiting: None,
        }
    }

    fn add(&mut self, line: Line) {
        self.ids = self.ids.max(line.connection.id.0);
        self.lines.push(line);
    }

    fn next_epoch(&mut self) -> u32 {
        self.epochs += 1;
        self.epochs
    }
}
