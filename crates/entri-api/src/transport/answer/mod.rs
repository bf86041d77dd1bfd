//! An answer: its status named, its body read.

#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::Utc;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::IgnoredAny;

use super::{origin, wait};
use crate::credential::CredentialKind;
use crate::error::Error;
use crate::message::ServerMessage;
use crate::secret::Secret;
use crate::wire;

pub(crate) struct Answer {
    pub(crate) host: String,
    /// The kind of credential that was sent.
    pub(super) credential: CredentialKind,
    /// The secrets that its message must not show.
    pub(super) secrets: Vec<Secret>,
    /// The `Origin` that was sent.
    pub(super) origin: Option<String>,
    pub(super) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Why the body is incomplete; `None` if it is complete.
    pub(crate) cut: Option<Error>,
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The code of `BetterAuth`'s error (docs/entri-api.md#errors-of-a-sign-in).
    pub(crate) fn code(&self) -> Option<String> {
        if self.status.is_success() { None } else { wire::error_code(&self.body) }
    }

    /// The server's own words about an error.
    pub(crate) fn message(&self) -> ServerMessage {
        ServerMessage::without(&wire::server_words(&self.body), &self.secrets)
    }

    /// How long it asks to wait, 60 s at most.
    pub(crate) fn wait(&self) -> Option<Duration> {
        wait::asked(&self.headers, Utc::now())
    }

    pub(super) fn origin_refused(&self) -> Error {
        Error::OriginRefused { host: self.host.clone() }
    }

    /// Nothing, or nothing in JSON: how a server says that there is none.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.body.trim_ascii(), b"" | b"null" | b"{}")
    }

    pub(crate) fn unexpected(&self) -> Error {
        Error::UnexpectedAnswer {
            host: self.host.clone(),
            status: self.status.as_u16(),
            content_type: self.content_type(),
        }
    }

    fn content_type(&self) -> String {
        let named = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let named = named.and_then(|value| value.split(';').next()).unwrap_or("no stated type");
        ServerMessage::new(named).text().to_owned()
    }

    /// A complete 2xx that isn't a web page.
    pub(crate) fn whole(mut self) -> Result<Self, Error> {
        match self.cut.take() {
            Some(error) => Err(error),
            None if self.body.trim_ascii_start().starts_with(b"<") => Err(self.unexpected()),
            None => Ok(self),
        }
    }

    /// A 2xx that says that what was asked for was done. Where it came in part, is of something else
    /// than the API, or speaks of a failure, nobody knows.
    pub(crate) fn done(mut self, act: &'static str) -> Result<(), Error> {
        let reason = match self.cut.take() {
            Some(cut) => cut.to_string(),
            None if wire::is_done(&self.body) => return Ok(()),
            None if self.is_api() => format!("HTTP {}{}", self.status(), self.message()),
            None => format!("HTTP {}, {}", self.status(), self.content_type()),
        };
        Err(Error::OutcomeUnknown { act, host: self.host, reason })
    }

    /// A 2xx. Of everything else the status says what it means, not the body (docs/entri-api.md#errors),
    /// unless that says that the request was turned away for its `Origin`.
    pub(crate) fn success(self) -> Result<Self, Error> {
        if self.status.is_success() {
            return Ok(self);
        }
        let (host, message) = (self.host.clone(), self.message());
        Err(match self.status.as_u16() {
            401 => Error::Unauthorized { host, message, credential: self.credential },
            403 if origin::is_refusal(&self.code().unwrap_or_default()) => self.origin_refused(),
            403 => Error::Forbidden { host, message },
            // A page of something else than the API says nothing about the entry.
            404 | 410 if !self.is_api() => self.unexpected(),
            404 | 410 => Error::NotFound { host, message },
            429 => Error::RateLimited { host, wait: self.wait() },
            status @ 400..500 => Error::Invalid { host, status, message },
            status @ 500.. => Error::Server { host, status, message },
            _ => self.unexpected(),
        })
    }

    fn is_api(&self) -> bool {
        self.body.is_empty() || serde_json::from_slice::<IgnoredAny>(&self.body).is_ok()
    }
}
