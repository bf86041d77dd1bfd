//! Stores credentials in the operating system's keychain, and nowhere else.
//!
//! A keychain can take its time: a locked one asks the user, a stopped one never answers, and its
//! blocking client must not run on a runtime's thread. So every call gets a thread of its own and
//! is waited for no longer than a bound; the store is opened again each time, so that one failed
//! start is not remembered for the life of the process.
//!
//! Any number of callers may ask at once: those beyond a few wait for their turn.

mod turns;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use entri_api::Secret;
use keyring_core::{CredentialStore, Entry, Error as StoreError};
use turns::Turns;

use crate::error::KeychainError;

/// The longest wait for one answer, from the moment the keychain is asked.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const SERVICE: &str = "Entri Tokens";

/// A handle to the keychain; cheap to clone.
#[derive(Clone)]
pub struct Keychain {
    turns: Arc<Turns>,
    open: fn() -> keyring_core::Result<Arc<CredentialStore>>,
    /// Whether entries may be saved and removed.
    changes: bool,
    /// Whether all of them were removed: no later save brings one back.
    erased: Arc<AtomicBool>,
}

impl Default for Keychain {
    fn default() -> Self {
        Self {
            turns: Arc::new(Turns::new(ANSWER_WITHIN)),
            open: open_store,
            changes: true,
            erased: Arc::default(),
        }
    }
}

#[cfg(test)]
impl Keychain {
    /// A keychain that keeps its entries in another store.
    pub fn of(open: fn() -> keyring_core::Result<Arc<CredentialStore>>) -> Self {
        Self { open, ..Self::default() }
    }
}

impl Keychain {
    /// The keychain, for who reads it and must not change it.
    pub fn unchanged() -> Self {
        Self { changes: false, ..Self::default() }
    }

    /// No keychain at all.
    pub fn none() -> Self {
        Self { open: || Err(StoreError::NoDefaultStore), ..Self::default() }
    }

    /// The credential kept under `key`, if there is one.
    pub fn load(&self, key: &str) -> Result<Option<Secret>, KeychainError> {
        self.ask(key, false, |entry| match entry.get_password() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(StoreError::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Saves `secret` under `key`, replacing any earlier one.
    pub fn save(&self, key: &str, secret: &Secret) -> Result<(), KeychainError> {
        self.may_change()?;
        let secret = Secret::new(secret.expose().to_owned());
        self.ask(key, true, move |entry| entry.set_password(secret.expose()))
    }

    /// Removes what is kept under `key`; nothing there is fine.
    pub fn remove(&self, key: &str) -> Result<(), KeychainError> {
        self.may_change()?;
        self.ask(key, true, |entry| match entry.delete_credential() {
            Err(StoreError::NoEntry) => Ok(()),
            result => result,
        })
    }

    /// How many entries it has of this app.
    pub fn entries(&self) -> Result<usize, KeychainError> {
        self.ask_store(None, |store| Ok(own(store)?.len()))
    }

    /// Removes every entry of this app, whichever installation made it; nothing is saved from then on.
    pub fn erase(&self) -> Result<(), KeychainError> {
        self.may_change()?;
        self.erased.store(true, Ordering::Release);
        self.ask_store(Some(SERVICE), |store| {
            // One that stays must not keep the others; another program may have removed it already.
            let removed = own(store)?.into_iter().map(|entry| entry.delete_credential());
            let failed = removed.filter_map(Result::err).last();
            // Whatever was said of each, none may be left.
            if own(store)?.is_empty() {
                Ok(())
            } else {
                Err(failed.unwrap_or(StoreError::NoDefaultStore))
            }
        })
    }

    fn may_change(&self) -> Result<(), KeychainError> {
        let may = self.changes && !self.erased.load(Ordering::Acquire);
        if may { Ok(()) } else { Err(KeychainError::Missing) }
    }

    fn ask<T: Send + 'static>(
        &self,
        key: &str,
        changes: bool,
        act: impl FnOnce(&Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let name = key.to_owned();
        self.ask_store(changes.then_some(key), move |store| {
            act(&Entry::new_in_store(store, SERVICE, &name)?)
        })
    }

    /// `changed` is the entry that it changes, if any.
    fn ask_store<T: Send + 'static>(
        &self,
        changed: Option<&str>,
        act: impl FnOnce(&Arc<CredentialStore>) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let turn = self.turns.wait(changed).ok_or(KeychainError::Silent)?;
        let (answer, answered) = mpsc::channel();
        let (open, within) = (self.open, self.turns.within());
        let spawned = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            let result = open().and_then(|store| act(&store));
            drop(turn);
            // Nobody is listening anymore after the time limit.
            let _ = answer.send(result);
        });
        spawned.map_err(|_| KeychainError::Missing)?;
        let result = answered.recv_timeout(within).map_err(|_| KeychainError::Silent)?;
        result.map_err(|error| in_words(&error))
    }
}

/// The entries of this app.
fn own(store: &Arc<CredentialStore>) -> keyring_core::Result<Vec<Entry>> {
    store.search(&HashMap::from([("service", SERVICE)]))
}

/// Keeps only the kind: some of these errors carry the secret itself in their `Debug` form.
fn in_words(error: &StoreError) -> KeychainError {
    match error {
        StoreError::NoStorageAccess(_) => KeychainError::Locked,
        StoreError::Ambiguous(_) => KeychainError::Ambiguous,
        StoreError::BadEncoding(_)
        | StoreError::BadDataFormat(..)
        | StoreError::TooLong(..)
        | StoreError::Invalid(..) => KeychainError::Unusable,
        _ => KeychainError::Missing,
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn open_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn open_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn open_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Some of these carry the secret itself.
    #[test]
    fn an_error_is_told_by_its_kind_only() {
        let cause = || Box::<dyn std::error::Error + Send + Sync>::from("entri_EXAMPLEONLY");
        let table = [
            (StoreError::NoStorageAccess(cause()), KeychainError::Locked),
            (StoreError::PlatformFailure(cause()), KeychainError::Missing),
            (StoreError::NoDefaultStore, KeychainError::Missing),
            (StoreError::Ambiguous(Vec::new()), KeychainError::Ambiguous),
            (StoreError::BadEncoding(b"entri_EXAMPLEONLY".to_vec()), KeychainError::Unusable),
            (StoreError::TooLong("entri_EXAMPLEONLY".to_owned(), 9), KeychainError::Unusable),
        ];
        for (error, expected) in table {
            let told = in_words(&error);
            assert_eq!(told, expected);
            assert!(!format!("{told} {told:?}").contains("EXAMPLEONLY"));
        }
    }

    /// As at a start with that many remembered connections: what each of them hears.
    fn at_once(keychain: &Keychain, callers: usize) -> Vec<Result<(), KeychainError>> {
        let ask = |_| {
            let keychain = keychain.clone();
            thread::spawn(move || keychain.load("key").map(drop))
        };
        let asking: Vec<_> = (0..callers).map(ask).collect();
        asking.into_iter().map(|it| it.join().expect("a caller")).collect()
    }

    #[test]
    fn any_number_of_callers_get_an_answer() {
        let slow = Keychain::of(|| {
            thread::sleep(Duration::from_millis(50));
            Ok(keyring_core::mock::Store::new()? as Arc<CredentialStore>)
        });
        for callers in [5, 6, 10, 40] {
            assert_eq!(at_once(&slow, callers), vec![Ok(()); callers], "{callers}");
        }
    }

    #[test]
    fn one_that_never_answers_is_asked_by_a_few_threads_only() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let mut silent = Keychain::of(|| {
            ASKED.fetch_add(1, Ordering::SeqCst);
            loop {
                thread::park();
            }
        });
        silent.turns = Arc::new(Turns::new(Duration::from_millis(20)));
        assert_eq!(at_once(&silent, 40), vec![Err(KeychainError::Silent); 40]);
        assert_eq!(ASKED.load(Ordering::SeqCst), turns::AT_ONCE);
        assert_eq!(at_once(&silent, 1), [Err(KeychainError::Silent)]);
        assert_eq!(ASKED.load(Ordering::SeqCst), turns::AT_ONCE, "no thread was added");
    }

    /// A keychain that was silent for a while does at last what it was asked for: a late save must not bring back what
    /// was removed since.
    #[test]
    fn what_changes_an_entry_waits_for_what_changes_it_already() {
        let keychain = Keychain::of(|| Ok(keyring_core::mock::Store::new()?));
        let late = keychain.turns.wait(Some("key")).expect("a turn");
        let removing = {
            let keychain = keychain.clone();
            thread::spawn(move || keychain.remove("key"))
        };
        assert_eq!(keychain.remove("another"), Ok(()), "it waits for nothing");
        assert_eq!(keychain.load("key").map(drop), Ok(()));
        // Whoever doesn't wait is through by then.
        thread::sleep(Duration::from_millis(50));
        assert!(!removing.is_finished());
        drop(late);
        assert_eq!(removing.join().expect("it returns"), Ok(()));
    }
}
