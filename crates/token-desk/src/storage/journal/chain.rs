//! The journal's hash chain: each row is sealed with a hash of itself and of the row before it, so changing,
//! inserting or removing a row breaks the chain there.
//!
//! The hashes have no key: anybody who can write the file can reseal all of it, or cut off its end. That is why the
//! keychain has the last seal (`anchor.rs`), and every report has it, too, to compare later.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Database, OptionalExtension, TransactionBehavior, params};

use super::entry::{COLUMNS, StoredEntry};
use super::{Anchored, time};
use crate::error::StoreError;

/// The result of verifying the whole journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The number of entries that are unaltered.
    pub entries: u64,
    /// The seal of the last unaltered entry; empty if there is none.
    pub seal: String,
    /// The first altered entry; `None` if there is none.
    pub broken: Option<Broken>,
    /// How the result compares with the seal in the keychain.
    pub anchored: Anchored,
}

/// An entry that was altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The entry's number in the journal.
    pub entry: u64,
    /// Its content; `None` if it is missing or unreadable.
    pub says: Option<Said>,
}

/// The content of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The deed in words: an act, a decision, or a step.
    pub what: String,
    /// When it happened, by this computer's clock.
    pub at: DateTime<Utc>,
    /// The token's name, if the entry has one.
    pub name: Option<String>,
}

/// Writes all of these rows or none, and returns the number of the last one. They are on disk when this
/// returns. `numbers` maps provisional numbers of acts to real ones; those of these rows are added.
pub(super) fn append(
    database: &mut Database,
    entries: impl Iterator<Item = StoredEntry>,
    numbers: &mut HashMap<i64, i64>,
) -> Result<i64, StoreError> {
    // A write transaction from the start, so that no other writer gets between the last row and these.
    let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let last = "SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1";
    let last = transaction.query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (mut number, mut seal): (i64, String) = last.unwrap_or_default();
    for mut entry in entries {
        number += 1;
        if entry.id < 0 {
            numbers.insert(entry.id, number);
        }
        entry.id = number;
        entry.attempt = entry.attempt.map(|act| numbers.get(&act).copied().unwrap_or(act));
        seal = entry.seal(&seal);
        entry.insert(&seal, &transaction)?;
    }
    transaction.commit()?;
    Ok(number)
}

/// Seals the rows of a version without a chain. Call this only while upgrading to the first version with a
/// chain: later, a row without a seal was tampered with.
pub(super) fn seal_all(database: &Database) -> Result<(), StoreError> {
    let mut seal = String::new();
    for entry in all(database)? {
        seal = entry.seal(&seal);
        let update = "UPDATE entry SET hash = ?2 WHERE id = ?1";
        database.execute(update, params![entry.id, seal])?;
    }
    Ok(())
}

fn all(database: &Database) -> rusqlite::Result<Vec<StoredEntry>> {
    let mut select = database.prepare(&format!("SELECT {COLUMNS} FROM entry ORDER BY id"))?;
    select.query_map([], StoredEntry::read)?.collect()
}

/// Goes through the rows up to the first one that was altered.
pub(super) fn verify(database: &Database) -> Result<Verified, StoreError> {
    let mut select = database.prepare(&format!("SELECT {COLUMNS}, hash FROM entry ORDER BY id"))?;
    let mut rows = select.query([])?;
    let (mut entries, mut seal) = (0, String::new());
    while let Some(row) = rows.next()? {
        // A row with values of other types is not an entry at all.
        let read =
            StoredEntry::read(row).and_then(|entry| Ok((entry, row.get::<_, String>("hash")?)));
        let number = entries + 1;
        let (entry, hash) = match read {
            Ok((entry, hash)) if u64::try_from(entry.id) == Ok(number) => (entry, hash),
            _ => return Ok(Verified::broken(entries, seal, None)),
        };
        let sealed = entry.seal(&seal);
        if hash != sealed {
            return Ok(Verified::broken(entries, seal, Some(entry)));
        }
        (entries, seal) = (number, sealed);
    }
    Ok(Verified { entries, seal, broken: None, anchored: Anchored::None })
}

impl Verified {
    fn broken(entries: u64, seal: String, found: Option<StoredEntry>) -> Self {
        let says = found.map(|it| Said { at: time(it.at), what: it.what, name: it.name });
        let broken = Some(Broken { entry: entries + 1, says });
        Self { entries, seal, broken, anchored: Anchored::None }
    }
}
