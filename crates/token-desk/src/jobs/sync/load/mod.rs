//! One load: page by page, part by part, until the list is complete or its gaps are known.

mod marks;
mod organization;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{
    Client, Completeness, Creator, Error as ApiError, Incomplete, ProjectId, Token, TokenId,
    TokenOwner,
};
use marks::Marks;
use token_audit::ServerTime;

use crate::desk::Desk;
use crate::elapsed::Stopwatch;
use crate::error::Error;
use crate::list::{Builder, Creators, Inventory, Mark, Members};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::gaps::{Gap, Part, Why};
use crate::model::time::dates::told;
use crate::model::token::{Project, TokenRecord, record};
use crate::once::once;
use crate::system::threads::lock;

/// How many more tokens must have come before the page hears of it again.
const TELL_EVERY: u32 = 2_000;

/// A load that ended, complete or not.
pub(super) struct Loaded {
    pub(super) connection: Connection,
    pub(super) list: Arc<Inventory>,
    pub(super) gaps: Vec<Gap>,
    /// Ids that one of the server's lists has more than once.
    pub(super) ambiguous: HashSet<TokenId>,
    /// How far the server's clock is ahead of this computer's; `None` if it does not say.
    pub(super) skew: Option<TimeDelta>,
    /// How long it took to read the list.
    pub(super) took: TimeDelta,
}

/// One load that is running.
pub(super) struct Load<'a> {
    desk: &'a Desk,
    connection: ConnectionId,
    epoch: u32,
    client: &'a Client,
    /// How long it may take, and has taken.
    time: Duration,
    watch: Stopwatch,
    pub(super) projects: Vec<Project>,
    builder: Builder,
    /// When the list that is known was read, by the server's clock.
    known_at: ServerTime,
    /// The ids that have come, and which token each of them was.
    seen: HashMap<Box<str>, Marks>,
    told: u32,
    gaps: Vec<Gap>,
    /// The projects whose lists are incomplete; `None` stands for the organization's own.
    unread: HashSet<Option<ProjectId>>,
    /// Ids that one of the lists has more than once.
    ambiguous: HashSet<TokenId>,
    members: Arc<Members>,
    /// The names of the members by their ids.
    names: HashMap<String, String>,
}

impl<'a> Load<'a> {
    pub(super) async fn new(
        desk: &'a Desk,
        connection: ConnectionId,
        epoch: u32,
        client: &'a Client,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let mut load = Self {
            desk,
            connection,
            epoch,
            client,
            time: *lock(&desk.inner.loads_within),
            watch: Stopwatch::start(),
            builder: Builder::new(connection, &[]),
            projects: Vec::new(),
            known_at: desk.clocks(now).read(connection),
            seen: HashMap::new(),
            told: 0,
            gaps: Vec::new(),
            unread: HashSet::new(),
            ambiguous: HashSet::new(),
            members: Arc::default(),
            names: HashMap::new(),
        };
        load.find_projects().await?;
        load.members = Arc::new(load.find_members().await);
        let named = load.members.all.iter().map(|it| (it.id.clone(), it.name.clone()));
        load.names = named.collect();
        load.builder = Builder::new(connection, &load.projects);
        load.builder.set_members(Arc::clone(&load.members));
        Ok(load)
    }

    /// Loads the tokens of one owner. Projects come first, so that a token that the organization
    /// lists too keeps its project (docs/entri-api.md#tokens).
    pub(super) async fn part(
        &mut self,
        owner: TokenOwner,
        project: Option<&Project>,
    ) -> Result<(), Error> {
        let part = project.map_or(Part::Organization, Part::of);
        let mut pages = self.client.tokens(&owner).within(self.time_left());
        let (before, mut hidden) = (self.builder.mark(), false);
        loop {
            if self.builder.is_full() {
                self.is_too_large(part, project, before);
                return Ok(());
            }
            match pages.next().await {
                Ok(Some(page)) => {
                    if page.anew {
                        self.go_back(before);
                    }
                    hidden |= self.take(&page.items, project);
                }
                Ok(None) => break,
                Err(error) if concerns_everything(&error) || project.is_none() => {
                    return Err(error.into());
                }
                Err(error) => {
                    self.lacks(Gap::failed(part, &error), project);
                    return Ok(());
                }
            }
        }
        self.ambiguous.extend(pages.repeated_ids().iter().cloned().map(TokenId));
        let completeness = match pages.completeness() {
            // Two lists give one id to two tokens: one of them is not shown.
            Completeness::Whole(_) if hidden => Completeness::Incomplete(Incomplete::RepeatedId),
            completeness => completeness,
        };
        if let Some(gap) = Gap::of(part, completeness) {
            self.lacks(gap, project);
        }
        Ok(())
    }

    /// If a list is known, nothing is taken from a flood, so the flood can't replace it.
    fn is_too_large(&mut self, part: Part, project: Option<&Project>, before: Mark) {
        if self.desk.list_of(self.connection).is_ok_and(|known| !known.is_empty()) {
            self.go_back(before);
        }
        let gap = Gap { part, why: Why::Incomplete(Incomplete::TooLarge) };
        self.lacks(gap, project);
    }

    fn go_back(&mut self, before: Mark) {
        self.builder.back_to(before, |id| {
            self.seen.remove(id);
        });
    }

    fn lacks(&mut self, gap: Gap, project: Option<&Project>) {
        self.gaps.push(gap);
        self.unread.insert(project.map(|project| project.id.clone()));
    }

    fn time_left(&self) -> Duration {
        self.time.saturating_sub(self.watch.elapsed())
    }

    /// Whether one of them is left out for another token with its id.
    fn take(&mut self, tokens: &[Token], project: Option<&Project>) -> bool {
        let mut hidden = false;
        for token in tokens {
            if self.builder.is_full() {
                break;
            }
            let marks = Marks::of(told(token.created_at), &token.name);
            if let Some(first) = self.seen.get(token.id.0.as_str()) {
                if first.differ(marks) {
                    self.ambiguous.insert(token.id.clone());
                    hidden = true;
                }
                continue;
            }
            self.seen.insert(token.id.0.as_str().into(), marks);
            let scopes = once(token.scopes.iter().map(String::as_str), |scope| *scope).join(" ");
            let project_id = project
                .map(|project| &project.id)
                .or(token.project_id.as_ref())
                .map(ProjectId::borrowed);
            // Some servers name a creator by id only.
            let named = token.created_by.as_ref().map(Creator::shown);
            let created_by = named.map(|text| self.names.get(text).map_or(text, String::as_str));
            let known = record(token);
            self.builder.push(&TokenRecord { scopes: &scopes, project_id, created_by, ..known });
        }
        let loaded = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        if loaded >= self.told + TELL_EVERY {
            self.told = loaded;
            self.desk.within(self.epoch, |line| line.status.loaded = loaded);
        }
        hidden
    }

    /// Incomplete parts keep their last-known tokens: a token that didn't come this time may still
    /// work. Tokens of projects that aren't listed are treated like the organization's own. The
    /// list is read once for all projects, and once for the organization, whose part comes after
    /// theirs.
    pub(super) fn keep_known(&mut self) {
        let unread = std::mem::take(&mut self.unread);
        let known = self.desk.list_of(self.connection).ok().filter(|_| !unread.is_empty());
        let Some(known) = known else { return };
        let listed: HashSet<_> = self.projects.iter().map(|it| it.id.borrowed()).collect();
        let part = |id: Option<ProjectId<&str>>| {
            id.filter(|id| listed.contains(id)).map(ProjectId::into_owned)
        };
        for token in known.records().filter(|token| unread.contains(&part(token.project_id))) {
            if !self.seen.contains_key(token.id.0) && !self.builder.is_full() {
                self.seen.insert(token.id.0.into(), Marks::of(token.created, token.name));
                let last_listed = token.last_listed.or(Some(self.known_at));
                self.builder.push(&TokenRecord { last_listed, ..token });
            }
        }
    }

    pub(super) async fn finish(mut self, connection: Connection) -> Loaded {
        let skew = self.client.clock_skew();
        let took = TimeDelta::from_std(self.watch.elapsed()).unwrap_or(TimeDelta::MAX);
        let nothing = Builder::new(self.connection, &[]);
        let mut list = std::mem::replace(&mut self.builder, nothing).finish();
        // Somebody who joined after the members were read may have created a listed token. So
        // nobody counts as gone until a list of members says so that is newer than the tokens.
        if Creators::of(&list).anybody_is_gone() {
            list.set_members(Arc::new(self.find_members().await));
        }
        list.mark_own(|preview| self.client.matches_preview(preview));
        tracing::debug!(
            host = connection.base_url.host(),
            tokens = list.len(),
            complete = self.gaps.is_empty(),
            "list loaded"
        );
        Loaded {
            connection,
            list: Arc::new(list),
            gaps: self.gaps,
            ambiguous: self.ambiguous,
            skew,
            took,
        }
    }
}

/// With these no other part of the list would fare better.
fn concerns_everything(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Unauthorized { .. }
            | ApiError::ApiTokenWanted { .. }
            | ApiError::Unreachable { .. }
            | ApiError::Tls { .. }
            | ApiError::Redirected { .. }
    )
}
