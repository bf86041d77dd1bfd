//! The commands the page may call, one file per noun. Each takes the state, calls one use case and converts the
//! result. No logic lives here.

pub mod audit;
pub mod bulk_revokes;
pub mod connections;
pub mod decisions;
pub mod drills;
pub mod incidents;
pub mod journal;
pub mod notes;
pub mod rotations;
pub mod scans;
pub mod search;
pub mod secrets;
pub mod settings;
pub mod tokens;
pub mod watch;
pub mod window;

pub use search::saved;

use crate::error::Answer;
