//! One request: sent, waited for, and read up to a limit.

mod answer;
mod auth;
mod failure;
mod http;
mod origin;
mod proof;
mod send;
mod wait;

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use reqwest::Method;

use crate::address::BaseUrl;
use crate::clock::Clock;
use crate::credential::{ApiToken, Credential};
use crate::error::Error;

pub(crate) use answer::Answer;
pub use failure::in_plain_words;
pub(crate) use http::Limits;
pub(crate) use proof::{LiveSession, Proof};
use send::Outgoing;
pub(crate) use send::SESSION_CHECK;
pub(crate) use wait::asked as asked_wait;

/// A GET is sent again at most this often.
const RETRIES: u32 = 2;
const PREFIX: &str = "/api";
const VERSIONED_PREFIX: &str = "/api/v1";
/// Where an API may answer (docs/entri-api.md#hosts).
pub(crate) const PREFIXES: [&str; 2] = [PREFIX, VERSIONED_PREFIX];

pub(crate) struct Transport {
    http: reqwest::Client,
    base_url: BaseUrl,
    proof: Proof,
    /// Found by the first GET that is answered (docs/entri-api.md#hosts).
    prefix: OnceLock<&'static str>,
    backoff: Duration,
    clock: Clock,
}

/// A request that changes something.
pub(crate) struct Change<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) body: Option<Bytes>,
    /// In words, for [`Error::OutcomeUnknown`].
    pub(crate) act: &'static str,
}

impl Transport {
    pub(crate) fn new(
        base_url: BaseUrl,
        credential: Credential,
        limits: Limits,
    ) -> Result<Self, Error> {
        let proof = Proof::new(&base_url, credential)?;
        Self::with_proof(base_url, proof, limits)
    }

    fn with_proof(base_url: BaseUrl, proof: Proof, limits: Limits) -> Result<Self, Error> {
        let http = http::client(&base_url, limits)?;
        let (prefix, backoff, clock) = (OnceLock::new(), limits.backoff, Clock::default());
        Ok(Self { http, base_url, proof, prefix, backoff, clock })
    }

    /// The same server, asked with another API token and without patience.
    pub(crate) fn with_key(&self, token: ApiToken) -> Result<Self, Error> {
        Self::new(self.base_url.clone(), token.into(), Limits::IMPATIENT)
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    pub(crate) fn clock_skew(&self) -> Option<TimeDelta> {
        self.clock.skew()
    }

    /// The path below the prefix and the query of an address; `None` if it isn't an address of this
    /// server.
    pub(crate) fn query_of(&self, address: &str) -> Option<(String, String)> {
        let base = url::Url::parse(self.base_url.as_str()).ok()?;
        let url = base.join(address).ok()?;
        let prefix = format!("{}{}", self.base_url.path(), self.prefix.get()?);
        let path = url.path().strip_prefix(&prefix)?.to_owned();
        (url.origin() == base.origin()).then(|| Some((path, url.query()?.to_owned())))?
    }

    /// Where the API answers, as far as known.
    pub(crate) fn prefix(&self) -> &'static str {
        self.prefix.get().copied().unwrap_or(PREFIX)
    }

    pub(crate) fn host(&self) -> String {
        self.base_url.host().to_owned()
    }

    pub(crate) fn proof(&self) -> &Proof {
        &self.proof
    }

    pub(crate) fn session(&self) -> Option<&LiveSession> {
        self.proof.session()
    }

    /// Sends a read request, with retries where that may help: it changes nothing on the server.
    pub(crate) async fn get(&self, path: &str, limit: usize) -> Result<Answer, Error> {
        self.check_signed_in()?;
        match self.patiently(path, || self.get_under_prefix(path, limit)).await {
            Err(error) => Err(self.explain_unauthorized(error).await),
            answer => answer,
        }
    }

    async fn patiently<F>(&self, path: &str, ask: impl Fn() -> F) -> Result<Answer, Error>
    where
        F: Future<Output = Result<Answer, Error>>,
    {
        let mut tries = 0;
        loop {
            let error = match ask().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let backoff = || self.backoff * 2_u32.pow(tries) + self.backoff.mul_f64(jitter());
            let pause = match &error {
                Error::RateLimited { wait, .. } => wait.unwrap_or_else(backoff),
                Error::Timeout { .. } | Error::Interrupted { .. } | Error::Server { .. } => {
                    backoff()
                }
                _ => return Err(error),
            };
            if tries == RETRIES {
                return Err(error);
            }
            tries += 1;
            tracing::debug!(path, tries, ?pause, "asking again");
            tokio::time::sleep(pause).await;
        }
    }

    async fn get_under_prefix(&self, path: &str, limit: usize) -> Result<Answer, Error> {
        if let Some(prefix) = self.prefix.get() {
            return self.get_once(prefix, path, limit).await;
        }
        let first = self.get_once(PREFIX, path, limit).await;
        let (prefix, answer) = match &first {
            Err(error) if is_no_route(error) => {
                let second = self.get_once(VERSIONED_PREFIX, path, limit).await;
                // Where neither is a route, the documented prefix is the one to speak of.
                let neither = second.as_ref().is_err_and(is_no_route);
                if neither { (PREFIX, first) } else { (VERSIONED_PREFIX, second) }
            }
            _ => (PREFIX, first),
        };
        // A 404 for a missing entry is an answer of the API, too.
        let found = match &answer {
            Err(error @ Error::NotFound { .. }) => !is_no_route(error),
            answer => answer.is_ok(),
        };
        if found {
            self.prefix.get_or_init(|| prefix);
        }
        answer
    }

    /// The answer to one GET, whatever it is.
    pub(crate) async fn answer(
        &self,
        prefix: &'static str,
        path: &str,
        limit: usize,
    ) -> Result<Answer, Error> {
        let outgoing = Outgoing { method: Method::GET, prefix, path, body: None, limit };
        self.exchange(outgoing, None).await
    }

    async fn get_once(
        &self,
        prefix: &'static str,
        path: &str,
        limit: usize,
    ) -> Result<Answer, Error> {
        self.answer(prefix, path, limit).await?.success()?.whole()
    }

    /// Sends a request that changes something, once, and returns a 2xx, even an incomplete one. Its
    /// outcome is unknown unless it certainly wasn't sent or the server certainly refused it.
    pub(crate) async fn change(&self, change: Change<'_>, limit: usize) -> Result<Answer, Error> {
        self.check_signed_in()?;
        let Change { method, path, body, act } = change;
        let outgoing = Outgoing { method, prefix: self.prefix(), path, body, limit };
        match self.exchange(outgoing, None).await.and_then(Answer::success) {
            Err(error) => Err(self.explain_unauthorized(unclear(act, error)).await),
            answer => answer,
        }
    }
}

/// The meaning of an error for a request that changes something.
pub(crate) fn unclear(act: &'static str, error: Error) -> Error {
    let unknown = |host, reason| Error::OutcomeUnknown { act, host, reason };
    match error {
        Error::Timeout { host } => unknown(host, "no answer in time".to_owned()),
        Error::Interrupted { host, reason } => unknown(host, reason),
        Error::Server { host, status, message } => unknown(host, format!("HTTP {status}{message}")),
        error => error,
    }
}

/// Whether the answer came from something else than the API: Nest's words for a path it does not
/// know, or a web page (docs/entri-api.md#hosts).
fn is_no_route(error: &Error) -> bool {
    match error {
        Error::NotFound { message, .. } => {
            message.text().is_empty() || message.text().starts_with("Cannot GET")
        }
        Error::UnexpectedAnswer { .. } => true,
        _ => false,
    }
}

/// A number from 0 to 1 that differs between clients: their retries should not meet.
fn jitter() -> f64 {
    let random = u16::try_from(RandomState::new().hash_one(0) & 0xFFFF).unwrap_or(0);
    f64::from(random) / f64::from(u16::MAX)
}

#[cfg(test)]
mod tests;
