//! Usage history: recorded with each list, and shown.

mod calibrate;
mod news;
mod recall;
mod sparks;
mod token_history;

pub use token_history::TokenHistory;

use token_audit::history::Observation;

use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::error::{Error, Problem, StoreError};
use crate::model::connection::Connection;
use crate::model::token::TokenKey;
use crate::storage::cache::Moved;
use crate::storage::history::{Book, Snapshot};

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

    /// What was seen of a token, without the uses that the app is known to have made itself.
    fn by_others(&self, key: &TokenKey, mut seen: Vec<Observation>) -> Vec<Observation> {
        let state = self.state();
        let Some(held) = state.connection(key.connection) else { return seen };
        for one in &mut seen {
            one.last_used = held.journaled.by_others(&key.id, one.last_used.into()).at();
        }
        seen
    }

    /// Opens the history if there is anything to keep in it. A failure is reported when the history
    /// is used.
    pub(crate) fn open_history(&self) {
        let kept =
            |held: &ConnectionState| (!held.connection.sandbox).then(|| held.connection.clone());
        let connection = self.state().connections.iter().find_map(kept);
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
