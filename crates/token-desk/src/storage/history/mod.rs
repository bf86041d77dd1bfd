//! What the app saw of each token over time: one snapshot per loaded list, of which only changes are kept.
//!
//! It is a separate file because it can't be loaded again, grows for years, and must not delay the start. No
//! secret is ever stored here.

mod ahead;
mod book;
mod looks;
mod moves;
mod news;
mod recall;
mod record;
mod seen;
mod sparks;
#[cfg(test)]
mod tests;
mod thin;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, Datelike, Utc};

pub(crate) use book::Book;
pub(crate) use news::Fresh;
pub use news::{News, Vanished};
pub use recall::Past;
pub(crate) use record::Snapshot;
pub use seen::Seen;

use crate::desk::Desk;
use crate::desk::state::Line;
use crate::error::{Error, Problem};
use crate::model::connection::Connection;
use crate::storage::cache::{Moved, Opening, StoreError};

/// The history on the disk, and that of the embedded sandbox, which ends with the process.
pub(crate) struct Histories {
    folder: PathBuf,
    /// Opened when it is first needed: to check years of it takes a while.
    disk: Opening<Book>,
    /// For as long as the folder cannot be used.
    meanwhile: Book,
    sandbox: Book,
    /// What comes before the first look at the sandbox.
    recalled: Mutex<Option<Past>>,
}

impl Histories {
    pub fn new(folder: &Path) -> Result<Self, StoreError> {
        let (meanwhile, sandbox) = (Book::in_memory()?, Book::in_memory()?);
        let (folder, recalled) = (folder.to_owned(), Mutex::default());
        Ok(Self { folder, disk: Opening::default(), meanwhile, sandbox, recalled })
    }

    /// That on the disk, and where a damaged one was put by this very call.
    fn disk(&self) -> Result<(&Book, Option<Moved>), StoreError> {
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

impl Desk {
    /// The history of a connection's tokens.
    pub(crate) fn history_of(&self, connection: &Connection) -> Result<&Book, Error> {
        let histories = &self.inner.histories;
        if connection.sandbox {
            return Ok(&histories.sandbox);
        }
        let (book, moved) = histories.disk().map_err(|error| no_history(&error))?;
        if let Some(Moved(path)) = moved {
            self.state().note(Problem::from(&Error::HistoryDamaged(path)));
        }
        Ok(book)
    }

    /// Opens it where there is anything to be kept. What fails is reported when it is used.
    pub(crate) fn open_history(&self) {
        let kept = |line: &Line| (!line.connection.sandbox).then(|| line.connection.clone());
        let connection = self.state().lines.iter().find_map(kept);
        if let Some(Err(error)) = connection.map(|it| self.history_of(&it).map(|_| ())) {
            tracing::warn!(%error, "the history of use cannot be opened");
        }
    }

    /// Writes down what changed since the snapshot before.
    pub(crate) fn record(&self, snapshot: &Snapshot<'_>) -> Result<(), Error> {
        let connection = snapshot.connection;
        let book = self.history_of(connection)?;
        self.look_back(book, snapshot).map_err(|error| no_history(&error))?;
        if snapshot.there.is_some() {
            book.put_right(connection, snapshot.at).map_err(|error| no_history(&error))?;
        }
        // A connection that is removed at this moment is deleted here after it is deleted there.
        let stands = || Ok(connection.sandbox || self.inner.store.remembers(connection.id)?);
        book.record(snapshot, stands).map_err(|error| no_history(&error))?;
        // Snapshots thinned because of a clock that ran ahead can't be restored.
        if snapshot.there.is_some() { self.thin(book, snapshot) } else { Ok(()) }
    }

    fn thin(&self, book: &Book, snapshot: &Snapshot<'_>) -> Result<(), Error> {
        let connection = snapshot.connection;
        // Without the journal nobody knows what must be kept.
        let Ok(journal) = self.inner.journals.of(connection) else { return Ok(()) };
        let thinned = book.thin(connection, snapshot.at, || journal.decided_at(connection));
        thinned.map_err(|error| no_history(&error))
    }

    /// Forgets what was seen at a server.
    pub(crate) fn forget_history(&self, connection: &Connection) -> Result<(), Error> {
        let book = self.history_of(connection)?;
        book.forget(connection).map_err(|error| no_history(&error))
    }
}

fn no_history(error: &StoreError) -> Error {
    Error::NoHistory(error.to_string())
}

/// Months since the year 0.
fn month(at: DateTime<Utc>) -> i64 {
    i64::from(at.year()) * 12 + i64::from(at.month0())
}
