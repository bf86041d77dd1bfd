//! The history of the embedded sandbox from before it started, as if its tokens had been used for a
//! year and the app had taken a snapshot every day.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::TokenId;
use token_audit::{Date, ServerTime};

use super::book::{Book, place};
use super::record::{Snapshot, write};
use crate::error::StoreError;
use crate::model::token::TokenRecord;

/// The past of the embedded sandbox.
pub struct Past {
    /// When the first snapshot was taken.
    pub since: DateTime<Utc>,
    /// When each token was used, in order, by its id.
    pub uses: HashMap<TokenId, Vec<DateTime<Utc>>>,
}

impl Book {
    /// Writes a snapshot for each day: the list as it is now, but with the last uses of that day, and without the tokens
    /// that were created later.
    pub(crate) fn look_back(&self, now: &Snapshot<'_>, past: &Past) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        if place(&database, now.connection)?.is_some() {
            return Ok(());
        }
        let change = database.transaction()?;
        let mut at = past.since;
        while at < now.at {
            let tokens = now.list.records().filter_map(|token| as_of(token, past, at));
            write(
                &change,
                &Snapshot { at, there: Some(ServerTime(at)), unread: None, ..*now },
                tokens,
            )?;
            at += TimeDelta::days(1);
        }
        Ok(change.commit()?)
    }
}

/// The token as it was then, if it was there.
fn as_of<'a>(token: TokenRecord<'a>, past: &Past, at: DateTime<Utc>) -> Option<TokenRecord<'a>> {
    let there = token.created.at().is_none_or(|created| created <= at);
    let last = past.uses.get(token.id.0)?.iter().rfind(|used| **used <= at);
    there.then_some(TokenRecord { last_used: last.copied().map_or(Date::None, Date::At), ..token })
}
