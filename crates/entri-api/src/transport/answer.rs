//! An answer: its status named, its body read.

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
    /// What was sent along.
    pub(super) credential: CredentialKind,
    /// What its words must not show.
    pub(super) secrets: Vec<Secret>,
    /// The `Origin` that was sent.
    pub(super) origin: Option<String>,
    pub(super) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Why the body is not whole.
    pub(crate) cut: Option<Error>,
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// What `BetterAuth` calls its error (docs/entri-api.md#sign-in).
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

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Error {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        let answer = Answer {
            host: "a.example".to_owned(),
            credential: CredentialKind::ApiToken,
            secrets: Vec::new(),
            origin: None,
            status: StatusCode::from_u16(status).unwrap(),
            headers: map,
            body: body.as_bytes().to_vec(),
            cut: None,
        };
        answer.success().err().unwrap()
    }

    /// The error bodies of docs/entri-api.md#examples.
    #[test]
    fn every_status_has_its_error_and_keeps_the_servers_words() {
        let words = |status, body| error(status, &[], body).to_string();
        let table = [
            (
                400,
                r#"{"statusCode":400,"message":["name should not be empty","expiresAt must be a valid ISO 8601 date string"],"error":"Bad Request"}"#,
                "a.example rejected the request: “name should not be empty; expiresAt must be a valid ISO 8601 date string”.",
            ),
            (
                401,
                r#"{"message":"Unauthorized","statusCode":401}"#,
                "a.example rejected this API token: “Unauthorized”.",
            ),
            (
                401,
                r#"{"statusCode":401,"error":"Unauthorized","message":"API token has been revoked","timestamp":"2026-11-24T10:06:00.000Z","path":"/api/projects"}"#,
                "a.example rejected this API token: “API token has been revoked”.",
            ),
            (
                403,
                r#"{"statusCode":403,"error":"Forbidden","message":"Only owners and admins can manage API tokens","timestamp":"2026-11-24T10:06:00.000Z","path":"/api/organizations/x/tokens"}"#,
                "a.example does not allow this: “Only owners and admins can manage API tokens”.",
            ),
            (
                404,
                r#"{"statusCode":404,"error":"Not Found","message":"Token not found"}"#,
                "a.example couldn’t find this: “Token not found”.",
            ),
            (404, "", "a.example couldn’t find this."),
            (
                404,
                "<html>",
                "a.example didn’t respond like an Entri server (no stated type, HTTP 404).",
            ),
            (
                409,
                r#"{"statusCode":409,"error":"Conflict","message":"A token with this name already exists"}"#,
                "a.example rejected the request: “A token with this name already exists”.",
            ),
            (
                413,
                r#"{"statusCode":413,"message":"request entity too large"}"#,
                "a.example rejected the request: “request entity too large”.",
            ),
            (418, "", "a.example rejected the request."),
            (
                422,
                r#"{"statusCode":422,"error":"Unprocessable Entity","message":"expiresAt must be in the future"}"#,
                "a.example rejected the request: “expiresAt must be in the future”.",
            ),
            (
                429,
                r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#,
                "a.example is rate limiting. Try again later.",
            ),
            (
                500,
                r#"{"statusCode":500,"message":"Internal server error"}"#,
                "a.example had an error (HTTP 500): “Internal server error”.",
            ),
            (502, "<html>bad gateway</html>", "a.example had an error (HTTP 502)."),
        ];
        for (status, body, start) in table {
            let words = words(status, body);
            assert!(words.starts_with(start), "{status} {body}: {words}");
        }
    }

    #[test]
    fn a_429_says_how_long() {
        let limited = error(429, &[("x-retry-after", "8")], r#"{"message":"Too many requests."}"#);
        assert_eq!(limited.to_string(), "a.example is rate limiting. Try again in 8 seconds.");
        let Error::RateLimited { wait, .. } = limited else { panic!("{limited}") };
        assert_eq!(wait, Some(Duration::from_secs(8)));
    }
}
