//! One request in flight, and its response so far.

use std::time::Instant;

use bytes::Bytes;
use chrono::Utc;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, ORIGIN};
use reqwest::{Method, Response};

use super::Transport;
use super::answer::Answer;
use super::auth::AUTH_PREFIX;
use super::failure::failure;
use super::proof::add_origin;
use crate::error::Error;
use crate::secret::Secret;
use crate::wire;

/// The path that tells whether a session is alive (docs/entri-api.md#sign-in).
pub(crate) const SESSION_CHECK: &str = "/get-session";

/// The most bytes that are read of a response other than 2xx: it has a message, never a list.
const FAILURE_LIMIT: usize = 64 * 1024;

pub(super) struct Outgoing<'a> {
    pub(super) method: Method,
    pub(super) prefix: &'a str,
    pub(super) path: &'a str,
    pub(super) body: Option<Bytes>,
    /// The most bytes that are read of the response.
    pub(super) limit: usize,
}

impl Transport {
    /// Sends a request once. `origin` replaces the one required by docs/entri-api.md#origin.
    pub(super) async fn exchange(
        &self,
        outgoing: Outgoing<'_>,
        origin: Option<&str>,
    ) -> Result<Answer, Error> {
        let Outgoing { method, prefix, path, body, limit } = outgoing;
        let url = format!("{}{prefix}{path}", self.base_url);
        let whole_path = format!("{}{prefix}{path}", self.base_url.path());
        let whole_path = whole_path.split('?').next().unwrap_or_default();
        let headers = self.headers(&method, prefix, path, whole_path, origin);
        let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok());
        let origin = origin.map(str::to_owned);
        let mut request = self.http.request(method.clone(), url).headers(headers);
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
        // A cookie of a redirect would be of whoever sent us away.
        if response.status().is_redirection() {
            return Err(self.redirected(&response));
        }
        self.clock.note(response.headers(), Utc::now());
        let secrets = self.received(response.headers(), whole_path);
        let answer = self.read(response, limit).await;
        Ok(Answer { secrets, origin, ..answer })
    }

    fn headers(
        &self,
        method: &Method,
        prefix: &str,
        path: &str,
        whole_path: &str,
        origin: Option<&str>,
    ) -> HeaderMap {
        let true_check = prefix == AUTH_PREFIX && path == SESSION_CHECK;
        let mut headers = self.proof.headers(whole_path, true_check);
        let rule = self.session().filter(|_| method != Method::GET && headers.contains_key(COOKIE));
        let by_rule = rule.map(|session| session.origin(&self.base_url));
        add_origin(&mut headers, origin.or(by_rule.as_deref()));
        headers
    }

    /// Returns what must not be shown: the secrets that were sent and received.
    fn received(&self, headers: &HeaderMap, path: &str) -> Vec<Secret> {
        let Some(session) = self.session() else { return Vec::new() };
        let mut secrets = session.secrets();
        session.receive(headers, &self.base_url, path);
        secrets.extend(session.secrets());
        secrets
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
        let failed = !response.status().is_success();
        let limit = if failed { limit.min(FAILURE_LIMIT) } else { limit };
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
        let credential = self.proof.kind();
        let (secrets, origin, body) = (Vec::new(), None, wire::readable(body));
        Answer { host: self.host(), credential, status, headers, body, cut, secrets, origin }
    }
}
