//! The fingerprints of values, on disk.

use entri_api::TokenId;
use rusqlite::params;

use crate::error::StoreError;
use crate::model::connection::ConnectionId;
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;
use crate::model::token::fingerprint::Fingerprint;
use crate::model::token::identity::Identity;
use crate::storage::cache::Store;

impl Store {
    /// The fingerprints of all connections.
    pub fn fingerprints(&self) -> Result<Vec<Fingerprint>, StoreError> {
        let database = self.lock();
        let mut select = database
            .prepare("SELECT connection, token, print, sure, name, created FROM fingerprint")?;
        let all = select.query_map([], |row| {
            let created: Stamp = row.get(5)?;
            Ok(Fingerprint {
                key: TokenKey { connection: ConnectionId(row.get(0)?), id: TokenId(row.get(1)?) },
                print: row.get(2)?,
                sure: row.get(3)?,
                token: Identity { name: row.get(4)?, created: created.into() },
            })
        })?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Stores a fingerprint, unless it is there.
    pub fn write_fingerprint(&self, of: &Fingerprint) -> Result<(), StoreError> {
        let Fingerprint { key, token, print, sure } = of;
        self.to_keep()?.execute(
            "INSERT OR REPLACE INTO fingerprint (connection, token, print, sure, name, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                key.connection.0,
                key.id.0,
                print,
                sure,
                token.name,
                Stamp::from(token.created)
            ],
        )?;
        Ok(())
    }
}
