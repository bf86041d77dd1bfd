//! The tokens whose values were found where they shouldn't be, on disk.

use rusqlite::params;

use crate::error::StoreError;
use crate::model::connection::ConnectionId;
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;
use crate::model::token::identity::Identity;
use crate::model::token::leak::Leaked;
use crate::storage::cache::Store;

impl Store {
    /// Those of a connection.
    pub fn leaked(&self, of: ConnectionId) -> Result<Leaked, StoreError> {
        let database = self.lock();
        let mut select =
            database.prepare("SELECT token, name, created FROM leak WHERE connection = ?1")?;
        let all = select.query_map([of.0], |row| {
            let created: Stamp = row.get(2)?;
            Ok((row.get(0)?, Identity { name: row.get(1)?, created: created.into() }))
        })?;
        Ok(Leaked(all.collect::<Result<_, _>>()?))
    }

    /// Stores one, or what is known of it now.
    pub fn write_leaked(&self, key: &TokenKey, token: &Identity) -> Result<(), StoreError> {
        self.to_keep()?.execute(
            "INSERT OR REPLACE INTO leak (connection, token, name, created) VALUES (?1, ?2, ?3, ?4)",
            params![key.connection.0, key.id.0, token.name, Stamp::from(token.created)],
        )?;
        Ok(())
    }

    /// Forgets one: its value belongs where it was found.
    pub fn forget_leaked(&self, key: &TokenKey) -> Result<(), StoreError> {
        let of = params![key.connection.0, key.id.0];
        self.to_write()?.execute("DELETE FROM leak WHERE connection = ?1 AND token = ?2", of)?;
        Ok(())
    }
}
