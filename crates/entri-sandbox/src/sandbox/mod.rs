//! The sandbox: its life, and what tests may ask of it.

mod truth;

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::http::Method;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::accounts::{Limits, SecondFactor, Sessions, Signer, totp_code};
use crate::auth::session_cookie;
use crate::history::Flaw;
use crate::lock::lock;
use crate::model::{OWNER, StoredToken};
use crate::orders::{Fault, Held, Holds, Recurring};
use crate::random::random;
use crate::seed::access;
use crate::server::{router, serve};
use crate::start::{Config, Filled, MOST_TOKENS, Ready, StartError, fill};
use crate::state::{App, Memory, Shared};
use crate::store::Store;
use crate::variant::Variant;

pub use truth::{Life, Told};

/// A running sandbox. It ends when this is dropped.
pub struct Sandbox {
    shared: App,
    ready: Ready,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    planted: Vec<(String, Flaw)>,
}

impl Sandbox {
    /// Seeds an organization and serves it on loopback.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        if config.tokens > MOST_TOKENS {
            return Err(StartError::TooMany(config.tokens));
        }
        let (store, started) = (Store::new()?, (config.clock)());
        let Filled { admin_token, viewer_token, planted } = fill(&store, &config)?;
        let refused = |error| StartError::Port(config.port, error);
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await.map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let ready = Ready::new(port, admin_token, viewer_token);
        let shared = Arc::new(Shared {
            store,
            base_url: ready.base_url.clone(),
            signer: Signer::random(),
            sessions: Mutex::new(Sessions::default()),
            second_factor: Mutex::new(SecondFactor::new()),
            limits: Mutex::new(Limits::default()),
            variant: Mutex::new(config.variant),
            faults: Mutex::default(),
            recurring: Mutex::default(),
            holds: Holds::default(),
            ledger: Mutex::default(),
            memory: Mutex::default(),
            clock: config.clock,
            started,
            logs_tokens: config.past.is_some(),
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let service = router(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            // Dropping the sandbox stops it, too.
            tokio::select! {
                () = serve(listener, service) => {}
                _ = stopped => {}
            }
        });
        Ok(Self { shared, ready, stop: Some(stop), server, planted })
    }

    /// Everything one needs to use it.
    #[must_use]
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Ends the server: connections are closed and the port is free again.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // A client that keeps its connection open must not keep the server alive.
        self.server.abort();
        let _ = (&mut self.server).await;
    }

    /// Answers in another way from now on; what an odd server remembers of before is forgotten.
    pub fn set_variant(&self, variant: Variant) {
        *lock(&self.shared.variant) = variant;
        *lock(&self.shared.memory) = Memory::default();
    }

    /// Lets the next request that fits go wrong.
    pub fn fail_next(&self, fault: Fault) {
        lock(&self.shared.faults).push(fault);
    }

    /// Lets requests go wrong again and again, counted from now on; the first that fits counts.
    pub fn fail_every(&self, recurring: Vec<Recurring>) {
        *lock(&self.shared.recurring) = (0, recurring);
    }

    /// Holds back the next answer to this method and a path that contains `path`, query included,
    /// until what this gives is dropped. The request has taken effect by then.
    #[must_use = "dropping it lets the answer go"]
    pub fn hold_next(&self, method: &Method, path: &str) -> Held {
        self.shared.holds.order(method.clone(), path)
    }

    /// Every token, revoked ones too.
    pub fn truth(&self) -> Result<Vec<StoredToken>, StartError> {
        Ok(self.shared.store.all(self.shared.now())?)
    }

    /// The flaws planted in a history: all that each token has at its end, by the token's id.
    #[must_use]
    pub fn planted(&self) -> &[(String, Flaw)] {
        &self.planted
    }

    /// Every use of a token until now, in order; none if the sandbox has neither a history nor a
    /// past.
    pub fn uses(&self, id: &str) -> Result<Vec<DateTime<Utc>>, StartError> {
        Ok(self.shared.store.uses(id, self.shared.now())?)
    }

    /// Lets a token look used at that time.
    pub fn touch(&self, id: &str, at: DateTime<Utc>) -> Result<(), StartError> {
        Ok(self.shared.store.used(id, at)?)
    }

    /// Adds a token of the organization with this name; returns its id.
    pub fn add_token(&self, name: &str) -> Result<String, StartError> {
        Ok(self.add_known_token(name)?.0)
    }

    /// Like [`Self::add_token`]; returns its id and its value.
    pub fn add_known_token(&self, name: &str) -> Result<(String, String), StartError> {
        let (mut token, secret) = access(OWNER, name, self.shared.now());
        token.id = format!("t-{:012x}", random() >> 16);
        self.shared.store.add([(&token, secret.as_str())])?;
        lock(&self.shared.ledger).began(&token.id);
        Ok((token.id, secret))
    }

    /// What time it is at the server.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.now()
    }

    /// The code that an authenticator shows at the sandbox's time.
    #[must_use]
    pub fn totp_code(&self) -> String {
        totp_code(self.shared.now())
    }

    /// The one-time code that was sent last, if one was.
    #[must_use]
    pub fn last_one_time_code(&self) -> Option<String> {
        lock(&self.shared.second_factor).last_code().map(str::to_owned)
    }

    /// The backup codes that are still good; each is good once.
    #[must_use]
    pub fn backup_codes(&self) -> Vec<String> {
        lock(&self.shared.second_factor).backup_codes()
    }

    /// Signs the admin in; returns the session cookie as `name=value`.
    #[must_use]
    pub fn session_cookie(&self) -> String {
        session_cookie(&self.shared, OWNER)
    }

    /// Ends every session, as if all were revoked.
    pub fn end_sessions(&self) {
        lock(&self.shared.sessions).close_all();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}
