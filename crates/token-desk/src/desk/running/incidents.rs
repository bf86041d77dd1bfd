//! What the running app knows of its incidents besides the journal.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use token_audit::OwnUse;

use crate::elapsed::Stopwatch;
use crate::model::token::TokenKey;
use crate::model::token::incident::IncidentId;
use crate::system::threads::lock;

/// How long after a revoke the value is tested again: some servers refuse a value only after a while.
const PROVES_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// The incidents of this run.
pub(crate) struct Incidents {
    /// Held from the question whether there is one until it is written down: two answers at once would begin two.
    pub beginning: tokio::sync::Mutex<()>,
    of: Mutex<HashMap<IncidentId, RunningIncident>>,
    proves_again_after: Mutex<Duration>,
}

/// One incident, as far as it isn't in the journal.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunningIncident {
    /// The tokens whose value it may be.
    pub candidates: Vec<TokenKey>,
    /// What the last test was to each of them, if it is the one.
    pub tested: Vec<(TokenKey, OwnUse)>,
    /// What the last attempt to name it says.
    pub says: Option<String>,
    /// Whether its fingerprint was compared with those of all values that the app held.
    pub compared: bool,
    /// When the second proof began to be waited for.
    pub revoked: Option<Stopwatch>,
}

impl Default for Incidents {
    fn default() -> Self {
        let beginning = tokio::sync::Mutex::default();
        Self { beginning, of: Mutex::default(), proves_again_after: Mutex::new(PROVES_AGAIN_AFTER) }
    }
}

impl Incidents {
    pub fn of(&self, id: IncidentId) -> RunningIncident {
        lock(&self.of).get(&id).cloned().unwrap_or_default()
    }

    pub fn change(&self, id: IncidentId, change: impl FnOnce(&mut RunningIncident)) {
        change(lock(&self.of).entry(id).or_default());
    }

    pub fn forget(&self, id: IncidentId) {
        lock(&self.of).remove(&id);
    }

    pub fn proves_again_after(&self) -> Duration {
        *lock(&self.proves_again_after)
    }

    pub fn prove_again_after(&self, delay: Duration) {
        *lock(&self.proves_again_after) = delay;
    }
}
