//! The gaps of the last-known lists, on disk.

use entri_api::{Incomplete, ProjectId};
use rusqlite::{Connection as Database, Row, params};

use crate::error::StoreError;
use crate::model::connection::ConnectionId;
use crate::model::gaps::{Gap, Part, Why};

/// Stands for a reason that a later version of the app wrote and this one does not know.
const LATER: &str = "A later version of the app recorded a reason that this version doesn’t know.";

pub(super) fn load(database: &Database, id: ConnectionId) -> Result<Vec<Gap>, StoreError> {
    let mut select = database.prepare(
        "SELECT part, project, name, reason, read, total, message FROM gap
         WHERE connection = ?1 ORDER BY rowid",
    )?;
    Ok(select.query_map([id.0], gap)?.collect::<Result<_, _>>()?)
}

pub(super) fn replace(change: &Database, id: ConnectionId, gaps: &[Gap]) -> Result<(), StoreError> {
    change.execute("DELETE FROM gap WHERE connection = ?1", [id.0])?;
    let mut insert = change.prepare("INSERT INTO gap VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for Gap { part, why } in gaps {
        let (part, project, name) = match part {
            Part::Projects => ("projects", None, None),
            Part::Organization => ("organization", None, None),
            Part::Project { id, name } => ("project", Some(&id.0), Some(name)),
        };
        let (reason, read, total, message) = match why {
            Why::Incomplete(reason) => {
                let (word, read, total) = words(*reason);
                (word, read, total, None)
            }
            Why::Failed(message) => ("failed", None, None, Some(message)),
        };
        insert.execute(params![id.0, part, project, name, reason, read, total, message])?;
    }
    Ok(())
}

fn gap(row: &Row<'_>) -> rusqlite::Result<Gap> {
    let (part, reason): (String, String) = (row.get("part")?, row.get("reason")?);
    let part = match part.as_str() {
        "projects" => Part::Projects,
        "project" => Part::Project { id: ProjectId(row.get("project")?), name: row.get("name")? },
        _ => Part::Organization,
    };
    let message: Option<String> = row.get("message")?;
    let failed = || Why::Failed(message.unwrap_or_else(|| LATER.to_owned()));
    let known = named(&reason, row.get("read")?, row.get("total")?);
    let why = known.map_or_else(failed, Why::Incomplete);
    Ok(Gap { part, why })
}

/// A reason as it is stored: a word for it, how many tokens were read or couldn't be, and how many there are.
pub(super) fn words(reason: Incomplete) -> (&'static str, Option<u32>, Option<u32>) {
    match reason {
        Incomplete::Unreadable(count) => ("unreadable", Some(count), None),
        Incomplete::Miscounted { read, total } => ("miscounted", Some(read), Some(total)),
        Incomplete::Moved => ("moved", None, None),
        Incomplete::RepeatedId => ("repeated id", None, None),
        Incomplete::CutShort => ("cut short", None, None),
        Incomplete::PageRefused => ("page refused", None, None),
        Incomplete::TooLarge => ("too large", None, None),
        Incomplete::TookTooLong => ("took too long", None, None),
    }
}

/// The reason that was stored like this.
pub(super) fn named(word: &str, read: Option<u32>, total: Option<u32>) -> Option<Incomplete> {
    Some(match word {
        "unreadable" => Incomplete::Unreadable(read?),
        "miscounted" => Incomplete::Miscounted { read: read?, total: total? },
        "moved" => Incomplete::Moved,
        "repeated id" => Incomplete::RepeatedId,
        "cut short" => Incomplete::CutShort,
        "page refused" => Incomplete::PageRefused,
        // As earlier versions called it.
        "too large" | "too long" => Incomplete::TooLarge,
        "took too long" => Incomplete::TookTooLong,
        _ => return None,
    })
}
