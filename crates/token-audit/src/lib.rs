#![doc = include_str!("../README.md")]

pub mod calibration;
pub mod create;
pub mod csv;
mod date;
mod finding;
pub mod history;
pub mod naming;
mod policy;
mod revoke;
pub mod rotation;
mod rules;
mod server_time;
mod subject;
mod summary;
mod threshold;
mod verdict;
mod view;

pub use calibration::{OwnUse, by_others};
pub use date::Date;
pub use finding::{Finding, Rules, findings, judge};
pub use policy::{Policy, PolicyError, Preset, SETTINGS, Setting};
pub use revoke::{RevokeGrade, labelled_production, revoke_grade};
pub use rules::Rule;
pub use server_time::ServerTime;
pub use subject::{Severity, Standing, Subject};
pub use summary::{LastUsed, MOST_STALE_DAYS, Summary};
pub use threshold::Threshold;
pub use verdict::{AsOf, Expiry, Exposure, Lifecycle, Replacing, TokenFacts, Usage, Verdict};
pub use view::{Counts, View};
