//! How a sandbox starts.

use std::sync::Arc;

use chrono::{DateTime, Utc};

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
            seed: 1,
            clock: Arc::new(Utc::now),
            variant: Variant::default(),
        }
    }
}
