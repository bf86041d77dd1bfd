//! The connections of this app, each with its list and where that comes from.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::Client;
use token_audit::Policy;

use crate::desk::edits::Edits;
use crate::desk::journaled::Journaled;
use crate::desk::running::loading::Loading;
use crate::desk::status::{ConnectionStatus, ListStatus, NoAccess, Shown, Status};
use crate::error::{Error, Problem};
use crate::list::{Cover, Inventory, Labels, Policies};
use crate::model::connection::{Connection, ConnectionId, CredentialStorage};
use crate::model::decision::DecidedOn;
use crate::model::news::{Fresh, News};
use crate::model::notes::Noted;
use crate::model::time::clocks::{Clock, Clocks};
use crate::model::token::TokenKey;
use crate::storage::cache::Remembered;
use crate::storage::journal::Journals;

/// A connection with all that belongs to it.
pub(crate) struct Line {
    pub(crate) connection: Connection,
    /// Lets a late response notice that it belongs to an earlier credential or a removed connection.
    pub(crate) session: u32,
    pub(crate) client: Option<Client>,
    pub(crate) list: Arc<Inventory>,
    /// The edits that the list of a running load may not have.
    pub(crate) edits: Edits,
    /// The last load, whether or not it is still running.
    pub(crate) load: Option<Loading>,
    /// Whether the disk holds the list as it is here.
    pub(crate) saved: bool,
    pub(crate) status: ListStatus,
    /// Ids that one of the server's lists had more than once when they were loaded last.
    pub(crate) ambiguous: HashSet<String>,
    /// Whether the disk could not take the connection itself yet.
    pub(crate) unwritten: bool,
    /// How far the server's clock was ahead of this computer's at the last request, according to the server;
    /// may be absurd.
    pub(crate) skew: TimeDelta,
    pub(crate) journaled: Journaled,
    /// The admin's notes about tokens, by id.
    pub(crate) notes: HashMap<String, Noted>,
    /// What others did since the last visit.
    pub(crate) news: Option<News>,
}

pub(crate) struct State {
    pub(crate) lines: Vec<Line>,
    pub(crate) shown: Shown,
    /// Grows whenever what is shown needs to be listed again.
    pub(crate) revision: u32,
    pub(crate) problems: Vec<Problem>,
    sessions: u32,
    /// The highest id a connection ever had here.
    ids: u32,
    /// How often the state was looked at.
    looks: u32,
}

impl State {
    pub(crate) fn new(shown: Shown) -> Self {
        Self {
            lines: Vec::new(),
            shown,
            revision: 0,
            problems: Vec::new(),
            sessions: 0,
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
        let (session, list) = (self.next_session(), Arc::new(list));
        self.add(Line {
            connection,
            session,
            client: None,
            list,
            edits: Edits::default(),
            load: None,
            saved: true,
            status,
            ambiguous: HashSet::new(),
            unwritten: false,
            skew: TimeDelta::zero(),
            journaled: Journaled::default(),
            notes,
            news: None,
        });
    }

    /// Adds a connection, or a new credential for an existing one, whose list is kept. Returns the number of
    /// its session.
    pub(crate) fn connect(&mut self, connection: Connection, client: Client) -> u32 {
        let session = self.next_session();
        if let Some(line) = self.line_mut(connection.id) {
            line.status = ListStatus {
                synced_at: line.status.synced_at,
                gaps: mem::take(&mut line.status.gaps),
                ..ListStatus::NEW
            };
            line.end_load();
            line.mark_own(&client);
            (line.connection, line.client, line.session) = (connection, Some(client), session);
            return session;
        }
        self.add(Line {
            connection,
            session,
            client: Some(client),
            list: Arc::default(),
            edits: Edits::default(),
            load: None,
            saved: false,
            status: ListStatus::NEW,
            ambiguous: HashSet::new(),
            unwritten: false,
            skew: TimeDelta::zero(),
            journaled: Journaled::default(),
            notes: HashMap::new(),
            news: None,
        });
        session
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

    pub(crate) fn in_session(&mut self, session: u32) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.session == session)
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

    /// What the tokens of each connection are judged by.
    pub(crate) fn policies(&self) -> Policies {
        let of = |it: &Connection| (it.id, it.policy, it.look.environment);
        Policies(self.lines.iter().map(|line| of(&line.connection)).collect())
    }

    /// The policy of the connections shown, if it is the same for all.
    pub(crate) fn shown_policy(&self) -> Option<Policy> {
        let mut policies = self.shown_lines().map(|line| line.connection.policy);
        let first = policies.next()?;
        policies.all(|policy| policy == first).then_some(first)
    }

    /// The findings that the admin has decided on.
    pub(crate) fn covers(&self) -> Vec<Cover> {
        let of = |line: &Line| covers(&line.connection, &line.journaled.decisions);
        self.lines.iter().flat_map(of).collect()
    }

    /// What time it is for each connection's tokens, at a moment when it is `now` on this computer.
    pub(crate) fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        Clocks::new(now, self.lines.iter().map(Line::clock))
    }

    /// What the connections are called.
    pub(crate) fn labels(&self) -> Labels {
        let of = |line: &Line| (line.connection.id, line.connection.look.label.clone());
        Labels(self.lines.iter().map(of).collect())
    }

    pub(crate) fn shown_lines(&self) -> impl Iterator<Item = &Line> {
        let of = |id| self.shown == Shown::All || self.shown == Shown::One(id);
        self.lines.iter().filter(move |line| of(line.connection.id))
    }

    /// Ends the loads of what is shown: each list stays as it was, and says so.
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
            cleanup: None,
            waiting: None,
        }
    }

    fn add(&mut self, line: Line) {
        self.ids = self.ids.max(line.connection.id.0);
        self.lines.push(line);
    }

    fn next_session(&mut self) -> u32 {
        self.sessions += 1;
        self.sessions
    }
}

impl Line {
    pub(crate) fn clock(&self) -> Clock {
        Clock { connection: self.connection.id, skew: self.skew, read: self.status.synced_at }
    }

    fn named_list(&self) -> (ConnectionId, Arc<Inventory>) {
        (self.connection.id, Arc::clone(&self.list))
    }

    /// Stops the running load, if there is one: its requests end, and its list isn't kept.
    fn is_loading(&self) -> bool {
        self.load.as_ref().is_some_and(Loading::goes_on)
    }

    pub(crate) fn end_load(&self) {
        if let Some(load) = &self.load {
            load.end();
        }
    }

    /// The list stays, but with another credential another token of it is the app's own.
    fn mark_own(&mut self, client: &Client) {
        let mut list = Inventory::clone(&self.list);
        if list.mark_own(|preview| client.matches_preview(preview)) {
            (self.list, self.saved) = (Arc::new(list), false);
        }
    }

    fn status(&self) -> ConnectionStatus {
        ConnectionStatus {
            connection: self.connection.clone(),
            list: self.status.clone(),
            tokens: self.list.len(),
            last_used_reported: self.list.last_used_reported(),
            unreadable: self.list.unreadable(),
            projects: self.list.projects().to_vec(),
            loose_ends: self.journaled.loose_ends.clone(),
            cleanups: self.journaled.cleanups.clone(),
            news: self.news.clone(),
            skew: self.skew,
        }
    }
}

/// What the decisions of a connection cover.
fn covers(connection: &Connection, decisions: &HashMap<String, DecidedOn>) -> Vec<Cover> {
    let cover = |(id, DecidedOn { token, decision }): (&String, &DecidedOn)| Cover {
        key: TokenKey { connection: connection.id, id: id.clone() },
        token: token.clone(),
        rules: decision.rules,
        until: decision.until,
    };
    decisions.iter().map(cover).collect()
}
