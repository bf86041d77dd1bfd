//! One load: page after page, part after part, until the list is whole or its gaps are known.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::{Client, Completeness, Creator, Error as ApiError, Incomplete, Token, TokenOwner};
use token_audit::Date;

use super::Loaded;
use crate::connection::{Connection, ConnectionId};
use crate::dates::told;
use crate::desk::Desk;
use crate::error::Error;
use crate::gaps::{Gap, Part};
use crate::inventory::{Builder, Creators, Members, Project, Reading, TokenRecord};
use crate::once::once;

/// What tells a token from another one with its id: when it was created, or else its name.
#[derive(Clone, Copy)]
struct Marks {
    created: Date,
    name: u64,
}

/// How many more tokens must have come before the page hears of it again.
const TELL_EVERY: u32 = 2_000;

/// One load going on.
pub(super) struct Load<'a> {
    desk: &'a Desk,
    connection: ConnectionId,
    session: u32,
    client: &'a Client,
    pub(super) projects: Vec<Project>,
    builder: Builder,
    /// When the list that is known was read, by the server's clock.
    known_at: DateTime<Utc>,
    /// The ids that have come, and which token each of them was.
    seen: HashMap<Box<str>, Marks>,
    told: u32,
    gaps: Vec<Gap>,
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
            builder: Builder::new(connection, &[]),
            projects: Vec::new(),
            known_at: desk.clocks(now).read(connection),
            seen: HashMap::new(),
            told: 0,
            gaps: Vec::new(),
            ambiguous: HashSet::new(),
            members: Arc::default(),
            names: HashMap::new(),
        };
        load.find_projects().await?;
        load.members = Arc::new(find_members(desk, client, connection).await);
        let named = load.members.all.iter().map(|it| (it.id.clone(), it.name.clone()));
        load.names = named.collect();
        load.builder = Builder::new(connection, &load.projects);
        load.builder.set_members(Arc::clone(&load.members));
        Ok(load)
    }

    /// Those known from before and not listed are looked at too: a server may list no archived ones, or
    /// not all. Only an answer of its own says that a project is gone.
    async fn find_projects(&mut self) -> Result<(), Error> {
        match self.client.projects().collect_all().await {
            Ok(listing) => {
                let projects = once(listing.items, |project| project.id.clone());
                self.projects.extend(projects.into_iter().map(Project::from));
                self.gaps.extend(Gap::of(Part::Projects, listing.completeness));
            }
            Err(error) if concerns_everything(&error) => return Err(error.into()),
            Err(error) => {
                self.gaps.push(Gap::failed(Part::Projects, &error));
            }
        }
        for project in self.desk.list_of(self.connection)?.projects() {
            let unlisted = self.projects.iter().all(|listed| listed.id != project.id);
            if unlisted && self.is_there(&project.id).await {
                self.projects.push(project.clone());
            }
        }
        Ok(())
    }

    /// Whether the server has, or may have, tokens of this project.
    async fn is_there(&self, project: &str) -> bool {
        let owner = TokenOwner::Project(project.to_owned());
        let mut pages = self.client.tokens(&owner);
        !matches!(pages.next().await, Err(ApiError::NotFound { .. }))
    }

    /// Loads the tokens of one owner. Projects come first, so that a token that the organization
    /// lists too keeps its project (contract §5).
    pub(super) async fn part(
        &mut self,
        owner: TokenOwner,
        project: Option<&Project>,
    ) -> Result<(), Error> {
        let part = project.map_or(Part::Organization, Part::of);
        let (mut pages, before) = (self.client.tokens(&owner), self.builder.len());
        let mut hidden = false;
        loop {
            match pages.next().await {
                Ok(Some(page)) => {
                    if page.anew {
                        self.builder.truncate(before, |id| {
                            self.seen.remove(id);
                        });
                    }
                    hidden |= self.take(&page.items, project);
                }
                Ok(None) => break,
                Err(error) if concerns_everything(&error) || project.is_none() => {
                    return Err(error.into());
                }
                Err(error) => {
                    self.gaps.push(Gap::failed(part, &error));
                    self.keep_known(project);
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
            self.gaps.push(gap);
            self.keep_known(project);
        }
        Ok(())
    }

    /// Whether one of them is left out for another token with its id.
    fn take(&mut self, tokens: &[Token], project: Option<&Project>) -> bool {
        let mut hidden = false;
        for token in tokens {
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

    /// A part that is not read whole keeps what was last known of it: what did not come this time
    /// may live. Tokens of projects that are not listed come with the organization's own.
    fn keep_known(&mut self, project: Option<&Project>) {
        let Ok(known) = self.desk.list_of(self.connection) else { return };
        let listed = |id: &str| self.projects.iter().any(|project| project.id == id);
        let wanted = |id: Option<&str>| match project {
            Some(project) => id == Some(&project.id),
            None => !id.is_some_and(listed),
        };
        for token in known.records().filter(|token| wanted(token.project_id)) {
            if !self.seen.contains_key(token.id) {
                self.seen.insert(token.id.into(), Marks::of(token.created, token.name));
                let last_listed = token.last_listed.or(Some(self.known_at));
                self.builder.push(&TokenRecord { last_listed, ..token });
            }
        }
    }

    pub(super) async fn finish(self, connection: Connection) -> Loaded {
        let skew = self.client.clock_skew();
        let mut list = self.builder.finish();
        // Who joined after the members were read may have created a token that is listed: nobody
        // has left before a list of members says so that is younger than the tokens.
        if Creators::of(&list).anybody_is_gone() {
            list.set_members(Arc::new(find_members(self.desk, self.client, self.connection).await));
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

/// Who may not see the members still sees the tokens (contract §10).
async fn find_members(desk: &Desk, client: &Client, id: ConnectionId) -> Members {
    match client.members().collect_all().await {
        Ok(listing) => {
            let reading = match listing.completeness.reason() {
                Some(reason) => Reading::Part(reason),
                None if listing.items.is_empty() => Reading::Empty,
                None => Reading::Whole,
            };
            Members { reading, all: listing.items }
        }
        Err(ApiError::Forbidden { .. }) => Members { reading: Reading::Closed, all: Vec::new() },
        Err(_) => {
            let known = desk.list_of(id).map(|list| list.members());
            let mut known = known.map(|it| Members::clone(&it)).unwrap_or_default();
            known.make_earlier();
            known
        }
    }
}

pub(crate) fn record(token: &Token) -> TokenRecord<'_> {
    TokenRecord {
        id: &token.id,
        name: &token.name,
        project_id: token.project_id.as_deref(),
        scopes: "",
        created: told(token.created_at),
        expires: told(token.expires_at),
        last_used: told(token.last_used_at),
        last_used_reported: token.last_used_reported,
        revoked: token.revoked,
        own: false,
        last_listed: None,
        preview: token.preview.as_deref(),
        created_by: token.created_by.as_ref().map(Creator::shown),
        creator_id: token.created_by.as_ref().and_then(|it| it.id.as_deref()),
        creator_email: token.created_by.as_ref().and_then(|it| it.email.as_deref()),
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
