//! The app's own durable record of what it attempted, and what came of it.
//!
//! A create, a revoke and a hand-over are written down before they are tried and completed after,
//! so that whatever breaks in between, the next look knows of every token that may have come to
//! life. No secret ever comes here.

mod attempt;
mod journals;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Database, Row, params};

use crate::connection::Connection;
use crate::store::StoreError;
use crate::store::file::{self, Moved, Opened};

pub use attempt::Placement;
pub(crate) use attempt::{Act, Attempt, AttemptId, Intent, Stage};
pub(crate) use journals::{InHand, Journals};

const SCHEMA: [&str; 1] = [include_str!("schema.sql")];
/// What a copy is handed over to.
pub(crate) const CLIPBOARD: &str = "clipboard";
const FILE: &str = "journal.db";

/// The journal of one folder, or of one embedded sandbox.
pub(crate) struct Journal {
    database: Mutex<Database>,
}

impl Journal {
    /// Opens or begins the journal in `folder`. One that is damaged is moved aside and kept.
    pub fn open(folder: &Path) -> Result<(Self, Option<Moved>), StoreError> {
        let Opened { database, moved } = file::open_checked(folder, FILE)?;
        // A commit returns when the disk has it: that is what this file is for.
        database.pragma_update(None, "synchronous", "full")?;
        Ok((Self::prepare(database)?, moved))
    }

    /// For the embedded sandbox, whose tokens end with the process just as this does.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Database::open_in_memory()?)
    }

    fn prepare(database: Database) -> Result<Self, StoreError> {
        file::prepare(&database, &SCHEMA)?;
        Ok(Self { database: Mutex::new(database) })
    }

    /// Writes down what is about to be tried. Once this returns, the disk has it.
    pub fn begin(&self, intent: &Intent<'_>, now: DateTime<Utc>) -> Result<AttemptId, StoreError> {
        let database = self.lock();
        database.execute(
            "INSERT INTO attempt (at, act, base_url, organization_id, project_id, name, token_id,
                 known)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                now.timestamp(),
                intent.act.name(),
                intent.connection.base_url.as_str(),
                intent.connection.organization_id,
                intent.project_id,
                intent.name,
                intent.token_id,
                json(&intent.known),
            ],
        )?;
        Ok(AttemptId(database.last_insert_rowid()))
    }

    /// Writes down what came of it, and the tokens it is about.
    pub fn step(
        &self,
        attempt: AttemptId,
        stage: Stage,
        token_ids: &[String],
        detail: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO step (attempt, at, stage, token_ids, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![attempt.0, now.timestamp(), stage.name(), json(token_ids), detail],
        )?;
        Ok(())
    }

    /// What was attempted on a server and has not come to its end, the oldest first.
    pub fn open_attempts(&self, connection: &Connection) -> Result<Vec<Attempt>, StoreError> {
        let database = self.lock();
        // Once it has ended, no later step takes that back.
        let mut select = database.prepare(&format!(
            "SELECT attempt.*, last.at AS last_at, last.stage, last.token_ids
             FROM attempt LEFT JOIN step last
                 ON last.id = (SELECT max(id) FROM step WHERE step.attempt = attempt.id)
             WHERE base_url = ?1 AND organization_id = ?2 AND NOT EXISTS
                 (SELECT 1 FROM step WHERE step.attempt = attempt.id AND stage IN ({}))
             ORDER BY attempt.id",
            Stage::ends()
        ))?;
        let place = params![connection.base_url.as_str(), connection.organization_id];
        let attempts = select.query_map(place, read)?.collect::<Result<_, _>>()?;
        Ok(attempts)
    }

    /// Every token of a server that an attempt is known to have been about, ended ones too.
    pub fn token_ids(&self, connection: &Connection) -> Result<HashSet<String>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT DISTINCT value FROM attempt JOIN step ON step.attempt = attempt.id,
                 json_each(step.token_ids)
             WHERE base_url = ?1 AND organization_id = ?2",
        )?;
        let place = params![connection.base_url.as_str(), connection.organization_id];
        let ids = select.query_map(place, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// Where the values of a server's tokens were handed over to, but for the clipboard: nobody
    /// knows where that was pasted.
    pub fn placements(
        &self,
        connection: &Connection,
    ) -> Result<HashMap<String, Vec<Placement>>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT value, step.detail, step.at FROM attempt JOIN step ON step.attempt = attempt.id,
                 json_each(step.token_ids)
             WHERE base_url = ?1 AND organization_id = ?2 AND stage = ?3 AND detail <> ?4
             ORDER BY step.id",
        )?;
        let mut rows = select.query(params![
            connection.base_url.as_str(),
            connection.organization_id,
            Stage::HandedOver.name(),
            CLIPBOARD,
        ])?;
        let mut placements: HashMap<_, Vec<_>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let placement = Placement { to: row.get(1)?, at: time(row.get(2)?) };
            placements.entry(row.get(0)?).or_default().push(placement);
        }
        Ok(placements)
    }

    /// Ends what was attempted with a token, unless it has ended already.
    pub fn end(
        &self,
        attempt: AttemptId,
        stage: Stage,
        token_ids: &[String],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            &format!(
                "INSERT INTO step (attempt, at, stage, token_ids)
                 SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS
                     (SELECT 1 FROM step WHERE attempt = ?1 AND stage IN ({}))",
                Stage::ends()
            ),
            params![attempt.0, now.timestamp(), stage.name(), json(token_ids)],
        )?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let at: i64 = row.get("at")?;
    let last_at: Option<i64> = row.get("last_at")?;
    let stage: Option<String> = row.get("stage")?;
    let token_id: Option<String> = row.get("token_id")?;
    let found: Option<String> = row.get("token_ids")?;
    Ok(Attempt {
        id: AttemptId(row.get("id")?),
        at: time(at),
        last_at: time(last_at.unwrap_or(at)),
        act: Act::named(&row.get::<_, String>("act")?),
        project_id: row.get("project_id")?,
        name: row.get("name")?,
        known: texts(&row.get::<_, String>("known")?),
        stage: stage.map_or(Stage::Tried, |stage| Stage::named(&stage)),
        token_ids: found.map_or_else(|| token_id.into_iter().collect(), |found| texts(&found)),
    })
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

fn texts(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}
