//! Attempts to create or to revoke a token, and what the journal knows of them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entri_api::{ProjectId, TokenId};
use rusqlite::{Row, params};

use super::{CLIPBOARD, Draft, Journal, ends, list, time};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::rotation::destination::Destination;
use crate::system::threads::lock;

/// Identifies an attempt in its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AttemptId(pub i64);

/// An attempt that is about to be made.
pub(crate) struct Intent<'a> {
    /// What is attempted: [`Deed::Create`] or [`Deed::Revoke`].
    pub act: Deed,
    pub connection: &'a Connection,
    pub project_id: Option<ProjectId<&'a str>>,
    pub name: &'a str,
    /// The token to be revoked; `None` for a create.
    pub token_id: Option<&'a TokenId>,
    /// The existing ids that could be mistaken for the result.
    pub known: Vec<String>,
    /// The bulk revoke that it is a part of.
    pub part_of: Option<i64>,
}

impl<'a> Intent<'a> {
    /// The attempt as a row of the journal.
    pub fn drafted(&'a self, token_ids: &'a [TokenId], now: DateTime<Utc>) -> Draft<'a> {
        Draft {
            project_id: self.project_id,
            name: Some(self.name),
            token_ids,
            basis: &self.known,
            part_of: self.part_of,
            ..Draft::act(self.act, self.connection, now)
        }
    }

    pub fn token_ids(&self) -> Vec<TokenId> {
        self.token_id.cloned().into_iter().collect()
    }
}

/// An attempt, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub id: AttemptId,
    pub at: DateTime<Utc>,
    /// When its last step was written.
    pub last_at: DateTime<Utc>,
    /// What was attempted: [`Deed::Create`] or [`Deed::Revoke`].
    pub act: Deed,
    pub project_id: Option<ProjectId>,
    pub name: String,
    /// The existing ids that could be mistaken for the result.
    pub known: Vec<TokenId>,
    /// How far it came: its last step that this version knows, or the act itself if there is none.
    pub stage: Deed,
    /// The tokens it concerns, as far as they are known.
    pub token_ids: Vec<TokenId>,
    /// Whether an earlier step had any tokens.
    pub had_tokens: bool,
}

impl Attempt {
    /// Whether it may be about this token, as far as known.
    pub fn is_about(&self, id: TokenId<&str>) -> bool {
        self.token_ids.iter().any(|it| it.borrowed() == id)
    }

    /// Whether its effect isn't known.
    pub fn unclear(&self) -> bool {
        let unclear = [Deed::Unclear, Deed::Unreadable, Deed::Denied];
        self.stage == self.act || unclear.contains(&self.stage)
    }
}

/// A place that a token's value was delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// `file ~/.config/entri-token`, `gh secret set NT3_API_TOKEN`.
    pub to: String,
    /// When it happened, by this computer's clock.
    pub at: DateTime<Utc>,
    /// How a value gets there again; `None` if that isn't known.
    pub again: Option<Destination>,
}

impl Journal {
    /// Returns a server's unfinished attempts, oldest first.
    pub fn open_attempts(&self, connection: &Connection) -> Result<Vec<Attempt>, StoreError> {
        let owed = lock(&self.owed);
        let database = self.lock();
        // Once an attempt has ended, later steps don't change that.
        let mut select = database.prepare(&format!(
            "SELECT attempt.*, last.at AS last_at, last.stage, last.token_ids AS found,
                 EXISTS (SELECT 1 FROM step WHERE step.attempt = attempt.id AND token_ids <> '[]') AS had
             FROM attempt LEFT JOIN step last
                 ON last.id = (SELECT max(id) FROM step WHERE step.attempt = attempt.id)
             WHERE base_url = ?1 AND organization_id = ?2 AND NOT EXISTS
                 (SELECT 1 FROM step WHERE step.attempt = attempt.id AND stage IN ({}))
             ORDER BY attempt.id",
            ends()
        ))?;
        let of = params![connection.base_url.as_str(), connection.organization_id.0];
        let mut attempts = select.query_map(of, read)?.collect::<Result<Vec<_>, _>>()?;
        attempts.retain(|attempt| !owed.ends(attempt.id.0));
        Ok(attempts)
    }

    /// Returns every token of a server that an attempt, ended or not, is known to have been about; not those
    /// that an attempt may have been about.
    pub fn token_ids(&self, connection: &Connection) -> Result<HashSet<TokenId>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT DISTINCT value FROM attempt JOIN step ON step.attempt = attempt.id,
                 json_each(step.token_ids)
             WHERE base_url = ?1 AND organization_id = ?2 AND stage <> ?3",
        )?;
        let unclear = Deed::Unclear.code();
        let of = params![connection.base_url.as_str(), connection.organization_id.0, unclear];
        let ids = select.query_map(of, |row| row.get(0).map(TokenId))?.collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// Returns every token of a server that this app revoked, or found gone when it tried to.
    pub fn ended_ids(&self, connection: &Connection) -> Result<HashSet<TokenId>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT DISTINCT value FROM attempt JOIN step ON step.attempt = attempt.id,
                 json_each(step.token_ids)
             WHERE base_url = ?1 AND organization_id = ?2 AND stage IN (?3, ?4)",
        )?;
        let ids = select.query_map(
            params![
                connection.base_url.as_str(),
                connection.organization_id.0,
                Deed::Revoked.code(),
                Deed::Gone.code(),
            ],
            |row| row.get(0).map(TokenId),
        )?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Returns where the values of a server's tokens were delivered, except for the clipboard, since nobody
    /// knows where that was pasted.
    pub fn deliveries(
        &self,
        connection: &Connection,
    ) -> Result<HashMap<TokenId, Vec<Delivery>>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT value, step.detail, step.at, step.basis FROM attempt JOIN step ON step.attempt = attempt.id,
                 json_each(step.token_ids)
             WHERE base_url = ?1 AND organization_id = ?2 AND stage = ?3 AND detail <> ?4
             ORDER BY step.id",
        )?;
        let mut rows = select.query(params![
            connection.base_url.as_str(),
            connection.organization_id.0,
            Deed::Delivered.code(),
            CLIPBOARD,
        ])?;
        let mut deliveries: HashMap<_, Vec<_>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let basis: Vec<String> = list::from_json(&row.get::<_, String>(3)?);
            let again = basis.first().and_then(|kept| Destination::from_kept(kept));
            let delivery = Delivery { to: row.get(1)?, at: time(row.get(2)?), again };
            deliveries.entry(TokenId(row.get(0)?)).or_default().push(delivery);
        }
        Ok(deliveries)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let at: i64 = row.get("at")?;
    let last_at: Option<i64> = row.get("last_at")?;
    let act = deed(&row.get::<_, String>("act")?);
    let stage: Option<String> = row.get("stage")?;
    let found: Option<String> = row.get("found")?;
    let token_ids = found.map_or_else(|| row.get("token_ids"), Ok)?;
    Ok(Attempt {
        id: AttemptId(row.get("id")?),
        at: time(at),
        last_at: time(last_at.unwrap_or(at)),
        act,
        project_id: row.get::<_, Option<String>>("project_id")?.map(ProjectId),
        name: row.get("name")?,
        known: list::from_json(&row.get::<_, String>("known")?),
        stage: stage.map_or(act, |stage| deed(&stage)),
        token_ids: list::from_json(&token_ids),
        had_tokens: row.get("had")?,
    })
}

/// The deed with a code that one of the views has, and so a known one.
fn deed(code: &str) -> Deed {
    Deed::with_code(code).unwrap_or(Deed::Unclear)
}
