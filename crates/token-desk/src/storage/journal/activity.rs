//! The journal as people read it.

use rusqlite::{Row, params};

use super::{Journal, entry, list, time};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::deed::Written;
use crate::model::entry::{Entry, EntryId};

/// A step takes what it doesn't say itself from its act.
const SELECT: &str = "
    SELECT entry.id, entry.at, entry.what, entry.attempt, act.what AS act,
        coalesce(entry.name, act.name) AS name,
        iif(entry.token_ids = '[]', coalesce(act.token_ids, '[]'), entry.token_ids) AS token_ids,
        entry.detail, entry.until, entry.basis
    FROM entry LEFT JOIN entry act ON act.id = entry.attempt
    WHERE coalesce(entry.base_url, act.base_url) = ?1
        AND coalesce(entry.organization_id, act.organization_id) = ?2";

impl Journal {
    /// Returns everything that was done on a server, newest first.
    pub fn entries(&self, connection: &Connection) -> Result<Vec<Entry>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(&format!("{SELECT} ORDER BY entry.id DESC"))?;
        let of = params![connection.base_url.as_str(), connection.organization_id.0];
        let entries = select.query_map(of, |row| read(connection, row))?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

fn read(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<Entry> {
    let until: Option<i64> = row.get("until")?;
    let basis = list::from_json(&row.get::<_, String>("basis")?);
    Ok(Entry {
        id: EntryId { connection: connection.id, number: row.get("id")? },
        at: time(row.get("at")?),
        attempt: row.get("attempt")?,
        act: row.get::<_, Option<String>>("act")?.map(Written::from),
        what: row.get::<_, String>("what")?.into(),
        name: row.get("name")?,
        token_ids: list::from_json(&row.get::<_, String>("token_ids")?),
        detail: row.get("detail")?,
        until: until.map(time),
        by: entry::by(&basis),
        part_of: entry::part_of(&basis),
    })
}
