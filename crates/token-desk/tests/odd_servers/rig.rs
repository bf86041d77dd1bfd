//! A drawn server, the desk's data folder, and what was found.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::odd::Deletion;
use entri_sandbox::{
    By, Config, ListShape, Method, OrganizationList, Sandbox, StoredToken, Variant,
};
use tempfile::TempDir;
use token_desk::{ConnectionId, Desk, Query, Row, TokenKey};

use crate::counts::{Counts, Fault};
use crate::known::{Known, times};

pub const FIRST: ConnectionId = ConnectionId(1);

pub struct Rig {
    pub seed: u64,
    pub variant: Variant,
    pub sandbox: Sandbox,
    pub folder: TempDir,
    pub now: DateTime<Utc>,
    pub found: Counts,
    /// The tokens that were in the list.
    pub listed: HashSet<String>,
    /// The tokens that were used after the list was read.
    pub touched: HashSet<String>,
}

impl Rig {
    pub async fn new(seed: u64) -> Self {
        let variant = Variant::drawn(seed);
        let now = Utc::now();
        // The desk's own use of its token must not move what is compared.
        let clock = Arc::new(move || now);
        // Enough for several pages at most caps; some numbers fill the last one.
        let tokens = 9 + u32::try_from(seed % 16).unwrap();
        let config = Config { tokens, seed, variant, clock, ..Config::default() };
        let sandbox = Sandbox::start(config).await.unwrap();
        let (listed, touched, found) = Default::default();
        // The journal waits for the disk at each step, which would take half of the time.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        Self { seed, variant, sandbox, folder, now, found, listed, touched }
    }

    pub async fn stop(self) -> Counts {
        self.sandbox.stop().await;
        self.found
    }

    pub fn fault(&mut self, fault: Fault, says: &str) {
        let said = format!("{says}; server {}: {:?}", self.seed, self.variant);
        self.found.faults.push((fault, said));
    }

    /// Every token, by the id in its server's responses.
    pub fn truth(&self) -> HashMap<String, StoredToken> {
        let told = |token: StoredToken| (self.sandbox.told(&token).id, token);
        self.sandbox.truth().unwrap().into_iter().map(told).collect()
    }

    pub fn lives(&self, id: &str) -> bool {
        self.truth().get(id).is_some_and(|token| !token.revoked)
    }

    pub fn known<'a>(&self, token: &'a StoredToken) -> Known<'a> {
        let told = self.sandbox.told(token);
        Known { token, told, times: times(&self.variant, self.now) }
    }

    /// Whether the server said to a DELETE that it is done.
    pub fn was_revoked_by_us(&self, id: &str) -> bool {
        let unanswered = matches!(self.variant.odd.deletion, Deletion::Failed { .. });
        let life = self.sandbox.lives().unwrap();
        let life = life.into_iter().find(|life| self.sandbox.told(&life.token).id == id);
        let ended = life.and_then(|life| life.ended);
        !unanswered && ended.is_some_and(|ended| matches!(ended.by, By::Request(_)))
    }

    /// How many DELETEs of a token came in.
    pub fn deletes(&self, id: &str) -> u64 {
        self.sandbox.asked(&Method::DELETE, &format!("/tokens/{id}"))
    }

    /// How many requests for a list came in since.
    pub fn asked_since(&self, since: u64, path: &str) -> u64 {
        let since = usize::try_from(since).unwrap();
        let requests = self.sandbox.requests();
        let fits = |path_of: &str| path_of.split('?').next().is_some_and(|it| it.ends_with(path));
        requests[since..].iter().filter(|it| it.method == Method::GET && fits(&it.path)).count()
            as u64
    }

    /// How many requests the list of a project, or of the organization, takes at least.
    pub fn pages(&self, project: Option<&str>) -> u64 {
        let everywhere = self.variant.organization_list == OrganizationList::WithProjects;
        let fits = |token: &StoredToken| {
            (project.is_none() && everywhere || token.project_id.as_deref() == project)
                && (self.variant.revoked_listed || !token.revoked)
        };
        let truth = self.sandbox.truth().unwrap();
        let entries = u32::try_from(truth.iter().filter(|token| fits(token)).count()).unwrap();
        let rules = self.variant.odd.pages;
        let pages = match self.variant.list {
            ListShape::Array => 1,
            // The first one is refused.
            _ if rules.limit_refused => 1 + rules.pages(entries, 50).max(1),
            _ => rules.pages(entries, 200).max(1),
        };
        pages.into()
    }

    /// When the next visit is.
    pub fn later(&mut self) -> DateTime<Utc> {
        self.now += TimeDelta::seconds(90);
        self.now
    }

    pub fn rows(&self, desk: &Desk) -> Vec<Row> {
        desk.query(&Query::default(), 0, usize::MAX, None, self.now).rows
    }
}

pub fn key(id: &str) -> TokenKey {
    TokenKey { connection: FIRST, id: id.into() }
}
