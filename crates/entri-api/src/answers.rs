//! Answers that are there already, read as the client reads them: for what has one and no server.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;

use crate::entry::Entry;
use crate::secret::Secret;
use crate::token::CreatedToken;
use crate::transport;
use crate::wire::{self, List};

/// The entries of one page of a list; `None` for an entry that cannot be read. `None` as a whole
/// where there is no list in it (contract §6).
#[must_use]
pub fn list<T: Entry>(body: &[u8]) -> Option<Vec<Option<T>>> {
    List::read(&wire::readable(body.to_vec()), Utc::now()).map(|list| list.items)
}

/// The answer to a create (contract §5).
///
/// # Errors
/// What cannot be understood comes back whole, or as the value alone where that is recognized.
pub fn created(body: &[u8]) -> Result<CreatedToken, Secret> {
    wire::created(&wire::readable(body.to_vec()))
}

/// How long these headers ask to wait, 60 s at most; `None` where they say nothing that can be
/// understood (contract §8).
#[must_use]
pub fn wait(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    transport::asked_wait(headers, now)
}
