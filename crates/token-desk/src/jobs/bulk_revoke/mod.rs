//! Revoking many tokens: planned from evidence, confirmed, and then done one by one; each token is
//! read again first.
//!
//! The journal has the plan before the first token is revoked, and then each outcome: whatever
//! breaks, the next start knows what is left.

mod part;
mod plan;
mod run;
mod running;
mod schedule;
mod settle;
mod stop;
mod turn;

pub use schedule::Scheduled;
