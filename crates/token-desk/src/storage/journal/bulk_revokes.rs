//! Bulk revokes in the journal: the plan before the first token is revoked, the outcome of each token, and the
//! end.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entri_api::{ProjectId, TokenId};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use super::{Draft, Journal, list, time};
use crate::error::StoreError;
use crate::model::bulk_revoke::{BulkRevokeOutcome, OpenBulkRevoke, PlannedToken};
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;

/// What was known about a token when the revoke was planned, as the journal stores it.
#[derive(Serialize, Deserialize)]
struct Evidence {
    id: TokenId,
    name: String,
    project: Option<ProjectId>,
    #[serde(default)]
    created: Option<i64>,
    last_used: Option<i64>,
    reasons: Vec<String>,
    in_use: bool,
    #[serde(default)]
    kept: Option<i64>,
}

impl Journal {
    /// Records a plan and returns its number. It is on disk when this returns.
    pub fn begin_bulk_revoke(
        &self,
        connection: &Connection,
        tokens: &[PlannedToken],
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let (ids, basis) = contents(tokens);
        self.append(&Draft {
            token_ids: &ids,
            basis: &basis,
            ..Draft::act(Deed::BulkRevoke, connection, now)
        })
    }

    /// Records scheduled plans for each connection, and ends the bulk revoke they continue, all or nothing.
    pub fn schedule_bulk_revokes(
        &self,
        parts: &[(Connection, Vec<PlannedToken>)],
        instead_of: Option<i64>,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let contents: Vec<_> = parts.iter().map(|(_, tokens)| contents(tokens)).collect();
        let planned = parts.iter().zip(&contents).map(|((connection, _), (ids, basis))| Draft {
            token_ids: ids,
            basis,
            until: Some(due),
            ..Draft::act(Deed::BulkRevoke, connection, now)
        });
        let ended = instead_of.map(|bulk_revoke| Draft::step(bulk_revoke, Deed::BulkPutOff, now));
        self.append_all(&planned.chain(ended).collect::<Vec<_>>())
    }

    /// Records the outcome of one token.
    pub fn bulk_revoke_step(
        &self,
        bulk_revoke: i64,
        token: &PlannedToken,
        outcome: &BulkRevokeOutcome,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let detail = match outcome {
            BulkRevokeOutcome::Failed(why) | BulkRevokeOutcome::Skipped(why) => Some(why.as_str()),
            _ => None,
        };
        let step = Draft {
            token_ids: std::slice::from_ref(&token.key.id),
            name: Some(&token.name),
            detail,
            ..Draft::step(bulk_revoke, outcome.deed(), now)
        };
        self.append_or_owe(&step, &token.name);
        // The bulk revoke stops, since a crash would lose the pending entries.
        self.unwritten().map_or(Ok(()), |it| Err(StoreError::Owed(it.reason)))
    }

    /// Ends a bulk revoke: either `all` tokens had their turn, or the rest is left.
    pub fn end_bulk_revoke(
        &self,
        bulk_revoke: i64,
        all: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let end = if all { Deed::BulkFinished } else { Deed::BulkLeft };
        self.append(&Draft::step(bulk_revoke, end, now))?;
        Ok(())
    }

    /// Returns a server's bulk revokes that didn't finish, oldest first.
    pub fn open_bulk_revokes(
        &self,
        connection: &Connection,
    ) -> Result<Vec<OpenBulkRevoke>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(&format!(
            "SELECT id, at, basis, until FROM entry
             WHERE base_url = ?1 AND organization_id = ?2 AND what = ?3 AND NOT EXISTS
                 (SELECT 1 FROM step WHERE step.attempt = entry.id AND stage IN ({}))
             ORDER BY id",
            super::ends()
        ))?;
        let (url, organization) = (connection.base_url.as_str(), &connection.organization_id.0);
        let of = params![url, organization, Deed::BulkRevoke.code()];
        let mut open = select
            .query_map(of, |row| read(connection, row))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut steps = database.prepare("SELECT token_ids FROM step WHERE attempt = ?1")?;
        for bulk_revoke in &mut open {
            let done: HashSet<TokenId> = steps
                .query_map([bulk_revoke.number], |row| row.get::<_, String>(0))?
                .flat_map(|ids| ids.map_or_else(|_| Vec::new(), |ids| list::from_json(&ids)))
                .collect();
            bulk_revoke.left.retain(|token| !done.contains(&token.key.id));
        }
        Ok(open)
    }
}

/// The ids of the tokens, and what is known of each.
fn contents(tokens: &[PlannedToken]) -> (Vec<TokenId>, Vec<String>) {
    tokens.iter().map(|token| (token.key.id.clone(), evidence(token))).unzip()
}

fn evidence(token: &PlannedToken) -> String {
    let evidence = Evidence {
        id: token.key.id.clone(),
        name: token.name.clone(),
        project: token.project_id.clone(),
        created: Stamp::from(token.created).kept(),
        last_used: Stamp::from(token.last_used).kept(),
        reasons: token.reasons.clone(),
        in_use: token.needs_care,
        kept: token.kept.map(|at| at.timestamp()),
    };
    serde_json::to_string(&evidence).unwrap_or_default()
}

fn read(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<OpenBulkRevoke> {
    let basis: Vec<String> = list::from_json(&row.get::<_, String>("basis")?);
    let planned = |text: &String| {
        let evidence: Evidence = serde_json::from_str(text).ok()?;
        Some(PlannedToken {
            key: TokenKey { connection: connection.id, id: evidence.id },
            name: evidence.name,
            project_id: evidence.project,
            created: Stamp::from_kept(evidence.created).into(),
            last_used: Stamp::from_kept(evidence.last_used).into(),
            reasons: evidence.reasons,
            needs_care: evidence.in_use,
            may_be_own: false,
            kept: evidence.kept.map(time),
        })
    };
    let left: Vec<_> = basis.iter().filter_map(planned).collect();
    Ok(OpenBulkRevoke {
        connection: connection.id,
        number: row.get("id")?,
        at: time(row.get("at")?),
        due: row.get::<_, Option<i64>>("until")?.map(time),
        total: left.len(),
        left,
    })
}
