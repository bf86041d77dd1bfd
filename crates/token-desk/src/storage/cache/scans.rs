//! What scans found, without values, and where values belong.

use chrono::DateTime;
use rusqlite::{Connection as Database, OptionalExtension, params};

use crate::error::StoreError;
use crate::model::scan::{KeptPlace, KeptScan};
use crate::storage::cache::Store;

/// As many scans are kept.
const KEPT: u32 = 50;

impl Store {
    /// The last scan of the same.
    pub fn last_scan(&self, of: &str) -> Result<Option<KeptScan>, StoreError> {
        let database = self.lock();
        let last =
            "SELECT id, at, title, ledger FROM scan WHERE what = ?1 ORDER BY id DESC LIMIT 1";
        let scan = database.query_row(last, [of], |row| {
            let at = DateTime::from_timestamp(row.get(1)?, 0).unwrap_or(DateTime::UNIX_EPOCH);
            let (title, ledger) = (row.get(2)?, row.get(3)?);
            let scan = KeptScan { of: of.to_owned(), at, title, ledger, places: Vec::new() };
            Ok((row.get::<_, i64>(0)?, scan))
        });
        let Some((id, scan)) = scan.optional()? else { return Ok(None) };
        Ok(Some(KeptScan { places: places(&database, id)?, ..scan }))
    }

    /// Keeps a scan, and forgets the oldest if there are many.
    pub fn keep_scan(&self, scan: &KeptScan) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let all = database.transaction()?;
        all.execute(
            "INSERT INTO scan (at, what, title, ledger) VALUES (?1, ?2, ?3, ?4)",
            params![scan.at.timestamp(), scan.of, scan.title, scan.ledger],
        )?;
        let id = all.last_insert_rowid();
        for place in &scan.places {
            all.execute(
                "INSERT OR IGNORE INTO scan_place (scan, print, place, says) VALUES (?1, ?2, ?3, ?4)",
                params![id, place.print, place.place, place.says],
            )?;
        }
        all.execute("DELETE FROM scan WHERE id <= ?1 - ?2", params![id, KEPT])?;
        Ok(all.commit()?)
    }

    /// The places where values belong: fingerprint and place.
    pub fn belonging(&self) -> Result<Vec<([u8; 32], String)>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare("SELECT print, place FROM belongs")?;
        let all = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Remembers that a value belongs in a place, or forgets it.
    pub fn write_belonging(
        &self,
        (print, place): &([u8; 32], String),
        belongs: bool,
    ) -> Result<(), StoreError> {
        let write = if belongs {
            "INSERT OR IGNORE INTO belongs (print, place) VALUES (?1, ?2)"
        } else {
            "DELETE FROM belongs WHERE print = ?1 AND place = ?2"
        };
        self.to_keep()?.execute(write, params![print, place])?;
        Ok(())
    }

    /// Forgets all scans, and where values belong: the key of their fingerprints is gone.
    pub fn forget_scans(&self) -> Result<(), StoreError> {
        Ok(self.to_write()?.execute_batch("DELETE FROM scan; DELETE FROM belongs;")?)
    }
}

fn places(database: &Database, scan: i64) -> Result<Vec<KeptPlace>, StoreError> {
    let mut select =
        database.prepare("SELECT print, place, says FROM scan_place WHERE scan = ?1")?;
    let all = select.query_map([scan], |row| {
        Ok(KeptPlace { print: row.get(0)?, place: row.get(1)?, says: row.get(2)? })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}
