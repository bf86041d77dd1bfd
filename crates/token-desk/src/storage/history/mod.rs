//! The usage history of each token: one snapshot per loaded list, of which only changes are stored.
//!
//! It is a separate file because it can't be loaded again, grows for years, and must not delay the
//! start. No secret is ever stored here.

mod ahead;
mod book;
mod moves;
mod news;
mod own;
mod recall;
mod record;
mod sightings;
#[cfg(test)]
mod tests;
mod thin;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, Datelike, Utc};

pub(crate) use book::Book;
pub use recall::Past;
pub(crate) use record::Snapshot;
pub(crate) use thin::kept_whole_since;

use crate::error::StoreError;
use crate::storage::cache::{Moved, Opening};

/// The history on disk, and that of the embedded sandbox, which ends with the process.
pub(crate) struct Histories {
    folder: PathBuf,
    /// Opened when it is first needed, because checking a file with years of history takes a while.
    disk: Opening<Book>,
    /// The history in memory that is used while the folder can't be.
    meanwhile: Book,
    pub(crate) sandbox: Book,
    /// The sandbox's usage from before its first snapshot.
    pub(crate) recalled: Mutex<Option<Past>>,
}

impl Histories {
    pub fn new(folder: &Path) -> Result<Self, StoreError> {
        let (meanwhile, sandbox) = (Book::in_memory()?, Book::in_memory()?);
        let (folder, recalled) = (folder.to_owned(), Mutex::default());
        Ok(Self { folder, disk: Opening::default(), meanwhile, sandbox, recalled })
    }

    /// The history on disk, and where this call moved a damaged one, if it did.
    pub(crate) fn disk(&self) -> Result<(&Book, Option<Moved>), StoreError> {
        let mut aside = None;
        let disk = self.disk.get_or(|| {
            let (book, moved) = Book::open(&self.folder)?;
            aside = moved;
            Ok(book)
        });
        match disk {
            Ok(book) => Ok((book, aside)),
            // Whoever opened the folder first has reported it.
            Err(StoreError::Folder(error)) => {
                tracing::warn!(%error, "the history of use lasts as long as the process");
                Ok((&self.meanwhile, None))
            }
            Err(error) => Err(error),
        }
    }
}

/// Months since the year 0.
fn month(at: DateTime<Utc>) -> i64 {
    i64::from(at.year()) * 12 + i64::from(at.month0())
}
