//! The app's own durable record of its attempts and their outcomes.
//!
//! Creates, revokes and deliveries are recorded before they are tried and completed afterwards. Whatever breaks
//! in between, the next load knows about every token that may have been created. No secret is ever stored here.

mod activity;
mod anchor;
mod attempt;
mod bulk_revokes;
mod chain;
mod decisions;
mod entry;
mod incidents;
mod journals;
mod list;
mod owed;
mod rotations;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use entri_api::TokenId;
use rusqlite::Connection as Database;

use crate::error::StoreError;
use crate::model::deed::Deed;
use crate::storage::cache::file::{self, Moved};
use crate::storage::cache::{Named, foreign};
use crate::system::threads::lock;

pub use anchor::{Anchor, Anchored};
pub use attempt::Delivery;
pub(crate) use attempt::{Attempt, AttemptId, Intent};
pub use chain::{Broken, Said, Verified};
pub(crate) use entry::Draft;
use entry::StoredEntry;
pub(crate) use journals::{InHand, Journals, Outset};
use owed::Owed;
pub(crate) use owed::Unwritten;

const SCHEMA: [&str; 3] = [
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    // The code decides how rows are read, not the file.
    "DROP VIEW attempt; DROP VIEW step;",
];
/// The first version of the file whose rows are sealed.
const CHAINED: usize = 2;
/// Each process makes these views anew, outside the file. None of them has steps that only a newer version knows, so
/// these say nothing about any token.
const VIEWS: &str = include_str!("views.sql");
/// The place that a copied value was delivered to.
pub(crate) const CLIPBOARD: &str = "clipboard";
const FILE: &str = "journal.db";

/// The journal of one folder, or of one embedded sandbox.
pub(crate) struct Journal {
    database: Mutex<Database>,
    /// `None` if the journal is in memory and ends with the process.
    file: Option<Named>,
    /// Pending rows, written before the next one. Locked before the database.
    owed: Arc<Mutex<Owed>>,
}

impl Journal {
    /// Opens or creates the journal in `folder`. A damaged one is moved aside and kept.
    pub fn open(folder: &Path) -> Result<(Self, Option<Moved>), StoreError> {
        file::open_checked(folder, FILE, |database| Self::on_disk(folder, database))
    }

    /// Like [`Self::open`], after that failed. A damaged journal is left for the next start, which reports
    /// where it is moved.
    pub fn open_later(folder: &Path) -> Result<Self, StoreError> {
        Self::on_disk(folder, file::open_whole(folder, FILE)?)
    }

    fn on_disk(folder: &Path, database: Database) -> Result<Self, StoreError> {
        // A commit returns when the data is on disk: that is the purpose of this file.
        database.pragma_update(None, "synchronous", "full")?;
        check_indexes(&database)?;
        let journal = Self::prepare(database)?;
        Ok(Self { file: Some(Named::growing(folder, FILE)?), ..journal })
    }

    /// The same journal, with the entries that came before it could be opened.
    fn owing(self, owed: &Arc<Mutex<Owed>>) -> Self {
        Self { owed: Arc::clone(owed), ..self }
    }

    /// A journal in memory, for the embedded sandbox, whose tokens end with the process, too.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(file::in_memory()?)
    }

    fn prepare(database: Database) -> Result<Self, StoreError> {
        // Rows of a version without a chain are sealed during the upgrade, and never later.
        file::prepare_with(&database, &SCHEMA, |version, taking_over| match version {
            CHAINED => chain::seal_all(taking_over),
            _ => Ok(()),
        })?;
        database.pragma_update(None, "temp_store", "memory")?;
        database.execute_batch(&views())?;
        Ok(Self { database: Mutex::new(database), file: None, owed: Arc::default() })
    }

    /// Records what is about to be tried. It is on disk when this returns.
    pub fn begin(&self, intent: &Intent<'_>, now: DateTime<Utc>) -> Result<AttemptId, StoreError> {
        let token_ids = intent.token_ids();
        Ok(AttemptId(self.append(&intent.drafted(&token_ids, now))?))
    }

    /// Records its outcome, and the tokens it is about.
    pub fn step(
        &self,
        attempt: AttemptId,
        stage: Deed,
        token_ids: &[TokenId],
        detail: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.append(&Draft { token_ids, detail, ..Draft::step(attempt.0, stage, now) })?;
        Ok(())
    }

    /// Ends what was attempted with a token, unless it has ended already.
    pub fn end(
        &self,
        attempt: AttemptId,
        stage: Deed,
        token_ids: &[TokenId],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if self.has_ended(attempt)? {
            return Ok(());
        }
        self.append(&Draft { token_ids, ..Draft::step(attempt.0, stage, now) })?;
        Ok(())
    }

    /// Verifies that the whole journal is unaltered.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let database = self.to_write()?;
        check_indexes(&database)?;
        foreign::check(&database, &SCHEMA)?;
        chain::verify(&database)
    }

    /// Writes a row and returns its number. It is on disk when this returns.
    pub fn append(&self, draft: &Draft<'_>) -> Result<i64, StoreError> {
        self.write(std::slice::from_ref(draft))
    }

    /// Like [`Self::append`], for something that already happened: if it fails, the row is written later,
    /// before any other. Returns its number, which is provisional then. `name` is the token's.
    pub fn append_or_owe(&self, draft: &Draft<'_>, name: &str) -> i64 {
        self.append(draft).unwrap_or_else(|error| {
            tracing::warn!(%error, what = draft.what.code(), "the journal cannot be written yet");
            lock(&self.owed).add(draft, name, error.to_string())
        })
    }

    /// Writes pending rows; returns what is still pending.
    pub fn write_owed(&self) -> Option<Unwritten> {
        if self.unwritten().is_some()
            && let Err(error) = self.write(&[])
        {
            tracing::warn!(%error, "the journal cannot be written yet");
        }
        self.unwritten()
    }

    /// What happened and isn't recorded yet.
    pub fn unwritten(&self) -> Option<Unwritten> {
        lock(&self.owed).unwritten()
    }

    fn has_ended(&self, attempt: AttemptId) -> Result<bool, StoreError> {
        let owed = lock(&self.owed);
        Ok(owed.ends(attempt.0) || has_ended(&*self.to_write()?, attempt)?)
    }

    /// Writes these rows after the pending ones, all or nothing.
    fn write(&self, drafts: &[Draft<'_>]) -> Result<i64, StoreError> {
        let mut owed = lock(&self.owed);
        let mut numbers = owed.numbers.clone();
        let new = drafts.iter().map(|draft| StoredEntry::new(0, draft));
        let rows = owed.rows.iter().cloned().chain(new);
        let last = chain::append(&mut *self.to_write()?, rows, &mut numbers)?;
        owed.written(numbers);
        Ok(last)
    }

    /// Writes all of these rows or none. They are on disk when this returns.
    pub fn append_all(&self, drafts: &[Draft<'_>]) -> Result<(), StoreError> {
        self.write(drafts)?;
        Ok(())
    }

    /// The database, unless anything written to it would be lost: "on disk" means the file with that name.
    fn to_write(&self) -> Result<MutexGuard<'_, Database>, StoreError> {
        if let Some(file) = &self.file {
            file.check()?;
        }
        Ok(self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes sure that every index finds every row: an index that was tampered with could hide rows.
fn check_indexes(database: &Database) -> Result<(), StoreError> {
    let said: String = database.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(StoreError::Damaged) }
}

fn has_ended(database: &Database, attempt: AttemptId) -> Result<bool, StoreError> {
    let ended =
        format!("SELECT EXISTS (SELECT 1 FROM step WHERE attempt = ?1 AND stage IN ({}))", ends());
    Ok(database.query_row(&ended, [attempt.0], |row| row.get(0))?)
}

/// The codes of the deeds that end an act, as a list for SQL.
fn ends() -> String {
    Deed::codes(Deed::ends)
}

fn views() -> String {
    let acts = Deed::codes(|deed| matches!(deed, Deed::Create | Deed::Revoke));
    let steps = Deed::codes(|deed| deed.kind().is_none());
    VIEWS.replace("{acts}", &acts).replace("{steps}", &steps)
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests;
