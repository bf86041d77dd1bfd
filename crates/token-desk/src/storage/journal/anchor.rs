//! The journal's last seal, stored outside its file: somebody who cuts off or reseals the file can't change
//! what the keychain has.
//!
//! It may lag behind the file, but is never ahead of it.

use chrono::{DateTime, Utc};
use entri_api::Secret;
use rusqlite::{OptionalExtension, Row};

use super::{Journal, time};
use crate::error::{KeychainError, StoreError};

/// How far the journal had come when the seal was stored in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// How many entries it had.
    pub entries: i64,
    /// When the last of them was written.
    pub at: DateTime<Utc>,
    /// The seal of the last of them.
    pub seal: String,
}

/// How the journal compares with the seal in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchored {
    /// This journal has none: it ends with the process, or its own chain is broken.
    None,
    /// The journal has the entry of the seal unaltered, and may have later ones.
    Holds(Anchor),
    /// The keychain has no seal of it: the journal is new, or the keychain was reset.
    Unknown,
    /// The keychain couldn't be read.
    Unavailable(KeychainError),
    /// The journal has fewer entries than when the seal was stored.
    CutOff(Anchor),
    /// The entry with that number has another seal.
    SealedAnew(Anchor),
}

impl Anchor {
    /// The text that the keychain keeps.
    pub(crate) fn to_secret(&self) -> Secret {
        Secret::new(format!("{} {} {}", self.entries, self.at.timestamp(), self.seal))
    }

    /// Reads what [`Self::to_secret`] gave; `None` for any other text.
    pub(crate) fn from_secret(secret: &Secret) -> Option<Self> {
        let mut parts = secret.expose().split(' ');
        let (entries, at) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { entries, at: time(at), seal: parts.next()?.to_owned() })
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { entries: row.get("id")?, at: time(row.get("at")?), seal: row.get("hash")? })
    }
}

impl Journal {
    /// How far it has come; `None` if it is empty.
    pub fn last(&self) -> Result<Option<Anchor>, StoreError> {
        let last = "SELECT id, at, hash FROM entry ORDER BY id DESC LIMIT 1";
        Ok(self.lock().query_row(last, [], Anchor::read).optional()?)
    }

    /// Compares it with the seal from the keychain.
    pub fn compare(&self, kept: Anchor) -> Result<Anchored, StoreError> {
        let seal = "SELECT hash FROM entry WHERE id = ?1";
        let seal: Option<String> =
            self.lock().query_row(seal, [kept.entries], |row| row.get(0)).optional()?;
        Ok(match seal {
            Some(seal) if seal == kept.seal => Anchored::Holds(kept),
            Some(_) => Anchored::SealedAnew(kept),
            None => Anchored::CutOff(kept),
        })
    }
}
