//! Admins' notes about tokens, on disk.

use std::collections::HashMap;

use entri_api::TokenId;
use rusqlite::params;

use crate::error::StoreError;
use crate::model::connection::ConnectionId;
use crate::model::notes::{Noted, Notes};
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;
use crate::model::token::identity::Identity;
use crate::storage::cache::Store;

impl Store {
    /// The notes about the tokens of a connection, by id.
    pub fn notes(&self, id: ConnectionId) -> Result<HashMap<TokenId, Noted>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT token, placement, note, name, created FROM note WHERE connection = ?1",
        )?;
        let notes = select.query_map([id.0], |row| {
            let (name, created) = (row.get::<_, Option<String>>(3)?, row.get::<_, Stamp>(4)?);
            let token = name.map(|name| Identity { name, created: created.into() });
            let notes = Notes { place: row.get(1)?, note: row.get(2)? };
            Ok((TokenId(row.get(0)?), Noted { token, notes }))
        })?;
        Ok(notes.collect::<Result<_, _>>()?)
    }

    /// Stores the notes about a token, replacing earlier ones.
    pub fn write_notes(&self, key: &TokenKey, noted: &Noted) -> Result<(), StoreError> {
        let Noted { token, notes } = noted;
        let (database, connection) = (self.to_keep()?, key.connection.0);
        if *notes == Notes::default() {
            let delete = "DELETE FROM note WHERE connection = ?1 AND token = ?2";
            database.execute(delete, params![connection, key.id.0])?;
        } else {
            database.execute(
                "INSERT OR REPLACE INTO note (connection, token, placement, note, name, created)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    connection,
                    key.id.0,
                    notes.place,
                    notes.note,
                    token.as_ref().map(|token| &token.name),
                    token.as_ref().map(|token| Stamp::from(token.created)),
                ],
            )?;
        }
        Ok(())
    }
}
