//! A drawn server, what its client reads, and what has to be true of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::Utc;
use entri_api::{
    ApiToken, BaseUrl, Client, Date, Entry, Listing, OrganizationId, Pages, Presence, ProjectId,
    Revocation, Secret, Token, TokenOwner,
};
use entri_sandbox::odd::{Said, Twins};
use entri_sandbox::{Config, ListShape, Method, Sandbox, StoredToken, Variant};

use crate::read::Read;

/// A drawn server and its client.
pub struct Drawn {
    seed: u64,
    variant: Variant,
    sandbox: Sandbox,
    client: Client,
    read: Read,
}

impl Drawn {
    pub async fn new(seed: u64) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let variant = Variant::drawn(seed);
        // The client's own use of its token must not move what is compared.
        let now = Utc::now();
        let clock = Arc::new(move || now);
        // Enough for several pages at most caps; some numbers fill the last one.
        let tokens = 12 + u32::try_from(seed % 20).unwrap();
        let config = Config { tokens, seed, variant, clock, ..Config::default() };
        let sandbox = Sandbox::start(config).await.unwrap();
        let key = ApiToken::parse(Secret::new(sandbox.ready().admin_token.clone())).unwrap();
        let client = Client::new(BaseUrl::parse(&sandbox.ready().base_url).unwrap(), key).unwrap();
        Self { seed, variant, sandbox, client, read: Read::default() }
    }

    /// Reads all there is, and revokes a token.
    pub async fn check(&mut self) {
        let owners = self.owners();
        for (owner, project) in &owners {
            // A second reading is another one on some servers.
            self.check_tokens(owner, project.as_deref()).await;
            self.check_tokens(owner, project.as_deref()).await;
        }
        self.check_others().await;
        self.check_revoke(&owners[0].0).await;
    }

    pub async fn stop(self) -> Read {
        self.sandbox.stop().await;
        self.read
    }

    /// The name by which a failure is reported.
    pub fn name(&self) -> String {
        format!("server {}: {:?}", self.seed, self.variant)
    }

    fn truth(&self) -> HashMap<String, StoredToken> {
        let told = |token: StoredToken| (self.sandbox.told(&token).id, token);
        self.sandbox.truth().unwrap().into_iter().map(told).collect()
    }

    fn owners(&self) -> [(TokenOwner, Option<String>); 2] {
        let ready = self.sandbox.ready();
        let project = ready.project_ids[0].clone();
        [
            (TokenOwner::Organization(OrganizationId(ready.org_id.clone())), None),
            (TokenOwner::Project(ProjectId(project.clone())), Some(project)),
        ]
    }

    /// Reads a list of tokens, and compares it with the truth.
    async fn check_tokens(&mut self, owner: &TokenOwner, project: Option<&str>) {
        let since = self.sandbox.request_count();
        let Some(list) = self.list(self.client.tokens(owner)).await else { return };
        let requests = self.sandbox.request_count() - since;
        let truth = self.truth();
        for token in &list.items {
            let known =
                truth.get(&token.id.0).unwrap_or_else(|| panic!("{}: {token:?}", self.name()));
            self.check_token(token, known);
        }
        let whole = list.completeness.proof().is_some();
        let ids = list.items.iter().map(|token| &*token.id.0);
        let lacking = self.sandbox.lacking(project, since, ids).unwrap();
        assert!(!whole || lacking.is_empty(), "whole, but lacks {lacking:?}; {}", self.name());
        assert!(whole || !self.variant.provable(), "{:?}; {}", list.completeness, self.name());
        let pages = u64::from(self.pages(list.items.len()));
        let provable = self.variant.provable();
        assert!(!provable || requests <= pages + 1, "{requests} for {pages}; {}", self.name());
        let beyond = if provable { requests.saturating_sub(pages) } else { 0 };
        let (whole, provable) = (whole.into(), provable.into());
        self.read += Read { lists: 1, whole, provable, beyond };
    }

    /// Reads a list; `None` if nobody could, because it is in too many wrappings.
    async fn list<T: Entry>(&self, pages: Pages<'_, T>) -> Option<Listing<T>> {
        match pages.collect_all().await {
            Ok(list) => Some(list),
            Err(_) if self.variant.odd.nesting > 0 => None,
            Err(error) => panic!("{error}; {}", self.name()),
        }
    }

    /// How many requests a list of this many entries takes at least.
    fn pages(&self, entries: usize) -> u32 {
        let rules = self.variant.odd.pages;
        let entries = u32::try_from(entries).unwrap();
        match self.variant.list {
            ListShape::Array => 1,
            // The first one is refused.
            _ if rules.limit_refused => 1 + rules.pages(entries, 50).max(1),
            _ => rules.pages(entries, 200).max(1),
        }
    }

    fn check_token(&self, token: &Token, known: &StoredToken) {
        let told = self.sandbox.told(known);
        let renamed = self.variant.odd.twins == Some(Twins::Renamed);
        let used = matches!(told.last_used, Said::Time(_));
        assert!(token.last_used_reported || !used, "{}", self.name());
        let dates = [
            (token.created_at, told.created),
            (token.expires_at, told.expires),
            (token.last_used_at, told.last_used),
        ];
        for (read, said) in dates {
            assert!(is(read, said), "{read:?}, not {said:?}: {known:?}; {}", self.name());
        }
        assert!(!token.revoked || known.revoked || renamed, "{}", self.name());
    }

    /// An active token is never reported as gone, and a token is reported as revoked only if it is.
    async fn check_revoke(&self, owner: &TokenOwner) {
        let truth = self.truth();
        // The first is the client's own.
        let own = |token: &&StoredToken| token.project_id.is_none() && !token.revoked;
        let all = self.sandbox.truth().unwrap();
        let Some(token) = all.iter().filter(own).nth(4) else { return };
        let told = self.sandbox.told(token).id;
        let lives = |truth: &HashMap<String, StoredToken>| !truth[&told].revoked;
        assert!(lives(&truth));
        self.check_presence(owner, &told).await;
        let revoked = self.client.revoke_token(owner, &told.as_str().into()).await;
        let revoked = matches!(revoked, Ok(Revocation::Revoked));
        assert!(!(revoked && lives(&self.truth())), "{}", self.name());
        self.check_presence(owner, &told).await;
        let path = format!("/tokens/{told}");
        assert!(self.sandbox.asked(&Method::DELETE, &path) <= 2, "{}", self.name());
    }

    async fn check_presence(&self, owner: &TokenOwner, id: &str) {
        let presence = self.client.find_token(owner, &id.into()).await;
        let lives = self.truth().get(id).is_some_and(|token| !token.revoked);
        match presence {
            Ok(Presence::Absent(_)) => assert!(!lives, "gone, but lives: {id}; {}", self.name()),
            Ok(Presence::Present(token)) => assert_eq!(token.id.0, id),
            Ok(Presence::Unknown(_)) => {}
            Err(error) => assert!(self.variant.odd.nesting > 0, "{error}; {}", self.name()),
        }
    }

    /// The other lists: one that is reported as complete has every entry there is.
    async fn check_others(&self) {
        let ready = self.sandbox.ready();
        if let Some(projects) = self.list(self.client.projects()).await
            && projects.completeness.proof().is_some()
        {
            let ids: HashSet<_> = projects.items.iter().map(|it| it.id.0.clone()).collect();
            assert!(ready.project_ids.iter().all(|id| ids.contains(id)), "{}", self.name());
        }
        if let Some(members) = self.list(self.client.members()).await
            && members.completeness.proof().is_some()
        {
            assert_eq!(members.items.len(), 6, "{}", self.name());
        }
        // It is the longest list by far.
        if self.seed.is_multiple_of(4)
            && let Some(log) =
                self.list(self.client.activity(&OrganizationId(ready.org_id.clone()))).await
            && log.completeness.proof().is_some()
        {
            assert!(log.items.len() >= 60, "{}", self.name());
        }
    }
}

/// Whether what was read is what was said.
fn is(read: Date, said: Said) -> bool {
    match said {
        Said::Time(time) => read == Date::At(time),
        Said::Nothing => read == Date::None,
        Said::Unreadable => read == Date::Unreadable,
    }
}
