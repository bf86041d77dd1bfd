//! The client: one server, one credential, every call this app makes.

mod found;
mod organization;
mod own;
mod pages;
mod refusal;
mod session;

use std::sync::Arc;

use chrono::{SecondsFormat, TimeDelta};
use reqwest::Method;
use serde::Serialize;

pub use found::{FoundValue, PreviewFit, Probed, values_in};
pub use pages::Pages;
pub use refusal::Refusal;

use crate::address::BaseUrl;
use crate::credential::Credential;
use crate::error::Error;
use crate::model::activity::LogEntry;
use crate::model::id::{OrganizationId, TokenId};
use crate::model::organization::Project;
use crate::model::person::Member;
use crate::model::token::{CreatedToken, NewToken, Revocation, Token, TokenOwner};
use crate::percent;
use crate::transport::{Change, Limits, Transport};
use crate::wire::{self, Entry, List};

/// The largest answer to a create or a revoke that is read, in bytes.
const CHANGE_LIMIT: usize = 64 * 1024;
/// The largest page of a list that is read, in bytes.
const LIST_LIMIT: usize = 8 * 1024 * 1024;
const CREATE: &str = "create the token";
const REVOKE: &str = "revoke the token";

/// A client of one server with one credential. Cheap to clone. Needs a tokio runtime with I/O and
/// time.
#[derive(Clone)]
pub struct Client {
    transport: Arc<Transport>,
}

/// Only documented fields are sent: a server may refuse others (docs/entri-api.md#tokens).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewTokenBody<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scopes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

impl Client {
    /// A client that has sent nothing yet.
    ///
    /// # Errors
    /// [`Error::ForeignSession`] for a session of another server; [`Error::Setup`].
    pub fn new(base_url: BaseUrl, credential: impl Into<Credential>) -> Result<Self, Error> {
        Self::with_limits(base_url, credential, Limits::STANDARD)
    }

    pub(crate) fn with_limits(
        base_url: BaseUrl,
        credential: impl Into<Credential>,
        limits: Limits,
    ) -> Result<Self, Error> {
        Ok(Self { transport: Arc::new(Transport::new(base_url, credential.into(), limits)?) })
    }

    /// The server's base URL, which every request goes to.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        self.transport.base_url()
    }

    /// How far the server's clock is ahead of this computer's, according to the last response that
    /// told a time; uncertain by about a second and by the time that response took. `None` before
    /// there was one (docs/entri-api.md#tolerance).
    #[must_use]
    pub fn clock_skew(&self) -> Option<TimeDelta> {
        self.transport.clock_skew()
    }

    /// The organization's projects (docs/entri-api.md#organization).
    #[must_use]
    pub fn projects(&self) -> Pages<'_, Project> {
        Pages::new(self, "/projects".to_owned())
    }

    /// The organization's members (docs/entri-api.md#members). [`Error::Forbidden`] if the role may
    /// not see them.
    #[must_use]
    pub fn members(&self) -> Pages<'_, Member> {
        Pages::new(self, "/organizations/current/members".to_owned())
    }

    /// The organization's activity log, newest first (docs/entri-api.md#activity).
    /// [`Error::Forbidden`] if the role is neither owner nor admin.
    #[must_use]
    pub fn activity(&self, organization: &OrganizationId) -> Pages<'_, LogEntry> {
        Pages::new(self, format!("/organizations/{}/activity", segment(&organization.0)))
    }

    /// The tokens of an organization or a project (docs/entri-api.md#tokens). Whether an organization's
    /// list includes those of its projects is not documented.
    #[must_use]
    pub fn tokens(&self, owner: &TokenOwner) -> Pages<'_, Token> {
        Pages::new(self, tokens_path(owner))
    }

    /// Creates a token. The request is sent once, whatever happens (docs/entri-api.md#tokens).
    ///
    /// # Errors
    /// [`Error::OutcomeUnknown`] when it was sent and the token may exist;
    /// [`Error::UnreadableCreate`] when it was accepted but the answer could not be understood.
    pub async fn create_token(
        &self,
        owner: &TokenOwner,
        new: &NewToken,
    ) -> Result<CreatedToken, Error> {
        let change = Change {
            method: Method::POST,
            path: &tokens_path(owner),
            body: Some(new_token_body(new)?.into()),
            act: CREATE,
        };
        let answer = self.transport.change(change, CHANGE_LIMIT).await?;
        let (host, cut) = (answer.host, answer.cut);
        wire::created(&answer.body).map_err(|kept| {
            if !kept.expose().trim().is_empty() {
                return Error::UnreadableCreate { host, body: kept };
            }
            let reason = cut.map_or_else(|| "an empty answer".to_owned(), |cut| cut.to_string());
            Error::OutcomeUnknown { act: CREATE, host, reason }
        })
    }

    /// Revokes a token. Any 2xx of the API is success, unless its body says otherwise; only a fresh
    /// list can tell what a 404 means (docs/entri-api.md#tokens): see [`Client::find_token`].
    ///
    /// # Errors
    /// [`Error::OutcomeUnknown`] if it was sent and the token may be revoked.
    pub async fn revoke_token(
        &self,
        owner: &TokenOwner,
        id: &TokenId,
    ) -> Result<Revocation, Error> {
        let path = format!("{}/{}", tokens_path(owner), segment(&id.0));
        let change = Change { method: Method::DELETE, path: &path, body: None, act: REVOKE };
        match self.transport.change(change, CHANGE_LIMIT).await {
            Ok(answer) => answer.done(REVOKE).map(|()| Revocation::Revoked),
            // Nest's words for a path it does not know: the token may well be alive.
            Err(Error::NotFound { message, .. }) if !message.text().starts_with("Cannot ") => {
                Ok(Revocation::NotFound)
            }
            Err(error) => Err(error),
        }
    }

    /// The path within the API and the query of an address; `None` if it isn't an address of this
    /// server.
    pub(crate) fn query_of(&self, address: &str) -> Option<(String, String)> {
        self.transport.query_of(address)
    }

    pub(crate) async fn list<T: Entry>(&self, path: &str) -> Result<List<T>, Error> {
        let answer = self.transport.get(path, LIST_LIMIT).await?;
        List::answered(&answer.body, &answer.headers).ok_or_else(|| answer.unexpected())
    }
}

/// Times in UTC with milliseconds and `Z` (docs/entri-api.md#tokens).
fn new_token_body(new: &NewToken) -> Result<Vec<u8>, Error> {
    let expires_at = new.expires_at.map(|time| time.to_rfc3339_opts(SecondsFormat::Millis, true));
    let body = NewTokenBody { name: &new.name, scopes: &new.scopes, expires_at };
    serde_json::to_vec(&body).map_err(|error| Error::Setup(error.to_string()))
}

fn tokens_path(owner: &TokenOwner) -> String {
    match owner {
        TokenOwner::Organization(id) => format!("/organizations/{}/tokens", segment(&id.0)),
        TokenOwner::Project(id) => format!("/projects/{}/tokens", segment(&id.0)),
    }
}

/// An id as one segment of a path: ids are opaque, and may hold anything.
fn segment(id: &str) -> String {
    if matches!(id, "" | "." | "..") {
        // As they are, these would name the list above. In quotes they name nothing.
        return format!("%22{id}%22");
    }
    percent::encode(id, b"-_~").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(segment("t-81f0"), "t-81f0");
        assert_eq!(segment("../x?y#z"), "%2E%2E%2Fx%3Fy%23z");
        for id in ["", ".", "..", "%2e%2e", "a/b", "ä b"] {
            let url =
                url::Url::parse(&format!("https://a.example/tokens/{}", segment(id))).unwrap();
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            assert_eq!((segments.len(), segments[0]), (2, "tokens"), "{id}");
            assert!(!segments[1].is_empty(), "{id}");
        }
    }

    #[test]
    fn only_what_is_set_is_sent() {
        let mut new = NewToken { name: "a".to_owned(), scopes: Vec::new(), expires_at: None };
        assert_eq!(new_token_body(&new).unwrap(), br#"{"name":"a"}"#);
        new.expires_at = Some("2027-02-22T01:00:00+01:00".parse().unwrap());
        new.scopes = vec!["translations:read".to_owned()];
        let body =
            r#"{"name":"a","scopes":["translations:read"],"expiresAt":"2027-02-22T00:00:00.000Z"}"#;
        assert_eq!(new_token_body(&new).unwrap(), body.as_bytes());
    }
}
