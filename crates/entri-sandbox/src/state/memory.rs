//! What an odd server remembers from one response to the next.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

/// What was requested since the variant was set.
#[derive(Debug, Default)]
pub struct Memory {
    /// How often each list was begun again, by its path.
    pub loads: HashMap<String, u32>,
    /// The first entry of each list, by its path.
    pub first: HashMap<String, Value>,
    /// How often somebody else changed a list between two of its pages.
    pub moves: u32,
    /// How often a revoke of each token was put off, by its id.
    pub put_off: HashMap<String, u32>,
    /// The token that cannot be revoked: the first that somebody tried to.
    pub kept: Option<String>,
    /// How many entries the activity log got between two of its pages.
    pub logged: usize,
    /// How often the active organization was asked for.
    pub asked: u32,
    /// Whether the organization was made active again.
    pub back: bool,
    /// How many answers there were.
    pub answers: u64,
    /// The uses that no list shows yet: when one will, the token's id, and the time it will show.
    pub late: Vec<(DateTime<Utc>, String, DateTime<Utc>)>,
}
