//! How a sandbox starts.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::variant::Variant;

/// The most tokens a sandbox is seeded with.
pub const MOST_TOKENS: u32 = 100_000;

/// Where the sandbox reads the time.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How a sandbox starts.
#[derive(Clone)]
pub struct Config {
    /// The port on loopback; 0 for any free one.
    pub port: u16,
    /// How many tokens there are; 100,000 at most.
    pub tokens: u32,
    /// A span of simulated use with planted flaws, ending at the time the clock shows at the start;
    /// `None` for tokens without a past. A clock set back within it has the server as it was then.
    pub history: Option<TimeDelta>,
    /// For how long the tokens were used before they are seeded, each in a rhythm of its own until its last
    /// use; `None` if only that one is known. A `history` has its own uses.
    pub past: Option<TimeDelta>,
    /// The same seed gives the same organization.
    pub seed: u64,
    /// Where the time comes from.
    pub clock: Clock,
    /// In which of the tolerated ways it answers.
    pub variant: Variant,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            tokens: 48,
            history: None,
            past: None,
            seed: 1,
            clock: Arc::new(Utc::now),
            variant: Variant::default(),
        }
    }
}
