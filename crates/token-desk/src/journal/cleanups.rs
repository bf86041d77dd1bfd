//! Clean-ups in the journal: the plan before the first token goes, what came of each, and the end.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use super::{Draft, Journal, list, time};
use crate::cleanup::{CleanupOutcome, OpenCleanup, PlannedToken};
use crate::connection::Connection;
use crate::inventory::TokenKey;
use crate::store::StoreError;

const CLEAN_UP: &str = "clean up";
/// How one ends: all had their turn, or the admin leaves the rest as it is.
const FINISHED: &str = "clean-up finished";
const LEFT: &str = "clean-up left";

/// What was known of a token when it was planned, as the journal keeps it.
#[derive(Serialize, Deserialize)]
struct Evidence {
    id: String,
    name: String,
    project: Option<String>,
    last_used: Option<i64>,
    reasons: Vec<String>,
    in_use: bool,
}

impl Journal {
    /// Writes a plan down; gives its number. Once this returns, the disk has it.
    pub fn begin_cleanup(
        &self,
        connection: &Connection,
        tokens: &[PlannedToken],
        due: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let ids: Vec<_> = tokens.iter().map(|token| token.key.id.clone()).collect();
        let basis: Vec<_> = tokens.iter().map(evidence).collect();
        self.append(&Draft {
            token_ids: &ids,
            basis: &basis,
            until: due,
            ..Draft::act(CLEAN_UP, connection, now)
        })
    }

    /// Writes down what came of one of its tokens.
    pub fn cleanup_step(
        &self,
        cleanup: i64,
        token: &PlannedToken,
        outcome: &CleanupOutcome,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let detail = match outcome {
            CleanupOutcome::Failed(why) => Some(why.as_str()),
            _ => None,
        };
        self.append(&Draft {
            token_ids: std::slice::from_ref(&token.key.id),
            name: Some(&token.name),
            detail,
            ..Draft::step(cleanup, outcome.name(), now)
        })?;
        Ok(())
    }

    /// Ends one: `all` had their turn, or the rest is left as it is.
    pub fn end_cleanup(
        &self,
        cleanup: i64,
        all: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.append(&Draft::step(cleanup, if all { FINISHED } else { LEFT }, now))?;
        Ok(())
    }

    /// Those of a server that did not come to their end, the oldest first.
    pub fn open_cleanups(&self, connection: &Connection) -> Result<Vec<OpenCleanup>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT id, at, basis, until FROM entry
             WHERE base_url = ?1 AND organization_id = ?2 AND what = ?3 AND NOT EXISTS
                 (SELECT 1 FROM entry step WHERE step.attempt = entry.id AND step.what IN (?4, ?5))
             ORDER BY id",
        )?;
        let (url, organization) = (connection.base_url.as_str(), &connection.organization_id);
        let place = params![url, organization, CLEAN_UP, FINISHED, LEFT];
        let mut open = select
            .query_map(place, |row| read(connection, row))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut steps = database.prepare("SELECT token_ids FROM entry WHERE attempt = ?1")?;
        for cleanup in &mut open {
            let done: HashSet<String> = steps
                .query_map([cleanup.number], |row| row.get::<_, String>(0))?
                .flat_map(|ids| ids.map_or_else(|_| Vec::new(), |ids| list::from_json(&ids)))
                .collect();
            cleanup.left.retain(|token| !done.contains(&token.key.id));
        }
        Ok(open)
    }
}

fn evidence(token: &PlannedToken) -> String {
    let evidence = Evidence {
        id: token.key.id.clone(),
        name: token.name.clone(),
        project: token.project_id.clone(),
        last_used: token.last_used.map(|used| used.timestamp()),
        reasons: token.reasons.clone(),
        in_use: token.in_use,
    };
    serde_json::to_string(&evidence).unwrap_or_default()
}

fn read(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<OpenCleanup> {
    let basis = list::from_json(&row.get::<_, String>("basis")?);
    let planned = |text: &String| {
        let evidence: Evidence = serde_json::from_str(text).ok()?;
        Some(PlannedToken {
            key: TokenKey { connection: connection.id, id: evidence.id },
            name: evidence.name,
            project_id: evidence.project,
            last_used: evidence.last_used.map(time),
            reasons: evidence.reasons,
            in_use: evidence.in_use,
        })
    };
    let left: Vec<_> = basis.iter().filter_map(planned).collect();
    Ok(OpenCleanup {
        connection: connection.id,
        number: row.get("id")?,
        at: time(row.get("at")?),
        due: row.get::<_, Option<i64>>("until")?.map(time),
        total: left.len(),
        left,
    })
}
