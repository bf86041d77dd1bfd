//! What was decided about the tokens of a server.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entri_api::TokenId;
use rusqlite::{Row, params};
use token_audit::{Rule, Rules};

use super::{Journal, list, time};
use crate::error::StoreError;
use crate::model::act::ActFilter;
use crate::model::connection::Connection;
use crate::model::decision::{CREATED, DecidedOn, Decision, DecisionKind};
use crate::model::deed::Deed;
use crate::model::time::dates::Stamp;
use crate::model::token::identity::Identity;

impl Journal {
    /// The last decision about each token, by its id, ended or not; except for those that were taken
    /// back.
    pub fn decisions(
        &self,
        connection: &Connection,
    ) -> Result<HashMap<TokenId, DecidedOn>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT at, what, name, token_ids, basis, detail, until FROM entry
             WHERE base_url = ?1 AND organization_id = ?2 AND attempt IS NULL ORDER BY id",
        )?;
        let of = params![connection.base_url.as_str(), connection.organization_id.0];
        let mut rows = select.query(of)?;
        let mut decisions = HashMap::new();
        while let Some(row) = rows.next()? {
            let what: String = row.get("what")?;
            let ids: Vec<TokenId> = list::from_json(&row.get::<_, String>("token_ids")?);
            let deed = Deed::with_code(&what);
            if deed == Some(Deed::WithdrawDecision) {
                decisions.retain(|id, _| !ids.contains(id));
            } else if let Some(kind) = deed.and_then(DecisionKind::of) {
                let decision = read(kind, row)?;
                decisions.extend(ids.into_iter().map(|id| (id, decision.clone())));
            }
        }
        Ok(decisions)
    }

    /// The times of all decisions and revokes: the usage history as of these times must be kept.
    pub fn decided_at(&self, connection: &Connection) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let database = self.lock();
        let decided = Deed::codes(|deed| {
            matches!(deed.filter(), Some(ActFilter::Decisions | ActFilter::Revoked))
        });
        let mut select = database.prepare(&format!(
            "SELECT at FROM entry
             WHERE base_url = ?1 AND organization_id = ?2 AND attempt IS NULL AND what IN ({decided})"
        ))?;
        let of = params![connection.base_url.as_str(), connection.organization_id.0];
        let times = select.query_map(of, |row| Ok(time(row.get(0)?)))?;
        Ok(times.collect::<Result<_, _>>()?)
    }
}

fn read(kind: DecisionKind, row: &Row<'_>) -> rusqlite::Result<DecidedOn> {
    // A rule that is no longer known covers nothing.
    let basis: Vec<String> = list::from_json(&row.get::<_, String>("basis")?);
    // An older version wrote none.
    let created = basis.iter().find_map(|it| it.strip_prefix(CREATED)?.parse().ok());
    let token = Identity {
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        created: Stamp::from_kept(created).into(),
    };
    let decision = Decision {
        kind,
        at: time(row.get("at")?),
        until: time(row.get::<_, Option<i64>>("until")?.unwrap_or_default()),
        reason: row.get::<_, Option<String>>("detail")?.unwrap_or_default(),
        rules: Rules::of(basis.iter().filter_map(|id| Rule::with_id(id))),
    };
    Ok(DecidedOn { token, decision })
}
