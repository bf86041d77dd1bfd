//! The last-known members on disk.

use entri_api::{Member, Role};
use rusqlite::{Connection as Database, OptionalExtension, Row, Transaction, params};

use super::connections::{name_of, named};
use super::gaps;
use crate::error::StoreError;
use crate::list::{Members, Reading};
use crate::model::connection::ConnectionId;

/// The first one is for lists from before members were stored.
const READINGS: [(&str, Reading); 5] = [
    ("unread", Reading::Unread),
    ("closed", Reading::Closed),
    ("empty", Reading::Empty),
    ("earlier", Reading::Earlier),
    ("whole", Reading::Whole),
];

/// An incomplete list; the reason has its own columns.
const PART: &str = "part";

pub(super) fn load(database: &Database, id: ConnectionId) -> Result<Members, StoreError> {
    let reading = database
        .query_row(
            "SELECT members, members_reason, members_read, members_total FROM connection WHERE id = ?1",
            [id.0],
            reading,
        )
        .optional()?
        .unwrap_or_default();
    let member = |row: &Row<'_>| {
        Ok(Member {
            id: row.get(0)?,
            membership_id: row.get(1)?,
            name: row.get(2)?,
            email: row.get(3)?,
            role: row.get::<_, Option<String>>(4)?.map(Role::from),
        })
    };
    let all = database
        .prepare(
            "SELECT id, membership_id, name, email, role FROM member
             WHERE connection = ?1 ORDER BY rowid",
        )?
        .query_map([id.0], member)?
        .collect::<Result<_, _>>()?;
    Ok(Members { reading, all })
}

/// If an earlier version of the app didn't store the reason, the list proves nothing about anybody.
fn reading(row: &Row<'_>) -> rusqlite::Result<Reading> {
    let (word, reason): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
    let word = word.unwrap_or_default();
    let reason = gaps::named(&reason.unwrap_or_default(), row.get(2)?, row.get(3)?);
    Ok(match reason.filter(|_| word == PART) {
        Some(reason) => Reading::Part(reason),
        None => named(&READINGS, &word),
    })
}

pub(super) fn replace(
    change: &Transaction<'_>,
    id: ConnectionId,
    members: &Members,
) -> Result<(), StoreError> {
    let (word, (reason, read, total)) = match members.reading {
        Reading::Part(reason) => (PART, gaps::words(reason)),
        reading => (name_of(&READINGS, reading), Default::default()),
    };
    change.execute(
        "UPDATE connection SET members = ?2, members_reason = ?3, members_read = ?4,
             members_total = ?5
         WHERE id = ?1",
        params![id.0, word, reason, read, total],
    )?;
    change.execute("DELETE FROM member WHERE connection = ?1", [id.0])?;
    let mut insert = change.prepare("INSERT INTO member VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for it in &members.all {
        let role = it.role.as_ref().map(Role::text);
        insert.execute(params![id.0, it.id, it.membership_id, it.name, it.email, role])?;
    }
    Ok(())
}
