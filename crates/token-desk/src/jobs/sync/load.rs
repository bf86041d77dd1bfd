//! One load: page by page, part by part, until the list is complete or its gaps are known.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_api::{Client, Completeness, Creator, Error as ApiError, Incomplete, Token, TokenOwner};
use token_audit::Date;

use super::Loaded;
use crate::desk::Desk;
use crate::elapsed::Stopwatch;
use crate::error::Error;
use crate::list::{Builder, Creators, Mark, Members, Reading};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::gaps::{Gap, Part, Why};
use crate::model::time::dates::told;
use crate::model::token::{Project, TokenRecord, record};
use crate::once::once;
use crate::system::threads::lock;

/// What distinguishes tokens with the same id: the creation date, or else the name.
#[derive(Clone, Copy)]
struct Marks {
    created: Date,
    name: u64,
}

/// The maximum number of projects whose tokens are requested.
const MOST_PROJECTS: usize = 10_000;
/// How many more tokens must have come before the page hears of it again.
const TELL_EVERY: u32 = 2_000;

/// One load going on.
pub(super) struct Load<'a> {
    desk: &'a Desk,
    connection: ConnectionId,
    session: u32,
    client: &'a Client,
    /// How long it may take, and has taken.
    time: Duration,
    watch: Stopwatch,
    pub(super) projects: Vec<Project>,
    builder: Builder,
    /// When the list that is known was read, by the server's clock.
    known_at: DateTime<Utc>,
    /// The ids that have come, and which token each of them was.
    seen: HashMap<Box<str>, Marks>,
    told: u32,
    gaps: Vec<Gap>,
    /// The projects whose lists are incomplete; `None` stands for the organization's own.
    unread: HashSet<Option<String>>,
    /// Ids that one of the lists has more than once.
    ambiguous: HashSet<String>,
    members: Arc<Members>,
    /// The names of the members by their ids.
    names: HashMap<String, String>,
}

impl<'a> Load<'a> {
    pub(super) async fn new(
        desk: &'a Desk,
        connection: ConnectionId,
        session: u32,
        client: &'a Client,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let mut load = Self {
            desk,
            connection,
            session,
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

    /// Known projects that aren't listed are requested, too, since a server may omit archived ones or
    /// others. Only its own response proves that a project is gone.
    async fn find_projects(&mut self) -> Result<(), Error> {
        match self.client.projects().within(self.time_left()).collect_all().await {
            Ok(listing) => {
                let mut projects = once(listing.items, |project| project.id.clone());
                let completeness = match listing.completeness {
                    _ if projects.len() > MOST_PROJECTS => {
                        Completeness::Incomplete(Incomplete::TooLarge)
                    }
                    completeness => completeness,
                };
                projects.truncate(MOST_PROJECTS);
                self.projects.extend(projects.into_iter().map(Project::from));
                self.gaps.extend(Gap::of(Part::Projects, completeness));
            }
            Err(error) if concerns_everything(&error) => return Err(error.into()),
            Err(error) => {
                self.gaps.push(Gap::failed(Part::Projects, &error));
            }
        }
        let known = self.desk.list_of(self.connection)?;
        let listed: HashSet<String> = self.projects.iter().map(|it| it.id.clone()).collect();
        for project in known.projects().iter().filter(|project| !listed.contains(&project.id)) {
            if self.projects.len() < MOST_PROJECTS && self.is_there(&project.id).await {
                self.projects.push(project.clone());
            }
        }
        Ok(())
    }

    /// Whether the server has, or may have, tokens for this project.
    async fn is_there(&self, project: &str) -> bool {
        let owner = TokenOwner::Project(project.to_owned());
        let mut pages = self.client.tokens(&owner).within(self.time_left());
        !matches!(pages.next().await, Err(ApiError::NotFound { .. }))
    }

    /// Somebody who can't see the members can still see the tokens (docs/entri-api.md#members).
    async fn find_members(&self) -> Members {
        match self.client.members().within(self.time_left()).collect_all().await {
            Ok(listing) => {
                let reading = match listing.completeness.reason() {
                    Some(reason) => Reading::Part(reason),
                    None if listing.items.is_empty() => Reading::Empty,
                    None => Reading::Whole,
                };
                Members { reading, all: listing.items }
            }
            Err(ApiError::Forbidden { .. }) => {
                Members { reading: Reading::Closed, all: Vec::new() }
            }
            Err(_) => {
                let known = self.desk.list_of(self.connection).map(|list| list.members());
                let mut known = known.map(|it| Members::clone(&it)).unwrap_or_default();
                known.make_earlier();
                known
            }
        }
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
        self.ambiguous.extend(pages.repeated_ids().iter().cloned());
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
            if let Some(first) = self.seen.get(token.id.as_str()) {
                if first.differ(marks) {
                    self.ambiguous.insert(token.id.as_str().to_owned());
                    hidden = true;
                }
                continue;
            }
            self.seen.insert(token.id.as_str().into(), marks);
            let scopes = once(token.scopes.iter().map(String::as_str), |scope| *scope).join(" ");
            let project_id =
                project.map(|project| project.id.as_str()).or(token.project_id.as_deref());
            // Some servers name a creator by id only.
            let named = token.created_by.as_ref().map(Creator::shown);
            let created_by = named.map(|text| self.names.get(text).map_or(text, String::as_str));
            let known = record(token);
            self.builder.push(&TokenRecord { scopes: &scopes, project_id, created_by, ..known });
        }
        let loaded = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        if loaded >= self.told + TELL_EVERY {
            self.told = loaded;
            self.desk.within(self.session, |line| line.status.loaded = loaded);
        }
        hidden
    }

    /// Parts that were not read whole keep what was last known of them: what did not come this time may
    /// live. Tokens of projects that are not listed come with the organization's own. The list is gone
    /// through once for all projects, and once for the organization, whose list comes after theirs.
    pub(super) fn keep_known(&mut self) {
        let unread = std::mem::take(&mut self.unread);
        let known = self.desk.list_of(self.connection).ok().filter(|_| !unread.is_empty());
        let Some(known) = known else { return };
        let listed: HashSet<&str> = self.projects.iter().map(|it| &*it.id).collect();
        let part = |id: Option<&str>| id.filter(|id| listed.contains(id)).map(str::to_owned);
        for token in known.records().filter(|token| unread.contains(&part(token.project_id))) {
            if !self.seen.contains_key(token.id) && !self.builder.is_full() {
                self.seen.insert(token.id.into(), Marks::of(token.created, token.name));
                let last_listed = token.last_listed.or(Some(self.known_at));
                self.builder.push(&TokenRecord { last_listed, ..token });
            }
        }
    }

    pub(super) async fn finish(mut self, connection: Connection) -> Loaded {
        let skew = self.client.clock_skew();
        let nothing = Builder::new(self.connection, &[]);
        let mut list = std::mem::replace(&mut self.builder, nothing).finish();
        // Who joined after the members were read may have created a token that is listed: nobody
        // has left before a list of members says so that is younger than the tokens.
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
        Loaded { connection, list, gaps: self.gaps, ambiguous: self.ambiguous, skew }
    }
}

impl Marks {
    fn of(created: Date, name: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        Self { created, name: hasher.finish() }
    }

    /// A token can be renamed between two lists; its creation stays.
    fn differ(self, other: Self) -> bool {
        match (self.created, other.created) {
            (Date::At(one), Date::At(another)) => one != another,
            _ => self.name != other.name,
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
