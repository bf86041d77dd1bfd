//! How a sandbox starts: its configuration, its initial data, and what it reports.

mod config;
mod error;
mod fill;
mod ready;

pub use config::{Clock, Config, MOST_TOKENS};
pub use error::StartError;
pub use fill::{Filled, fill};
pub use ready::Ready;
