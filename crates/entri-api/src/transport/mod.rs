//! One request: sent, waited for, and read up to a limit.

mod answer;
mod failure;
mod http;
mod wait;

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::{Method, Response};

use crate::address::BaseUrl;
use crate::credential::ApiToken;
use crate::error::Error;

pub(crate) use answer::Answer;
use failure::failure;
pub(crate) use http::Limits;

/// A GET is sent again at most this often.
const RETRIES: u32 = 2;
const PREFIX: &str = "/api";
const VERSIONED_PREFIX: &str = "/api/v1";

pub(crate) struct Transport {
    http: reqwest::Client,
    base_url: BaseUrl,
    key: HeaderValue,
    /// Found by the first GET that is answered (contract §1).
    prefix: OnceLock<&'static str>,
    backoff: Duration,
}

/// A request that changes something.
pub(crate) struct Change<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) body: Option<Vec<u8>>,
    /// In words, for [`Error::OutcomeUnknown`].
    pub(crate) act: &'static str,
}

impl Transport {
    pub(crate) fn new(base_url: BaseUrl, token: ApiToken, limits: Limits) -> Result<Self, Error> {
        let key = token.into_header()?;
        let http = http::client(&base_url, limits)?;
        Ok(Self { http, base_url, key, prefix: OnceLock::new(), backoff: limits.backoff })
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    pub(crate) fn host(&self) -> String {
        self.base_url.host().to_owned()
    }

    /// Reads, again where that may help: it changes nothing on the server.
    pub(crate) async fn get(&self, path: &str, limit: usize) -> Result<Answer, Error> {
        let mut tries = 0;
        loop {
            let error = match self.get_under_prefix(path, limit).await {
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
        if answer.is_ok() {
            self.prefix.get_or_init(|| prefix);
        }
        answer
    }

    async fn get_once(&self, prefix: &str, path: &str, limit: usize) -> Result<Answer, Error> {
        self.exchange(Method::GET, prefix, path, None, limit).await?.success()?.whole()
    }

    /// Sends a request that changes something, once, and gives back a 2xx, whole or not. Unless it
    /// certainly was not sent, or the server certainly refused it, its outcome is unknown.
    pub(crate) async fn change(&self, change: Change<'_>, limit: usize) -> Result<Answer, Error> {
        let Change { method, path, body, act } = change;
        let prefix = self.prefix.get().copied().unwrap_or(PREFIX);
        let answer = self.exchange(method, prefix, path, body, limit).await;
        let unknown = |host, reason| Error::OutcomeUnknown { act, host, reason };
        answer.and_then(Answer::success).map_err(|error| match error {
            Error::Timeout { host } => unknown(host, "no answer in time".to_owned()),
            Error::Interrupted { host, reason } => unknown(host, reason),
            Error::Server { host, status, message } => {
                unknown(host, format!("HTTP {status}{message}"))
            }
            error => error,
        })
    }

    async fn exchange(
        &self,
        method: Method,
        prefix: &str,
        path: &str,
        body: Option<Vec<u8>>,
        limit: usize,
    ) -> Result<Answer, Error> {
        let url = format!("{}{prefix}{path}", self.base_url);
        let mut request =
            self.http.request(method.clone(), url).header("X-API-Key", self.key.clone());
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let started = Instant::now();
        let sent = request.send().await;
        let response = sent.map_err(|error| failure(self.base_url.host(), &error))?;
        tracing::debug!(
            %method,
            path,
            status = response.status().as_u16(),
            milliseconds = started.elapsed().as_millis(),
            "answered"
        );
        if response.status().is_redirection() {
            return Err(self.redirected(&response));
        }
        Ok(self.read(response, limit).await)
    }

    fn redirected(&self, response: &Response) -> Error {
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let target = location
            .and_then(|location| response.url().join(location).ok())
            .filter(url::Url::has_host)
            .map_or_else(
                || "an address it does not name".to_owned(),
                |target| target.origin().ascii_serialization(),
            );
        Error::Redirected { host: self.host(), target }
    }

    async fn read(&self, mut response: Response, limit: usize) -> Answer {
        let mut body = Vec::new();
        let cut = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    body.extend_from_slice(&chunk[..limit - body.len()]);
                    break Some(Error::TooLarge { host: self.host(), limit });
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break None,
                Err(error) => break Some(failure(self.base_url.host(), &error)),
            }
        };
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { host: self.host(), status, headers, body, cut }
    }
}

/// Whether the answer came from something else than the API: Nest's words for a path it does not
/// know, or a web page (contract §1).
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
