//! Knows a value again that the app once held, without keeping it: by a keyed hash, whose key is in the keychain.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Mutex;

use entri_api::Secret;
use secrecy::zeroize::Zeroizing;
use token_scan::Key as ScanKey;

use crate::digest::hex;
use crate::error::KeychainError;
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::model::token::fingerprint::{Fingerprint, Print};
use crate::system::keychain::Keychain;
use crate::system::threads::lock;

/// The fingerprints of an installation, and the keys to them.
pub struct Fingerprints {
    /// The name of the key in the keychain.
    name: String,
    /// As the keychain has it, once it was asked for.
    key: Mutex<Option<Key>>,
    /// For the embedded sandbox, whose tokens end with the process.
    passing: Option<Key>,
    known: Mutex<Vec<Fingerprint>>,
}

type Key = Zeroizing<[u8; 32]>;

/// The keys of a scan.
pub struct ScanKeys {
    /// The one that the next start has, too, unless the keychain has none.
    pub key: ScanKey,
    /// The one of the embedded sandbox.
    pub passing: Option<ScanKey>,
    /// Why the first one isn't from the keychain.
    pub unavailable: Option<KeychainError>,
}

impl Fingerprints {
    /// Those that the last run of the app in this folder left.
    pub fn new(folder: &Path, known: Vec<Fingerprint>) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let name = format!("fingerprints {}", folder.display());
        Self { name, key: Mutex::default(), passing: random(), known: Mutex::new(known) }
    }

    /// Makes the fingerprint of a value. Asks the keychain, which may take its time, unless it is for the sandbox.
    pub fn of(
        &self,
        value: &Secret,
        sandbox: bool,
        keychain: &Keychain,
    ) -> Result<Print, KeychainError> {
        let key = if sandbox { self.passing()? } else { self.kept(keychain)? };
        Ok(key.fingerprint(value.expose()).0)
    }

    /// The keys for a scan. Asks the keychain if there is a connection whose fingerprints are `kept`.
    pub fn for_scan(&self, kept: bool, keychain: &Keychain) -> Result<ScanKeys, KeychainError> {
        let passing = self.passing()?;
        if !kept {
            return Ok(ScanKeys { key: passing, passing: None, unavailable: None });
        }
        Ok(match self.kept(keychain) {
            Ok(key) => ScanKeys { key, passing: Some(passing), unavailable: None },
            Err(error) => ScanKeys { key: passing, passing: None, unavailable: Some(error) },
        })
    }

    fn passing(&self) -> Result<ScanKey, KeychainError> {
        Ok(ScanKey::new(self.passing.as_ref().ok_or(KeychainError::Missing)?))
    }

    fn kept(&self, keychain: &Keychain) -> Result<ScanKey, KeychainError> {
        let mut kept = lock(&self.key);
        Ok(ScanKey::new(match &mut *kept {
            Some(key) => key,
            none => none.insert(self.load(keychain)?),
        }))
    }

    /// The key of this installation; a new one if there is none.
    fn load(&self, keychain: &Keychain) -> Result<Key, KeychainError> {
        if let Some(kept) = keychain.load(&self.name)? {
            return read(&kept).ok_or(KeychainError::Unusable);
        }
        let key = random().ok_or(KeychainError::Missing)?;
        keychain.save(&self.name, &written(&key))?;
        Ok(key)
    }

    /// Remembers one until the app quits.
    pub fn add(&self, of: Fingerprint) {
        lock(&self.known).push(of);
    }

    /// Forgets those of a connection that was left. With the last one, their key goes from the keychain, too.
    pub fn forget(&self, connection: ConnectionId, last: bool, keychain: &Keychain) {
        lock(&self.known).retain(|it| it.key.connection != connection);
        if !last {
            return;
        }
        *lock(&self.key) = None;
        if let Err(error) = keychain.remove(&self.name) {
            tracing::warn!(%error, "the keychain may still hold the key of fingerprints");
        }
    }

    /// The tokens whose values have this fingerprint.
    pub fn with(&self, print: &Print) -> Vec<Fingerprint> {
        lock(&self.known).iter().filter(|it| it.print == *print).cloned().collect()
    }

    /// The tokens whose values have fingerprints.
    pub fn tokens(&self) -> HashSet<TokenKey> {
        lock(&self.known).iter().map(|it| it.key.clone()).collect()
    }

    /// Whether the value of this token has a fingerprint.
    pub fn has(&self, of: impl Fn(&Fingerprint) -> bool) -> bool {
        lock(&self.known).iter().any(of)
    }
}

fn random() -> Option<Key> {
    let mut key = Key::default();
    getrandom::fill(&mut *key).ok().map(|()| key)
}

/// The key as the keychain keeps it: in hexadecimal.
fn written(key: &Key) -> Secret {
    Secret::new(hex(&**key))
}

fn read(kept: &Secret) -> Option<Key> {
    let text = kept.expose();
    let mut key = Key::default();
    if text.len() != 2 * key.len() || !text.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_read_as_it_was_written() {
        let key = random().unwrap();
        assert_eq!(read(&written(&key)).unwrap(), key);
        for other in ["", "ab", "zz".repeat(32).as_str(), "é".repeat(32).as_str()] {
            assert!(read(&Secret::new(other.to_owned())).is_none(), "{other}");
        }
        assert_ne!(random(), random());
    }
}
