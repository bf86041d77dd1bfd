//! Marks the tokens whose values a scan found: a finding of the audit, until the token is dead.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use token_scan::Hit;

use super::whose::{Life, life};
use crate::desk::Desk;
use crate::error::Error;
use crate::model::token::TokenKey;
use crate::model::token::identity::Identity;
use crate::system::threads::blocking;

impl Desk {
    /// Marks the tokens of these hits that still work.
    pub(super) async fn mark_leaked(&self, hits: Vec<Hit>, now: DateTime<Utc>) {
        let desk = self.clone();
        let marked = blocking(move || -> Result<(), Error> {
            let leaked = desk.leaked_now(&hits, now);
            if leaked.is_empty() {
                return Ok(());
            }
            let marked = leaked.into_iter().try_for_each(|it| desk.mark_as_leaked(it));
            desk.list_anew(now);
            marked
        });
        if let Err(error) = marked.await.and_then(|marked| marked) {
            tracing::warn!(%error, "a token that was found is not marked");
        }
    }

    /// The tokens of these hits that still work.
    fn leaked_now(&self, hits: &[Hit], now: DateTime<Utc>) -> Vec<(TokenKey, Identity)> {
        let (lists, clocks) = (self.listed_for_naming(), self.clocks(now));
        let mut values: Vec<&Hit> = hits.iter().filter(|hit| !self.belongs(hit)).collect();
        values.sort_by_key(|hit| hit.fingerprint);
        values.dedup_by_key(|hit| hit.fingerprint);
        let of = |hit: &Hit| {
            let key = self.owner(hit, &lists, true)?.key;
            let (_, list, _) = lists.iter().find(|(it, ..)| it.id == key.connection)?;
            let token = list.record(list.find(&key)?);
            let token = Identity { name: token.name.to_owned(), created: token.created };
            (life(&key, &lists, &clocks) == Life::Live).then_some((key, token))
        };
        values.into_iter().filter_map(of).collect()
    }

    fn mark_as_leaked(&self, (key, token): (TokenKey, Identity)) -> Result<(), Error> {
        let sandbox = {
            let mut state = self.state();
            let Some(held) = state.connection_mut(key.connection) else { return Ok(()) };
            Arc::make_mut(&mut held.leaked).0.insert(key.id.0.clone(), token.clone());
            let sandbox = held.connection.sandbox;
            state.list_anew();
            sandbox
        };
        if !sandbox {
            self.inner.store.write_leaked(&key, &token)?;
        }
        Ok(())
    }
}
