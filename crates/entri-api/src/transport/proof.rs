//! The credential of a request: an API token or a session, never both (docs/entri-api.md#credentials).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::Utc;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use tokio::sync::watch;

use crate::address::BaseUrl;
use crate::credential::{Credential, CredentialKind};
use crate::error::Error;
use crate::secret::Secret;
use crate::session::Jar;

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// A credential in use.
pub(crate) enum Proof {
    Key(HeaderValue),
    Session(LiveSession),
}

/// A session in use, with the cookies of its latest responses.
pub(crate) struct LiveSession {
    jar: Mutex<Jar>,
    /// The `Origin` that this server turned out to accept, if it isn't its address.
    origin: Mutex<Option<String>>,
    changes: watch::Sender<u64>,
    ended: AtomicBool,
}

impl Proof {
    /// Fails for a session that proves nothing to this server.
    pub(super) fn new(base_url: &BaseUrl, credential: Credential) -> Result<Self, Error> {
        match credential {
            Credential::ApiToken(token) => token.into_header().map(Self::Key),
            Credential::Session(session) => {
                let foreign = || Error::ForeignSession { host: base_url.host().to_owned() };
                let jar = session.0.for_server(base_url).ok_or_else(foreign)?;
                Ok(Self::Session(LiveSession::new(jar)))
            }
        }
    }

    pub(super) fn kind(&self) -> CredentialKind {
        match self {
            Self::Key(_) => CredentialKind::ApiToken,
            Self::Session(_) => CredentialKind::Session,
        }
    }

    pub(crate) fn session(&self) -> Option<&LiveSession> {
        match self {
            Self::Key(_) => None,
            Self::Session(session) => Some(session),
        }
    }

    /// The headers for a request to `path`; `true_check` asks past the server's cache.
    pub(super) fn headers(&self, path: &str, true_check: bool) -> HeaderMap {
        match self {
            Self::Key(key) => HeaderMap::from_iter([(API_KEY, key.clone())]),
            Self::Session(session) => {
                let jar = session.jar();
                let bearer = jar.bearer_header().map(|value| (AUTHORIZATION, value));
                let cookie = || jar.cookie_header(path, true_check).map(|value| (COOKIE, value));
                bearer.or_else(cookie).into_iter().collect()
            }
        }
    }
}

impl LiveSession {
    pub(crate) fn new(jar: Jar) -> Self {
        let (origin, changes) = (Mutex::new(None), watch::Sender::new(0));
        Self { jar: Mutex::new(jar), origin, changes, ended: AtomicBool::new(false) }
    }

    pub(crate) fn jar(&self) -> MutexGuard<'_, Jar> {
        // A panic elsewhere leaves nothing half done in a jar.
        self.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts how often what outlasts this process changed.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Honours what an answer sets, whichever route gave it (docs/entri-api.md#sign-in).
    pub(super) fn receive(&self, headers: &HeaderMap, base_url: &BaseUrl, path: &str) {
        let mut jar = self.jar();
        let over = self.ended.load(Ordering::Relaxed);
        let changed = !over && jar.receive(headers, base_url, path, Utc::now());
        drop(jar);
        if changed {
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// Forgets everything. A response still in flight belongs to the session that ended.
    pub(crate) fn end(&self) {
        let mut jar = self.jar();
        self.ended.store(true, Ordering::Relaxed);
        jar.clear();
        drop(jar);
        self.changes.send_modify(|count| *count += 1);
    }

    /// Secrets that must not be shown in a response's text.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        self.jar().secrets().cloned().collect()
    }

    /// The `Origin` to send with a cookie (docs/entri-api.md#origin).
    pub(super) fn origin(&self, base_url: &BaseUrl) -> String {
        let found = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
        found.clone().unwrap_or_else(|| base_url.origin())
    }

    pub(super) fn take_origin(&self, origin: &str) {
        let mut found = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
        *found = Some(origin.to_owned());
    }
}

/// Adds the `Origin` that a write with a cookie needs. Without a cookie none is sent: newer servers
/// check whatever comes (docs/entri-api.md#sign-in).
pub(super) fn add_origin(headers: &mut HeaderMap, origin: Option<&str>) {
    if let Some(value) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(ORIGIN, value);
    }
}
