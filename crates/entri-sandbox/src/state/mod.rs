//! What every route shares: the storage, the state of sign-in, the clock and the orders of tests.

mod ledger;
mod memory;

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};

use crate::accounts::{Limits, SecondFactor, Sessions, Signer};
use crate::lock::lock;
use crate::orders::{Fault, Holds, Recurring};
use crate::start::Clock;
use crate::store::Store;
use crate::variant::Variant;

pub use ledger::{By, Credential, Ended, Ledger, Logged, RequestRecord};
pub use memory::Memory;

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
    pub holds: Holds,
    pub ledger: Mutex<Ledger>,
    pub memory: Mutex<Memory>,
    pub clock: Clock,
    /// What was logged before it started lies before this.
    pub started: DateTime<Utc>,
    /// Whether its log has the tokens that are created and revoked, which no server is documented to have.
    pub logs_tokens: bool,
}

impl Shared {
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    pub fn variant(&self) -> Variant {
        *lock(&self.variant)
    }
}
