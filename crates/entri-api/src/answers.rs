//! Answers that are there already, read as the client reads them: for what has one and no server.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;

use crate::address::BaseUrl;
use crate::completeness::Completeness;
use crate::message::ServerMessage;
use crate::model::person::User;
use crate::model::token::CreatedToken;
use crate::page::Course;
use crate::secret::Secret;
use crate::session::{Jar, Session, SessionInfo};
use crate::transport;
use crate::wire::{self, Entry, List};

/// The entries of one page of a list, with `None` for an unreadable entry. `None` if the body has
/// no list (docs/entri-api.md#lists).
#[must_use]
pub fn list<T: Entry>(body: &[u8]) -> Option<Vec<Option<T>>> {
    List::read(&wire::readable(body.to_vec()), Utc::now()).map(|list| list.items)
}

/// A list in several pages (docs/entri-api.md#lists). `page` is called with a path and its query
/// and returns the headers and the body, or nothing if the server refuses. Returns the ids in the
/// order they came, how many entries couldn't be read, and whether these are all.
pub fn pages<T: Entry>(
    mut answer: impl FnMut(&str) -> Option<(HeaderMap, Vec<u8>)>,
) -> (Vec<String>, u32, Completeness) {
    let (mut course, mut ids) = (Course::of("/list".to_owned()), Vec::new());
    while let Some(place) = course.next() {
        let list = answer(&place);
        let list =
            list.and_then(|(headers, body)| List::<T>::answered(&wire::readable(body), &headers));
        let query_of = |url: &str| {
            let (path, query) = url.split_once('?')?;
            Some((path.to_owned(), query.to_owned()))
        };
        if let Some(page) = course.take(place, list, query_of) {
            if page.anew {
                ids.clear();
            }
            ids.extend(page.items.iter().map(|item| item.id().to_owned()));
        }
    }
    (ids, course.skipped(), course.completeness())
}

/// The answer to a sign-in (docs/entri-api.md#sign-in): who signed in, the names of the second factors that
/// are wanted, and the session that its headers set; each if there is one.
#[must_use]
pub fn sign_in(
    base_url: &BaseUrl,
    headers: &HeaderMap,
    body: &[u8],
    now: DateTime<Utc>,
) -> (Option<User>, Vec<String>, Option<Session>) {
    let mut jar = Jar::new(base_url);
    jar.receive(headers, base_url, "/api/auth/sign-in/email", now);
    let session = jar.is_signed_in().then_some(Session(jar));
    match wire::signed_in(&wire::readable(body.to_vec())) {
        Some(wire::SignedIn::As(user)) => (user, Vec::new(), session),
        Some(wire::SignedIn::SecondFactor(methods)) => (None, methods, session),
        None => (None, Vec::new(), session),
    }
}

/// Reads the response to `/get-session` (docs/entri-api.md#sign-in); `None` if it is something
/// else.
#[must_use]
pub fn session(body: &[u8]) -> Option<SessionInfo> {
    wire::session_info(&wire::readable(body.to_vec()))
}

/// Whether an answer says that what was asked for was done (docs/entri-api.md#tokens).
#[must_use]
pub fn is_done(body: &[u8]) -> bool {
    wire::is_done(&wire::readable(body.to_vec()))
}

/// The words of an answer that is a failure, as they may be shown (docs/entri-api.md#errors).
#[must_use]
pub fn words(body: &[u8]) -> ServerMessage {
    ServerMessage::new(&wire::server_words(&wire::readable(body.to_vec())))
}

/// The answer to a create (docs/entri-api.md#tokens).
///
/// # Errors
/// A response that can't be understood is returned whole, or as just the value if that is recognized.
pub fn created(body: &[u8]) -> Result<CreatedToken, Secret> {
    wire::created(&wire::readable(body.to_vec()))
}

/// How long these headers ask to wait, 60 s at most; `None` if they say nothing that can be
/// understood (docs/entri-api.md#rate-limits).
#[must_use]
pub fn wait(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    transport::asked_wait(headers, now)
}
