//! Whether a database holds our tables as we make them, and nothing else: what another program planted
//! could change what is read from the rows, or what is written.

use std::collections::BTreeSet;

use rusqlite::{Connection as Database, Row};

use super::file;
use crate::error::StoreError;

/// A table, an index, a view or a trigger.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

/// Compares a database with what these steps make of an empty one.
///
/// # Errors
/// [`StoreError::Foreign`] names the first object that differs.
pub(crate) fn check(database: &Database, steps: &[&str]) -> Result<(), StoreError> {
    let ours = file::in_memory()?;
    ours.execute_batch(&steps.concat())?;
    let (ours, there) = (objects(&ours)?, objects(database)?);
    match ours.symmetric_difference(&there).next() {
        None => Ok(()),
        Some(it) => Err(StoreError::Foreign(format!("{} {}", it.kind, it.name))),
    }
}

/// All objects, except for the statistics that `ANALYZE` leaves: they change how rows are found,
/// not which rows.
fn objects(database: &Database) -> rusqlite::Result<BTreeSet<Object>> {
    let mut select = database.prepare(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema
         WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4')",
    )?;
    select.query_map([], Object::read)?.collect()
}

impl Object {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    }
}
