//! The uses and revokes in a history, in the storage.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::Store;
use crate::history::Life;

impl Store {
    /// Adds what happens to the tokens of a history, which are there already.
    pub fn add_history<'a>(
        &self,
        lives: impl IntoIterator<Item = &'a Life>,
    ) -> Result<(), rusqlite::Error> {
        let mut database = self.lock();
        let change = database.transaction()?;
        {
            let mut revoke = change.prepare("UPDATE token SET revoked_at = ?2 WHERE id = ?1")?;
            let mut insert = change.prepare("INSERT OR IGNORE INTO use VALUES (?1, ?2)")?;
            for life in lives {
                revoke.execute(params![life.token.id, life.revoked.map(|at| at.timestamp())])?;
                for at in &life.uses {
                    insert.execute(params![life.token.id, at.timestamp()])?;
                }
            }
        }
        change.commit()
    }

    /// The uses of a token of a history until `now`, in order.
    pub fn uses(
        &self,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, rusqlite::Error> {
        let database = self.lock();
        let mut select =
            database.prepare("SELECT at FROM use WHERE token = ?1 AND at <= ?2 ORDER BY at")?;
        let time = |row: &Row<'_>| Ok(DateTime::from_timestamp(row.get(0)?, 0).unwrap_or_default());
        select.query_map(params![id, now.timestamp()], time)?.collect()
    }
}
