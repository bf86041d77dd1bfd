//! Loading the whole list: the organization's tokens and those of every project, merged.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::{Client, Error as ApiError, Token, TokenOwner};

use crate::connection::Connection;
use crate::desk::{Desk, blocking};
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
        if !self.begin() {
            return self.status();
        }
        let session = self.session().number;
        let outcome = self.load().await;
        if self.session().number == session {
            self.finish(outcome, now).await;
        } else {
            self.set_status(|status| status.phase = Phase::Idle);
        }
        self.status()
    }

    fn begin(&self) -> bool {
        let mut begun = false;
        self.set_status(|status| {
            begun = status.phase == Phase::Idle;
            if begun {
                status.phase = Phase::Syncing;
                status.loaded = 0;
            }
        });
        begun
    }

    async fn load(&self) -> Result<Loaded, Error> {
        let (connection, client) = self.client().await?;
        let mut load = Load::new(self, &client).await?;
        for project in load.projects.clone() {
            load.part(TokenOwner::Project(project.id.clone()), Some(&project)).await?;
        }
        let organization = TokenOwner::Organization(connection.organization_id.clone());
        load.part(organization, None).await?;
        Ok(load.finish(&connection))
    }

    async fn finish(&self, outcome: Result<Loaded, Error>, now: DateTime<Utc>) {
        match outcome {
            Ok(loaded) => {
                let desk = self.clone();
                let published = blocking(move || desk.keep(loaded, now)).await;
                if published.is_err() {
                    self.set_status(|status| status.phase = Phase::Idle);
                }
            }
            Err(error) => self.set_status(|status| {
                status.phase = Phase::Idle;
                status.credential_missing = error.code() == Code::Credential;
                status.problems = vec![Problem::from(&error)];
            }),
        }
    }

    /// Shows the list, then writes it down.
    fn keep(&self, loaded: Loaded, now: DateTime<Utc>) {
        let Loaded { list, complete, mut problems } = loaded;
        let same = *self.search().list == list;
        let search = Search::new(list, &self.inner.policy, now);
        self.publish(search, |status| {
            status.synced_at = Some(now);
            status.complete = complete;
            status.problems.clone_from(&problems);
            status.credential_missing = false;
        });
        if let Err(error) = self.save(same, now, complete) {
            problems.push(Problem::from(&error));
        }
        self.set_status(|status| {
            status.phase = Phase::Idle;
            status.problems = problems;
        });
    }

    fn save(&self, same: bool, now: DateTime<Utc>, complete: bool) -> Result<(), Error> {
        let remembered = self.connection().is_some_and(|connection| !connection.sandbox);
        if !remembered {
            return Ok(());
        }
        if same {
            return Ok(self.inner.store.mark_synced(now, complete)?);
        }
        let list = Arc::clone(&self.search().list);
        Ok(self.inner.store.save_list(&list, now, complete)?)
    }
}

/// One load going on.
struct Load<'a> {
    desk: &'a Desk,
    client: &'a Client,
    projects: Vec<Project>,
    builder: Builder,
    seen: HashSet<Box<str>>,
    told: u32,
    complete: bool,
    problems: Vec<Problem>,
}

impl<'a> Load<'a> {
    async fn new(desk: &'a Desk, client: &'a Client) -> Result<Self, Error> {
        let known = desk.search().list.projects().to_vec();
        let mut problems = Vec::new();
        let projects = match client.projects().collect_all().await {
            Ok(listing) => listing
                .items
                .into_iter()
                .map(|project| Project {
                    id: project.id,
                    name: project.name,
                    archived: project.archived,
                })
                .collect(),
            Err(error) if concerns_everything(&error) => return Err(error.into()),
            Err(error) => {
                problems.push(partial("The list of projects", &error));
                known
            }
        };
        Ok(Self {
            desk,
            client,
            builder: Builder::new(projects.clone()),
            projects,
            seen: HashSet::new(),
            told: 0,
            complete: problems.is_empty(),
            problems,
        })
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
            self.desk.set_status(|status| status.loaded = loaded);
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

    fn finish(self, connection: &Connection) -> Loaded {
        let list = self.builder.finish();
        tracing::debug!(
            host = connection.base_url.host(),
            tokens = list.len(),
            complete = self.complete,
            "list loaded"
        );
        Loaded { list, complete: self.complete, problems: self.problems }
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
