//! What the server knows: `SQLite` in memory. Tokens' values are kept only as hashes.

mod history;

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use sha2::{Digest, Sha256};

use crate::model::{Listed, Order, StoredToken, Window};

const SCHEMA: &str = "
    CREATE TABLE token (
        number     INTEGER PRIMARY KEY,
        id         TEXT NOT NULL UNIQUE,
        project_id TEXT,
        name       TEXT NOT NULL,
        scopes     TEXT NOT NULL,
        created    INTEGER NOT NULL,
        expires    INTEGER,
        last_used  INTEGER,
        creator    INTEGER NOT NULL,
        last4      TEXT NOT NULL,
        hash       BLOB NOT NULL UNIQUE,
        revoked    INTEGER NOT NULL DEFAULT 0,
        revoked_at INTEGER                     -- by a history, maybe in the future
    );
    CREATE INDEX by_owner ON token (project_id, revoked, number, created, revoked_at);

    -- Of a history, some of it maybe in the future.
    CREATE TABLE use (
        token TEXT NOT NULL,
        at    INTEGER NOT NULL,
        PRIMARY KEY (token, at)
    ) WITHOUT ROWID;
";

/// Like [`COLUMNS`], at the time `:now`.
const AS_OF: &str = "
    id, project_id, name, scopes, created, expires,
    nullif(max(ifnull(last_used, 0), ifnull(
        (SELECT max(at) FROM use WHERE token = id AND at <= :now), 0)), 0),
    creator, last4, revoked OR ifnull(revoked_at <= :now, 0)";

/// The owner of tokens that let tests sign in but are in no list.
pub const UNLISTED: &str = "";

pub struct Store {
    database: Mutex<Connection>,
}

const COLUMNS: &str =
    "id, project_id, name, scopes, created, expires, last_used, creator, last4, revoked";

impl Store {
    pub fn new() -> Result<Self, rusqlite::Error> {
        let database = Connection::open_in_memory()?;
        database.execute_batch(SCHEMA)?;
        Ok(Self { database: Mutex::new(database) })
    }

    /// Adds tokens, all or none.
    pub fn add<'a>(
        &self,
        tokens: impl IntoIterator<Item = (&'a StoredToken, &'a str)>,
    ) -> Result<(), rusqlite::Error> {
        let mut database = self.lock();
        let change = database.transaction()?;
        {
            let mut insert = change.prepare(
                "INSERT INTO token (id, project_id, name, scopes, created, expires, last_used,
                                    creator, last4, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?;
            for (token, secret) in tokens {
                insert.execute(params![
                    token.id,
                    token.project_id,
                    token.name,
                    token.scopes.join(" "),
                    token.created.timestamp(),
                    token.expires.map(|time| time.timestamp()),
                    token.last_used.map(|time| time.timestamp()),
                    token.creator,
                    token.last4,
                    hash(secret),
                ])?;
            }
        }
        change.commit()
    }

    /// One page of a list of tokens as of `now`, and how many tokens the list has.
    pub fn page(
        &self,
        list: Listed<'_>,
        order: Order,
        revoked_too: bool,
        Window { limit, offset, .. }: Window,
        now: DateTime<Utc>,
    ) -> Result<(Vec<StoredToken>, u32), rusqlite::Error> {
        let database = self.lock();
        let (whose, owner) = match list {
            Listed::Organization => ("IS", None),
            Listed::Project(id) => ("IS", Some(id)),
            Listed::Everywhere => ("IS NOT", Some(UNLISTED)),
        };
        let which = format!(
            "FROM token WHERE project_id {whose} :owner AND revoked <= :revoked_too
                AND created <= :now AND (:revoked_too OR ifnull(revoked_at > :now, 1))"
        );
        let now = now.timestamp();
        let given = named_params! {":owner": owner, ":revoked_too": revoked_too, ":now": now};
        let total = database
            .prepare_cached(&format!("SELECT count(*) {which}"))?
            .query_row(given, |row| row.get(0))?;
        let given = named_params! {
            ":owner": owner, ":revoked_too": revoked_too, ":now": now, ":limit": limit,
            ":offset": offset,
        };
        let order = match order {
            Order::OldestFirst => "ASC",
            Order::NewestFirst => "DESC",
        };
        // The state as of now is looked up only for the tokens of the page.
        let tokens = database
            .prepare_cached(&format!(
                "SELECT {AS_OF} FROM token WHERE number IN
                    (SELECT number {which} ORDER BY number {order} LIMIT :limit OFFSET :offset)
                 ORDER BY number {order}"
            ))?
            .query_map(given, token)?
            .collect::<Result<_, _>>()?;
        Ok((tokens, total))
    }

    /// Every token as of `now`, except those in no list.
    pub fn all(&self, now: DateTime<Utc>) -> Result<Vec<StoredToken>, rusqlite::Error> {
        let database = self.lock();
        let mut select = database.prepare(&format!(
            "SELECT {AS_OF} FROM token
             WHERE project_id IS NOT :unlisted AND created <= :now ORDER BY number"
        ))?;
        let given = named_params! {":now": now.timestamp(), ":unlisted": UNLISTED};
        select.query_map(given, token)?.collect()
    }

    /// How many tokens of the organization itself, or of a project, aren't revoked.
    pub fn count(&self, project_id: Option<&str>) -> Result<u32, rusqlite::Error> {
        self.lock()
            .prepare_cached("SELECT count(*) FROM token WHERE project_id IS ?1 AND NOT revoked")?
            .query_row([project_id], |row| row.get(0))
    }

    pub fn by_secret(&self, secret: &str) -> Result<Option<StoredToken>, rusqlite::Error> {
        self.lock()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM token WHERE hash = ?1"))?
            .query_row([hash(secret)], token)
            .optional()
    }

    pub fn used(&self, id: &str, at: DateTime<Utc>) -> Result<(), rusqlite::Error> {
        self.lock()
            .prepare_cached("UPDATE token SET last_used = ?2 WHERE id = ?1")?
            .execute(params![id, at.timestamp()])?;
        Ok(())
    }

    pub fn rename(&self, id: &str, name: &str) -> Result<(), rusqlite::Error> {
        self.lock()
            .prepare_cached("UPDATE token SET name = ?2 WHERE id = ?1")?
            .execute(params![id, name])?;
        Ok(())
    }

    /// Revokes a token and returns it as it was; `None` if there was none to revoke.
    pub fn revoke(
        &self,
        project_id: Option<&str>,
        id: &str,
    ) -> Result<Option<StoredToken>, rusqlite::Error> {
        self.lock()
            .prepare_cached(&format!(
                "UPDATE token SET revoked = 1
                 WHERE id = ?1 AND project_id IS ?2 AND NOT revoked RETURNING {COLUMNS}"
            ))?
            .query_row(params![id, project_id], token)
            .optional()
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn token(row: &Row<'_>) -> Result<StoredToken, rusqlite::Error> {
    Ok(StoredToken {
        id: row.get(0)?,
        project_id: row.get(1)?,
        name: row.get(2)?,
        scopes: row.get::<_, String>(3)?.split_whitespace().map(str::to_owned).collect(),
        created: DateTime::from_timestamp(row.get(4)?, 0).unwrap_or_default(),
        expires: row.get::<_, Option<i64>>(5)?.and_then(|at| DateTime::from_timestamp(at, 0)),
        last_used: row.get::<_, Option<i64>>(6)?.and_then(|at| DateTime::from_timestamp(at, 0)),
        creator: row.get(7)?,
        last4: row.get(8)?,
        revoked: row.get(9)?,
    })
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
