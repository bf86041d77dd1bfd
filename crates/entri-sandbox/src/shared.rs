//! What every route shares: the storage, the state of sign-in, the clock and the orders of tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::auth::{Limits, SecondFactor, Sessions, Signer};
use crate::config::Clock;
use crate::hold::Hold;
use crate::odd::Memory;
use crate::script::{Fault, Recurring};
use crate::store::Store;
use crate::truth::Ledger;
use crate::variant::Variant;

pub type App = Arc<Shared>;

pub struct Shared {
    pub store: Store,
    /// The base URL, which is the origin that sign-in trusts too.
    pub base_url: String,
    pub signer: Signer,
    pub sessions: Mutex<Sessions>,
    pub second_factor: Mutex<SecondFactor>,
    pub limits: Mutex<Limits>,
    pub variant: Mutex<Variant>,
    pub faults: Mutex<Vec<Fault>>,
    /// How many requests came since they were ordered, and the faults that come again.
    pub recurring: Mutex<(usize, Vec<Recurring>)>,
    /// Answers that are to be held back.
    pub holds: Mutex<Vec<Hold>>,
    pub ledger: Mutex<Ledger>,
    pub memory: Mutex<Memory>,
    pub clock: Clock,
}

impl Shared {
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    pub fn variant(&self) -> Variant {
        *lock(&self.variant)
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From the operating system, for values that are handed out.
pub fn random() -> u64 {
    getrandom::u64().unwrap_or_else(|_| {
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(0)
    })
}
