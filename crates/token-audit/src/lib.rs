#![doc = include_str!("../README.md")]

pub mod create;
pub mod csv;
mod finding;
mod policy;
mod revoke;
mod rules;
mod verdict;
mod view;

pub use finding::{Finding, Rule, Severity, findings};
pub use policy::Policy;
pub use revoke::{RevokeGrade, revoke_grade};
pub use verdict::{Expiry, Lifecycle, TokenFacts, Usage, Verdict};
pub use view::{Counts, View};
