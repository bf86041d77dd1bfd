//! The last-known members on disk.

use entri_api::{Member, Role};
use rusqlite::{Connection as Database, Transaction, params};

use super::StoreError;
use super::connections::{name_of, named};
use crate::connection::ConnectionId;
use crate::inventory::{Members, Reading};

/// The first one is that of a list from before members were kept.
const READINGS: [(&str, Reading); 5] = [
    ("unread", Reading::Unread),
    ("closed", Reading::Closed),
    ("part", Reading::Part),
    ("earlier", Reading::Earlier),
    ("whole", Reading::Whole),
];

pub(super) fn load(database: &Database, id: ConnectionId) -> Result<Members, StoreError> {
    let reading: Option<String> =
        database.query_row("SELECT max(members) FROM connection WHERE id = ?1", [id.0], |row| {
            row.get(0)
        })?;
    let member = |row: &rusqlite::Row<'_>| {
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
    Ok(Members { reading: named(&READINGS, reading.as_deref().unwrap_or_default()), all })
}

pub(super) fn replace(
    change: &Transaction<'_>,
    id: ConnectionId,
    members: &Members,
) -> Result<(), StoreError> {
    change.execute(
        "UPDATE connection SET members = ?2 WHERE id = ?1",
        params![id.0, name_of(&READINGS, members.reading)],
    )?;
    change.execute("DELETE FROM member WHERE connection = ?1", [id.0])?;
    let mut insert = change.prepare("INSERT INTO member VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for it in &members.all {
        let role = it.role.as_ref().map(Role::text);
        insert.execute(params![id.0, it.id, it.membership_id, it.name, it.email, role])?;
    }
    Ok(())
}
