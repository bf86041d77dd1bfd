//! Loading the whole list: the organization's tokens and those of every project, merged.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::{Client, Error as ApiError, Token, TokenOwner};

use crate::connection::Connection;
use crate::desk::{Desk, InUse, blocking};
use crate::error::{Code, Error, Problem};
use crate::inventory::{Builder, Inventory, Project, Search, TokenRecord};

/// How many more tokens must have come before the page hears of it again.
const TELL_EVERY: u32 = 2_000;

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

/// One load going on.
struct Load<'a> {
    desk: &'a Desk,
    session: u32,
    client: &'a Client,
    projects: Vec<Project>,
    builder: Builder,
    seen: HashSet<Box<str>>,
    told: u32,
    complete: bool,
    problems: Vec<Problem>,
}

impl<'a> Load<'a> {
    async fn new(desk: &'a Desk, session: u32, client: &'a Client) -> Result<Self, Error> {
        let mut load = Self {
            desk,
            session,
            client,
            builder: Builder::new(Vec::new()),
            projects: Vec::new(),
            seen: HashSet::new(),
            told: 0,
            complete: true,
            problems: Vec::new(),
        };
        load.find_projects().await?;
        load.builder = Builder::new(load.projects.clone());
        Ok(load)
    }

    /// Where the list of projects is not whole, those known from before are looked at too.
    async fn find_projects(&mut self) -> Result<(), Error> {
        const NAME: &str = "The list of projects";
        match self.client.projects().collect_all().await {
            Ok(listing) => {
                self.projects.extend(listing.items.into_iter().map(Project::from));
                self.note(NAME, listing.skipped, listing.complete);
            }
            Err(error) if concerns_everything(&error) => return Err(error.into()),
            Err(error) => {
                self.complete = false;
                self.problems.push(partial(NAME, &error));
            }
        }
        if !self.complete {
            let known = Arc::clone(&self.desk.search().list);
            for project in known.projects() {
                if self.projects.iter().all(|listed| listed.id != project.id) {
                    self.projects.push(project.clone());
                }
            }
        }
        Ok(())
    }

    /// Loads the tokens of one owner. Projects come first, so that a token that the organization
    /// lists too keeps its project (contract §5).
    async fn part(&mut self, owner: TokenOwner, project: Option<&Project>) -> Result<(), Error> {
        let name = project.map_or("The organization’s list", |project| &project.name);
        let mut pages = self.client.tokens(&owner);
        loop {
            match pages.next().await {
                Ok(Some(page)) => self.take(&page.items, project),
                Ok(None) => break,
                Err(error) if concerns_everything(&error) || project.is_none() => {
                    return Err(error.into());
                }
                Err(error) => {
                    self.complete = false;
                    self.problems.push(partial(name, &error));
                    self.keep_known(project);
                    return Ok(());
                }
            }
        }
        self.note(name, pages.skipped(), pages.complete());
        Ok(())
    }

    fn take(&mut self, tokens: &[Token], project: Option<&Project>) {
        for token in tokens {
            if !self.seen.insert(token.id.as_str().into()) {
                continue;
            }
            let scopes = token.scopes.join(" ");
            let project_id =
                project.map(|project| project.id.as_str()).or(token.project_id.as_deref());
            self.builder.push(&TokenRecord { scopes: &scopes, project_id, ..record(token) });
        }
        let loaded = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        if loaded >= self.told + TELL_EVERY {
            self.told = loaded;
            self.desk
                .within(self.session, || self.desk.change_status(|status| status.loaded = loaded));
        }
    }

    /// A part that cannot be read now keeps what was last known of it.
    fn keep_known(&mut self, project: Option<&Project>) {
        let search = self.desk.search();
        let wanted = project.map(|project| project.id.as_str());
        for token in search.list.records().filter(|token| token.project_id == wanted) {
            if self.seen.insert(token.id.into()) {
                self.builder.push(&token);
            }
        }
    }

    fn note(&mut self, name: &str, skipped: u32, complete: bool) {
        if skipped > 0 {
            self.complete = false;
            self.problems.push(notice(format!(
                "{name}: {skipped} entries could not be read and are not shown. \
                 Look for them on Entri's own page."
            )));
        }
        if !complete {
            self.complete = false;
            self.problems.push(notice(format!(
                "{name}: the server's pages repeat or never end, so the list may be incomplete."
            )));
        }
    }

    fn finish(self, connection: Connection) -> Loaded {
        let list = self.builder.finish();
        tracing::debug!(
            host = connection.base_url.host(),
            tokens = list.len(),
            complete = self.complete,
            "list loaded"
        );
        Loaded { connection, list, complete: self.complete, problems: self.problems }
    }
}

pub(crate) fn record(token: &Token) -> TokenRecord<'_> {
    TokenRecord {
        id: &token.id,
        name: &token.name,
        project_id: token.project_id.as_deref(),
        scopes: "",
        created: token.created_at,
        expires: token.expires_at,
        last_used: token.last_used_at,
        last_used_reported: token.last_used_reported,
        revoked: token.revoked,
        preview: token.preview.as_deref(),
        created_by: token.created_by.as_deref(),
    }
}

/// With these no other part of the list would fare better.
fn concerns_everything(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Unauthorized { .. }
            | ApiError::Unreachable { .. }
            | ApiError::Tls { .. }
            | ApiError::Redirected { .. }
    )
}

fn partial(name: &str, error: &ApiError) -> Problem {
    notice(format!("{name} could not be loaded. Its tokens are shown as last known. {error}"))
}

fn notice(message: String) -> Problem {
    Problem { code: Code::Server, message }
}
